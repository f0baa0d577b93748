import Diagnostics
import SpecificationLanguage

/// What one property demands: wherever `condition` holds and none of `overriders` does, the scores satisfy
/// `requirement`. Its atoms are about the inputs of a ``CommonInterface``.
struct Demand: Sendable {
  let name: String
  let condition: Condition
  let overriders: [Condition]
  let requirement: Requirement
  let better: Better
  let range: SourceRange
  /// All that matters of the others: demands with equal shapes demand the same.
  let shape: Shape

  struct Shape: Sendable, Hashable {
    fileprivate let condition: ConditionShape
    fileprivate let overriders: Set<ConditionShape>
    fileprivate let requirement: Requirement
    fileprivate let better: Better
  }

  init(
    name: String, condition: Condition, overriders: [Condition], requirement: Requirement, better: Better,
    range: SourceRange
  ) {
    self.name = name
    self.condition = condition
    self.overriders = overriders
    self.requirement = requirement
    self.better = better
    self.range = range
    shape = Shape(
      condition: ConditionShape(condition), overriders: Set(overriders.map(ConditionShape.init)),
      requirement: requirement, better: better)
  }

  /// Whether it applies, given the truth of atoms.
  func isActive(where isTrue: (Atom) -> Bool) -> Bool {
    condition.holds(where: isTrue) && !overriders.contains { $0.holds(where: isTrue) }
  }

  /// Literals true where `isTrue` says so that imply that it applies.
  /// - Requires: it does there.
  func activation(where isTrue: (Atom) -> Bool) -> [ImplicantLiteral] {
    condition.implicant(where: isTrue) + overriders.flatMap { $0.negatedImplicant(where: isTrue) }
  }

  /// Literals true where `isTrue` says so that imply that it does not apply.
  /// - Requires: it does not there.
  func inactivity(where isTrue: (Atom) -> Bool) -> [ImplicantLiteral] {
    if !condition.holds(where: isTrue) { return condition.negatedImplicant(where: isTrue) }
    return overriders.first { $0.holds(where: isTrue) }?.implicant(where: isTrue) ?? []
  }
}
