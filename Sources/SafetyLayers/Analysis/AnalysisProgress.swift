/// How far an analysis has come: what a terminal shows meanwhile.
public struct AnalysisProgress: Sendable, Hashable {
  public enum Phase: Sendable, Hashable {
    /// So many feasible sets of active properties were found.
    case sets(Int)
    /// So many rows of the table are made.
    case rows(Int, of: Int)
    /// So many properties are compared with the others.
    case properties(Int, of: Int)
  }

  public let phase: Phase
  /// The distinct combination of interface and properties that is analysed, from 1.
  public let problem: Int
  public let problemCount: Int

  /// For example: `analysing, part 2 of 8: 1024 feasible sets`.
  public var text: String {
    switch phase {
    case .sets(let count): part + "\(count) feasible set\(count == 1 ? "" : "s")"
    case .rows(let done, let count): part + "row \(done) of \(count)"
    case .properties(let done, let count): "comparing properties: \(done) of \(count)"
    }
  }

  private var part: String {
    problemCount == 1 ? "analysing: " : "analysing, part \(problem) of \(problemCount): "
  }
}
