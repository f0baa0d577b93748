extension OrderConstraint {
  /// Whether `scores` satisfy the constraint numerically: every precedence strictly, and every
  /// windowed output has at least `earliest` strictly better and `outputCount - end` strictly worse
  /// ones. A tie satisfies no precedence in either direction.
  public func holds(of scores: [Float], by preference: OutputPreference) -> Bool {
    precondition(scores.count == outputCount, "one score an output")
    for precedence in precedences
    where !preference.isBetter(scores[precedence.before], scores[precedence.after]) {
      return false
    }
    for window in windows {
      let own = scores[window.output]
      let better = scores.count { preference.isBetter($0, own) }
      let worse = scores.count { preference.isBetter(own, $0) }
      if better < window.earliest || worse < outputCount - window.end { return false }
    }
    return true
  }
}
