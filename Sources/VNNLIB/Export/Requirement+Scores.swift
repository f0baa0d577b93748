import SpecificationLanguage

extension Requirement {
  /// Whether it compares some score with a number, so that the scale of the scores matters.
  public var boundsScores: Bool {
    switch self {
    case .order: false
    case .score: true
    case .all(let parts), .any(let parts): parts.contains(where: \.boundsScores)
    }
  }
}
