internal import CZ3
import Synchronization

/// Stops solver work from another thread. Every context that is made while the cancellation is
/// ``current`` belongs to it:
///
/// ```
/// SolverCancellation.$current.withValue(cancellation) { analyse(...) }
/// ```
///
/// After ``cancel()`` each check answers `unknown`, the running one soon, all others at once; so an analysis that
/// was cancelled is undecided, never complete.
public final class SolverCancellation: Sendable {
  @TaskLocal public static var current: SolverCancellation?

  private struct State {
    var isCancelled = false
    var contexts: [ObjectIdentifier: RawContext] = [:]
  }

  /// Z3 allows its interruption, and nothing else, from other threads.
  private struct RawContext: @unchecked Sendable {
    let raw: Z3_context
  }

  private let state = Mutex(State())

  public init() {}

  public var isCancelled: Bool { state.withLock { $0.isCancelled } }

  public func cancel() {
    state.withLock { state in
      state.isCancelled = true
      // A context is freed only after it has left this table.
      for context in state.contexts.values { Z3_interrupt(context.raw) }
    }
  }

  func add(_ context: SolverContext) {
    let raw = RawContext(raw: context.raw)
    state.withLock { $0.contexts[ObjectIdentifier(context)] = raw }
  }

  func remove(_ context: SolverContext) {
    state.withLock { _ = $0.contexts.removeValue(forKey: ObjectIdentifier(context)) }
  }
}
