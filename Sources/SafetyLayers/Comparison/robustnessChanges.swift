import ExactArithmetic
import SpecificationLanguage

/// How the robustness clauses on a network differ; matched by name.
///
/// Decided by reading: a larger radius, fewer places, smaller groups, or no abstaining is stronger, all at the
/// same norm over the same inputs. Other norms, or normalised inputs whose normalisation differs, are
/// incomparable.
func robustnessChanges(
  _ old: [RobustnessClause], _ new: [RobustnessClause], from before: Interface, to after: Interface
) -> [Change] {
  let known = Dictionary(old.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  let kept = Set(new.map(\.name))
  let changed = new.compactMap { (clause) -> Change? in
    guard let other = known[clause.name] else {
      return Change("robust `\(clause.name)`", "added", .stronger, at: clause.range, clause: clause.name)
    }
    return change(other, clause, before, after)
  }
  let removed = old.filter { !kept.contains($0.name) }.map {
    Change("robust `\($0.name)`", "removed", .weaker, at: $0.range, clause: $0.name)
  }
  return changed + removed
}

private func change(
  _ old: RobustnessClause, _ new: RobustnessClause, _ before: Interface, _ after: Interface
) -> Change? {
  var details: [String] = []
  var isLoosened = false
  var isTightened = false
  func note(_ detail: String, loosens: Bool, tightens: Bool) {
    details.append(detail)
    isLoosened = isLoosened || loosens
    isTightened = isTightened || tightens
  }
  if old.norm != new.norm || old.space != new.space {
    note(
      "within \(old.norm.rawValue) of \(old.space.rawValue) -> \(new.norm.rawValue) of \(new.space.rawValue)",
      loosens: true, tightens: true)
  } else if old.space == .normalized,
    zip(before.inputs, after.inputs).contains(where: { !$0.isNormalized(like: $1) })
  {
    note("the normalisation of its inputs differs", loosens: true, tightens: true)
  }
  let factor =
    old.space == .physical && new.space == .physical
    ? (before.inputs.first?.scale.scale ?? .one) / (after.inputs.first?.scale.scale ?? .one) : Rational.one
  let radius = old.radius * factor
  if radius != new.radius, old.norm == new.norm, old.space == new.space {
    note(
      "radius \(radiusText(old, before)) -> \(radiusText(new, after))", loosens: new.radius < radius,
      tightens: new.radius > radius)
  }
  if old.places != new.places {
    note(
      "keep top \(placesText(old.places)) -> top \(placesText(new.places))",
      loosens: new.places > old.places, tightens: new.places < old.places)
  }
  let loosens = !doesAllow(old.groups, new.groups)
  let tightens = !doesAllow(new.groups, old.groups)
  if loosens || tightens { note("other groups", loosens: loosens, tightens: tightens) }
  if old.abstainsWhenUncertified != new.abstainsWhenUncertified {
    let permits = new.abstainsWhenUncertified
    note(
      "`abstain when uncertified` \(permits ? "newly" : "no longer") permitted", loosens: permits,
      tightens: !permits)
  }
  if details.isEmpty { return nil }
  let effect: Change.Effect =
    switch (isLoosened, isTightened) {
    case (false, false): .none
    case (true, false): .weaker
    case (false, true): .stronger
    case (true, true): .incomparable
    }
  return Change(
    "robust `\(new.name)`", details.joined(separator: "; "), effect, at: new.range, clause: new.name)
}

/// Whether every set of outputs that lies inside one of `inner` lies inside one of `outer`. No groups are no
/// restriction.
private func doesAllow(_ outer: [[Int]], _ inner: [[Int]]) -> Bool {
  if outer.isEmpty { return true }
  if inner.isEmpty { return false }
  return inner.allSatisfy { group in outer.contains { Set($0).isSuperset(of: group) } }
}

private func radiusText(_ clause: RobustnessClause, _ interface: Interface) -> String {
  let unit = clause.space == .physical ? interface.inputs.first?.unit ?? "" : ""
  return exactText(clause.radius) + (unit.isEmpty ? "" : " " + unit)
}

private func placesText(_ places: Int) -> String { places == 1 ? "1" : "1..\(places)" }
