import ExactArithmetic
import SpecificationLanguage

extension Condition {
  /// A condition on the centre of a ball that implies this one at every point of the ball and the domains.
  ///
  /// Conditions are monotone in their atoms, so it is enough that atoms are taken so. The raw choice is taken as it is at
  /// the centre: whether it stays is another question.
  func everywhere(in ball: Ball) -> Condition { shifted(in: ball, inwards: true) }

  /// A condition on the centre of a ball that is implied by this one at any point of the ball and the domains.
  func somewhere(in ball: Ball) -> Condition { shifted(in: ball, inwards: false) }

  private func shifted(in ball: Ball, inwards: Bool) -> Condition {
    switch self {
    case .constant: return self
    case .atom(let atom, let provenance):
      let place = inwards ? "everywhere" : "somewhere"
      let shown = Provenance(range: provenance.range, text: "\(provenance.text) \(place) in the ball")
      return atom.shifted(in: ball, inwards: inwards, shown)
    case .all(let parts):
      let parts = parts.map { $0.shifted(in: ball, inwards: inwards) }
      if parts.contains(where: { $0.isConstant(false) }) { return .constant(false) }
      return .all(parts.filter { !$0.isConstant(true) })
    case .any(let parts):
      let parts = parts.map { $0.shifted(in: ball, inwards: inwards) }
      if parts.contains(where: { $0.isConstant(true) }) { return .constant(true) }
      return .any(parts.filter { !$0.isConstant(false) })
    }
  }

  private func isConstant(_ value: Bool) -> Bool {
    if case .constant(value) = self { true } else { false }
  }
}

extension Atom {
  /// The atom with its bound moved by as much as the sum can change in the ball: against it (`inwards`) or with it. Where
  /// the domains decide the atom, it stays decided.
  fileprivate func shifted(in ball: Ball, inwards: Bool, _ shown: Condition.Provenance) -> Condition {
    guard let inequality else { return .atom(self, shown) }
    let range = ball.range(of: inequality.terms)
    if inequality.isTrue(ofSum: range.lowerBound) { return .constant(true) }
    if !inequality.isTrue(ofSum: range.upperBound) { return .constant(false) }
    guard let reach = ball.reach(of: inequality.terms) else { return .constant(!inwards) }
    let bound = inwards ? inequality.bound + reach : inequality.bound - reach
    switch self {
    case .atLeast(let input, _):
      guard let bound = bound.floatNotBelow else { return .constant(false) }
      return .atom(.atLeast(input: input, bound: bound), shown)
    case .atMost(let input, _):
      guard let bound = (-bound).floatNotAbove else { return .constant(false) }
      return .atom(.atMost(input: input, bound: bound), shown)
    case .linear, .rawChoice:
      return .atom(
        .linear(LinearInequality(terms: inequality.terms, bound: bound, isStrict: inequality.isStrict)), shown
      )
    }
  }

  /// The atom as an inequality over the reals; `nil` if it is about the raw choice.
  private var inequality: LinearInequality? {
    func one(_ input: Int, _ coefficient: Rational, _ bound: Float) -> LinearInequality {
      LinearInequality(
        terms: [LinearInequality.Term(input: input, coefficient: coefficient)],
        bound: coefficient * Rational(bound), isStrict: false)
    }
    return switch self {
    case .atLeast(let input, let bound): one(input, .one, bound)
    case .atMost(let input, let bound): one(input, -.one, bound)
    case .linear(let inequality): inequality
    case .rawChoice: nil
    }
  }
}
