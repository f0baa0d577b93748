/// Finite scores, ranked by the tie rule: the better score first, equal ones (-0 and +0 are equal) by
/// priority.
public struct Ranking: Sendable, Hashable {
  public let scores: [Float]
  public let preference: OutputPreference
  /// The outputs, best first.
  public let byRank: [Int]
  /// For each output its place in ``byRank``.
  public let rank: [Int]

  /// - Requires: as many scores as outputs, all finite.
  public init(of scores: [Float], by preference: OutputPreference) {
    precondition(scores.count == preference.tieOrder.count, "one score an output")
    precondition(scores.allSatisfy(\.isFinite), "only finite scores have a rank")
    self.scores = scores
    self.preference = preference
    byRank = scores.indices.sorted { a, b in
      scores[a] == scores[b]
        ? preference.tiePriority[a] < preference.tiePriority[b]
        : preference.isBetter(scores[a], scores[b])
    }
    var rank = [Int](repeating: 0, count: scores.count)
    for (place, output) in byRank.enumerated() { rank[output] = place }
    self.rank = rank
  }

  /// The best output by the tie rule.
  /// - Requires: there is an output.
  public var choice: Int { byRank[0] }
}
