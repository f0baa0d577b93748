import SpecificationLanguage

extension Post {
  /// Whether `scores` satisfy the post, by counting: no order constraints and no solver.
  ///
  /// - Parameter scores: one an output, none of them NaN.
  package func holds<Score: Comparable>(of scores: [Score], better: Better) -> Bool {
    func isBetter(_ a: Score, _ b: Score) -> Bool { better == .highest ? a > b : a < b }
    switch self {
    case .precedes(let above, let below): return isBetter(scores[above], scores[below])
    case .before(let output, let end):
      return scores.count { isBetter(scores[output], $0) } >= scores.count - end
    case .notBefore(let output, let start): return scores.count { isBetter($0, scores[output]) } >= start
    case .all(let parts): return parts.allSatisfy { $0.holds(of: scores, better: better) }
    case .any(let parts): return parts.contains { $0.holds(of: scores, better: better) }
    }
  }
}
