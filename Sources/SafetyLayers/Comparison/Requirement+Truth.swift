import ExactArithmetic
import SpecificationLanguage

extension Requirement {
  /// Whether `scores` satisfy the requirement, without the solver.
  package func holds(of scores: [Rational], better: Better) -> Bool {
    switch self {
    case .order(let post): post.holds(of: scores, better: better)
    case .score(let bound): bound.holds(of: scores[bound.output])
    case .all(let parts): parts.allSatisfy { $0.holds(of: scores, better: better) }
    case .any(let parts): parts.contains { $0.holds(of: scores, better: better) }
    }
  }

  var boundsScores: Bool {
    switch self {
    case .order: false
    case .score: true
    case .all(let parts), .any(let parts): parts.contains(where: \.boundsScores)
    }
  }
}

extension ScoreBound {
  func holds(of score: Rational) -> Bool {
    if score == bound { return !isStrict }
    return isUpper ? score < bound : score > bound
  }
}
