import ExactArithmetic
import SpecificationLanguage

/// Whether all of `allowed` can be satisfied and one of `suspects` violated; evaluated here without the solver.
struct SeparationQuestion {
  let allowed: [Demand]
  /// Not empty.
  let suspects: [Demand]
  let common: CommonInterface
  let rawPreference: OutputPreference?
  private let evaluate: PointEvaluator

  init(
    allowed: [Demand], suspects: [Demand], common: CommonInterface, rawPreference: OutputPreference?
  ) {
    self.allowed = allowed
    self.suspects = suspects
    self.common = common
    self.rawPreference = rawPreference
    let conditions = (allowed + suspects).flatMap { [$0.condition] + $0.overriders }
    evaluate = PointEvaluator(common.interface, atoms: conditions.flatMap(\.atoms))
  }

  var boundsScores: Bool { (allowed + suspects).contains { $0.requirement.boundsScores } }

  /// The first suspect that is violated at `point` while all of `allowed` are satisfied; `nil` if there is none,
  /// or `point` is not an input that both accept.
  func violation(
    at point: ConflictExample.Point, rawChoice: Int, _ scores: [Rational]
  ) -> Demand? {
    evaluate(point, rawChoice: self.rawChoice(rawChoice, scores)).flatMap { violation(scores, where: $0) }
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
}
