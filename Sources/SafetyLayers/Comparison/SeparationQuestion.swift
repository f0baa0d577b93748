import ExactArithmetic
import SpecificationLanguage

/// Whether all of `allowed` can be satisfied and one of `suspects` violated; evaluated here without the solver.
struct SeparationQuestion {
  let allowed: [Demand]
  /// Not empty.
  let suspects: [Demand]
  let common: CommonInterface
  let rawPreference: OutputPreference?

  var boundsScores: Bool { (allowed + suspects).contains { $0.requirement.boundsScores } }

  /// The first suspect that is violated at `point` while all of `allowed` are satisfied; `nil` if there is none,
  /// or `point` is not an input that both accept.
  func violation(
    at point: ConflictExample.Point, rawChoice: Int, _ scores: [Rational]
  ) -> Demand? {
    let choice = self.rawChoice(rawChoice, scores)
    switch point {
    case .floats(let floats):
      let isInDomain = zip(floats, common.interface.inputs).allSatisfy {
        $0 >= $1.lowest && $0 <= $1.highest
      }
      guard isInDomain else { return nil }
      return violation(scores) { $0.isTrue(of: floats, rawChoice: choice) }
    case .rationals(let values):
      guard isInDomain(values), !isBetweenFloats(values) else { return nil }
      return violation(scores) { $0.isTrue(of: values, rawChoice: choice) }
    }
  }

  /// Raw scores fix the raw choice.
  func rawChoice(_ given: Int, _ scores: [Rational]) -> Int {
    guard let rawPreference else { return given }
    let isHighest = rawPreference.better == .highest
    var best = rawPreference.tieOrder[0]
    for output in rawPreference.tieOrder.dropFirst() where scores[output] != scores[best] {
      if (scores[output] > scores[best]) == isHighest { best = output }
    }
    return best
  }

  /// Literals, true at the point, that imply that `scores` violate `violated` and satisfy all of `allowed`.
  func literals(
    at point: [Rational], rawChoice: Int, _ scores: [Rational], _ violated: Demand
  ) -> [ImplicantLiteral] {
    let isTrue = { (atom: Atom) in atom.isTrue(of: point, rawChoice: rawChoice) }
    let inactive = allowed.filter { !$0.requirement.holds(of: scores, better: $0.better) }
    return violated.activation(where: isTrue) + inactive.flatMap { $0.inactivity(where: isTrue) }
  }

  private func violation(_ scores: [Rational], where isTrue: (Atom) -> Bool) -> Demand? {
    guard common.accepts.holds(where: isTrue) else { return nil }
    func isKept(_ demand: Demand) -> Bool {
      demand.requirement.holds(of: scores, better: demand.better) || !demand.isActive(where: isTrue)
    }
    guard let violated = suspects.first(where: { !isKept($0) }), allowed.allSatisfy(isKept) else {
      return nil
    }
    return violated
  }

  private func isInDomain(_ values: [Rational]) -> Bool {
    zip(values, common.interface.inputs).allSatisfy {
      $0 >= Rational($1.lowest) && $0 <= Rational($1.highest)
    }
  }

  /// Whether an input is between two neighbouring floats that a bound tells apart: there the bound and its
  /// negation would both be false.
  private func isBetweenFloats(_ values: [Rational]) -> Bool {
    let conditions = (allowed + suspects).flatMap { [$0.condition] + $0.overriders }
    return conditions.flatMap(\.atoms).contains { atom in
      switch atom {
      case .linear, .rawChoice: return false
      case .atLeast, .atMost:
        let isTrue = atom.isTrue(of: values, rawChoice: 0)
        switch atom.negated {
        case .atom(let negation): return isTrue == negation.isTrue(of: values, rawChoice: 0)
        case .constant(let value): return isTrue == value
        }
      }
    }
  }
}
