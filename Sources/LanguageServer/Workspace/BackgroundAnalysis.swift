import Diagnostics
import Foundation
import SMTSolving
import SafetyLayers
import SpecificationLanguage

/// What the solver found about one state of a specification.
struct FinishedAnalysis: Sendable {
  let root: String
  let generation: Int
  let conflicts: [Conflict]
  let diagnostics: DiagnosticSet
}

/// Analyses specifications on a thread of its own, one at a time. A newer version of a specification replaces the
/// waiting one and cancels the running one; a wait before the start spares the work while somebody types.
final class BackgroundAnalysis: @unchecked Sendable {
  private struct Job {
    let spec: CheckedSpec
    let generation: Int
    let due: Date
  }

  static let delay: TimeInterval = 0.2
  /// The checker's recursion is made for the stack of a main thread.
  static let stackSize = 8 << 20

  private let memory = WitnessMemory()
  private let deliver: @Sendable (FinishedAnalysis) -> Void
  // INVARIANT: all that follows is touched only while the condition is locked.
  private let condition = NSCondition()
  private var jobs: [String: Job] = [:]
  private var running: (root: String, cancellation: SolverCancellation)?
  private var isStopped = false

  init(deliver: @escaping @Sendable (FinishedAnalysis) -> Void) {
    self.deliver = deliver
    let thread = Thread { [self] in run() }
    thread.stackSize = Self.stackSize
    thread.start()
  }

  func schedule(_ spec: CheckedSpec, root: String, generation: Int) {
    condition.withLock {
      cancelRunning(root)
      jobs[root] = Job(spec: spec, generation: generation, due: Date(timeIntervalSinceNow: Self.delay))
      condition.signal()
    }
  }

  /// Nothing is to be found about the specification any more.
  func cancel(root: String) {
    condition.withLock {
      cancelRunning(root)
      jobs[root] = nil
    }
  }

  /// Ends the thread, after the work that cannot be stopped.
  func stop() {
    condition.withLock {
      isStopped = true
      running?.cancellation.cancel()
      condition.signal()
    }
  }

  private func cancelRunning(_ root: String) {
    if running?.root == root { running?.cancellation.cancel() }
  }

  private func run() {
    while let (root, job, cancellation) = next() {
      var diagnostics = DiagnosticSet()
      let analysis = SolverCancellation.$current.withValue(cancellation) {
        analyse(job.spec, cache: memory, reportingTo: &diagnostics)
      }
      condition.withLock { running = nil }
      if cancellation.isCancelled { continue }
      deliver(
        FinishedAnalysis(
          root: root, generation: job.generation, conflicts: analysis.conflicts, diagnostics: diagnostics))
    }
  }

  /// Waits for a job that is due; `nil` when stopped.
  private func next() -> (String, Job, SolverCancellation)? {
    condition.withLock {
      while !isStopped {
        let first = jobs.min { ($0.value.due, $0.key) < ($1.value.due, $1.key) }
        guard let (root, job) = first else {
          condition.wait()
          continue
        }
        if job.due.timeIntervalSinceNow > 0 {
          _ = condition.wait(until: job.due)
          continue
        }
        jobs[root] = nil
        let cancellation = SolverCancellation()
        running = (root, cancellation)
        return (root, job, cancellation)
      }
      return nil
    }
  }
}
