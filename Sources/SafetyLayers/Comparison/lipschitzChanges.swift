import ExactArithmetic
import SpecificationLanguage

/// How the Lipschitz clauses on a network differ; matched by name.
///
/// Decided by reading: a smaller bound is stronger, at the same norm over the same inputs. Other norms, or normalised
/// inputs whose normalisation differs, are incomparable.
func lipschitzChanges(
  _ old: [LipschitzClause], _ new: [LipschitzClause], from before: Interface, to after: Interface
) -> [Change] {
  let known = Dictionary(old.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  let kept = Set(new.map(\.name))
  let changed = new.compactMap { (clause) -> Change? in
    guard let other = known[clause.name] else {
      return Change("lipschitz `\(clause.name)`", "added", .stronger, at: clause.range, clause: clause.name)
    }
    return change(other, clause, before, after)
  }
  let removed = old.filter { !kept.contains($0.name) }.map {
    Change("lipschitz `\($0.name)`", "removed", .weaker, at: $0.range, clause: $0.name)
  }
  return changed + removed
}

private func change(
  _ old: LipschitzClause, _ new: LipschitzClause, _ before: Interface, _ after: Interface
) -> Change? {
  func changed(_ detail: String, _ effect: Change.Effect) -> Change {
    Change("lipschitz `\(new.name)`", detail, effect, at: new.range, clause: new.name)
  }
  if old.norm != new.norm || old.space != new.space {
    return changed(
      "\(old.norm.rawValue) of \(old.space.rawValue) -> \(new.norm.rawValue) of \(new.space.rawValue)",
      .incomparable)
  }
  if old.space == .normalized,
    zip(before.inputs, after.inputs).contains(where: { !$0.isNormalized(like: $1) })
  {
    return changed("the normalisation of its inputs differs", .incomparable)
  }
  let factor =
    old.space == .physical
    ? (after.inputs.first?.scale.scale ?? .one) / (before.inputs.first?.scale.scale ?? .one) : Rational.one
  let bound = old.bound * factor
  if bound == new.bound { return nil }
  return changed(
    "bound \(old.boundText(before)) -> \(new.boundText(after))", new.bound > bound ? .weaker : .stronger)
}
