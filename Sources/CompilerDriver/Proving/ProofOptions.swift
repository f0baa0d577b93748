import Glibc

/// What `ordain prove` may cost, and what it may keep.
public struct ProofOptions: Sendable {
  /// CPU seconds of all threads, for one question.
  let seconds: Double
  /// Threads; verdicts don't depend on them.
  let jobs: Int
  /// Of the random attacks.
  let seed: UInt64
  /// Where violations that were found are kept; `nil` for nowhere.
  let cache: CacheFolder?

  /// - Parameter jobs: `nil` for one a processor core.
  public init(seconds: Double, jobs: Int?, seed: UInt64, cache: CacheFolder?) {
    self.seconds = seconds
    self.jobs = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    self.seed = seed
    self.cache = cache
  }
}
