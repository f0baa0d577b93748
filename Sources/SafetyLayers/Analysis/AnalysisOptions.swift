/// Limits of the analysis. Reaching one is reported; nothing is cut silently.
public struct AnalysisOptions: Sendable, Hashable {
  /// The most rows that a table may have (`--max-rows`).
  public var maxRows: Int
  /// The most disjuncts that a row may have.
  public var maxDisjuncts: Int
  /// The time limit of each solver query.
  public var timeoutMilliseconds: UInt32
  /// Whether inputs at which no property is active are reported (`--coverage`).
  public var coverage: Bool

  public init(
    maxRows: Int = 4096, maxDisjuncts: Int = disjunctLimit, timeoutMilliseconds: UInt32 = 10_000,
    coverage: Bool = false
  ) {
    self.maxRows = maxRows
    self.maxDisjuncts = maxDisjuncts
    self.timeoutMilliseconds = timeoutMilliseconds
    self.coverage = coverage
  }
}
