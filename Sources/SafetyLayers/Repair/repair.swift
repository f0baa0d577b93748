/// A safe order with the scores that show it.
public struct Repair: Sendable, Hashable {
  /// Which disjunct was chosen.
  public let disjunct: Int
  /// The outputs, best first.
  public let order: [Int]
  /// One score an output. Ranked by the tie rule they give `order`, and the disjunct holds of them.
  public let scores: [Float]
}

/// Where the raw scores satisfy a disjunct, the first that they satisfy.
public func satisfiedDisjunct(of disjuncts: [OrderConstraint], by ranking: Ranking) -> Int? {
  disjuncts.firstIndex { $0.holds(of: ranking.scores, by: ranking.preference) }
}

/// The repair of scores that satisfy none of `disjuncts`: of all orders that some disjunct allows, the
/// one whose sequence of raw ranks comes first lexicographically, with the values of guarantee 6. If
/// several disjuncts give that order, the first counts.
///
/// - Requires: `disjuncts` is not empty.
public func repair(_ raw: Ranking, under disjuncts: [OrderConstraint]) -> Repair {
  var best: (disjunct: Int, order: [Int], ranks: [Int])?
  for (index, disjunct) in disjuncts.enumerated() {
    let order = disjunct.stableExtension(of: raw)
    let ranks = order.map { raw.rank[$0] }
    if let best, !ranks.lexicographicallyPrecedes(best.ranks) { continue }
    best = (index, order, ranks)
  }
  guard let best else { preconditionFailure("there is a disjunct to repair under") }
  let values = RepairedScores(
    order: best.order, constraint: disjuncts[best.disjunct], preference: raw.preference)
  return Repair(
    disjunct: best.disjunct, order: best.order,
    scores: values.scores(from: raw.byRank.map { raw.scores[$0] }))
}
