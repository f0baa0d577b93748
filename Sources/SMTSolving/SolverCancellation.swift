internal import CZ3
import Dispatch
import Glibc
import Synchronization

/// Stops solver work from another thread. Every context that is made while the cancellation is
/// ``current`` belongs to it:
///
/// ```
/// SolverCancellation.$current.withValue(cancellation) { analyse(...) }
/// ```
///
/// After ``cancel()`` each check answers `unknown`, the running one soon, all others at once; so an
/// analysis that was cancelled is undecided, never complete.
public final class SolverCancellation: Sendable {
  @TaskLocal public static var current: SolverCancellation?

  private struct State {
    var isCancelled = false
    /// INVARIANT: the contexts in which a check runs, so they live; none is added after the cancellation.
    var checking: [ObjectIdentifier: RawContext] = [:]
  }

  /// Z3 allows its interruption, and nothing else, from other threads.
  private struct RawContext: @unchecked Sendable {
    let raw: Z3_context
  }

  private let state = Mutex(State())

  public init() {}

  public var isCancelled: Bool { state.withLock { $0.isCancelled } }

  public func cancel() {
    let wasCancelled = state.withLock { state in
      defer { state.isCancelled = true }
      return state.isCancelled
    }
    if wasCancelled { return }
    // Z3 forgets an interruption that comes before its check has begun: repeated until all have ended.
    DispatchQueue.global().async { [self] in
      while interrupt() { usleep(2_000) }
    }
  }

  /// Whether there was anything to interrupt.
  private func interrupt() -> Bool {
    state.withLock { state in
      for context in state.checking.values { Z3_interrupt(context.raw) }
      return !state.checking.isEmpty
    }
  }

  /// Whether a check may begin; if so, ``end(_:)`` is to follow.
  func begin(_ context: SolverContext) -> Bool {
    let raw = RawContext(raw: context.raw)
    return state.withLock { state in
      if state.isCancelled { return false }
      state.checking[ObjectIdentifier(context)] = raw
      return true
    }
  }

  func end(_ context: SolverContext) {
    state.withLock { _ = $0.checking.removeValue(forKey: ObjectIdentifier(context)) }
  }
}
