import Diagnostics
import Glibc
import SafetyVerification

/// What `ordain prove` may cost, and what it may keep.
public struct ProofOptions: Sendable {
  /// CPU seconds of all threads, for one question.
  let seconds: Double
  /// Threads; verdicts don't depend on them.
  let jobs: Int
  /// Of the random attacks.
  let seed: UInt64
  /// Where violations that were found, and searches, are kept; `nil` for nowhere.
  let cache: CacheFolder?
  /// The folder for proofs of what holds; `nil` for none.
  private let evidence: String?

  /// - Parameter jobs: `nil` for one a processor core.
  public init(seconds: Double, jobs: Int?, seed: UInt64, cache: CacheFolder?, evidence: String? = nil) {
    self.seconds = seconds
    self.jobs = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    self.seed = seed
    self.cache = cache
    self.evidence = evidence
  }

  /// Where a proof is to be written; `nil` for nowhere. A file that is there is of an earlier question, and is removed: nobody
  /// takes it for the answer to this one.
  ///
  /// - Throws: that it can't be removed.
  func evidencePath(_ name: @autoclosure () -> String) throws(DiagnosticSet) -> String? {
    guard let evidence else { return nil }
    let name = name()
    try removeFiles([name], from: evidence)
    return "\(evidence)/\(name)"
  }

  /// For the search of one question: it begins from what an earlier one kept, unless a proof is asked for, which depends on
  /// the question alone.
  ///
  /// - Parameter seconds: `nil` for those of every question.
  func limits(ofQuestion key: ContentHash, seconds: Double? = nil) -> ProverOptions {
    var limits = ProverOptions(seconds: seconds ?? self.seconds, jobs: jobs, seed: seed)
    limits.records = evidence != nil
    if evidence == nil, let kept = KeptSearch(key: key, in: cache) {
      limits.kept = kept.bytes
      limits.keep = kept.keeper
    }
    return limits
  }
}
