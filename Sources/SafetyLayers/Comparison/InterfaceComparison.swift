import Diagnostics
import ExactArithmetic
import SpecificationLanguage

/// How two interfaces differ.
struct InterfaceComparison {
  /// In the order inputs, outputs, choice.
  let changes: [Change]
  /// Whether demands on one can be compared with demands on the other: the same inputs and outputs in the same
  /// order, the inputs of the same dimensions.
  let isComparable: Bool

  init(_ old: Interface, _ new: Interface) {
    let names =
      listChanges("inputs", old.inputs.map(\.name), new.inputs.map(\.name), at: new.range)
      + listChanges("outputs", old.outputs, new.outputs, at: new.range)
    var inputs: [(subject: String, detail: String, effect: Change.Effect)] = []
    var sameDimensions = true
    let known = Dictionary(new.inputs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for before in old.inputs {
      guard let after = known[before.name] else { continue }
      if before.scale.dimension != after.scale.dimension {
        sameDimensions = false
        inputs.append(
          (before.name, "dimension: \(before.scale.dimension) -> \(after.scale.dimension)", .interface))
      } else {
        inputs += inputChanges(before, after).map { (before.name, $0.detail, $0.effect) }
      }
    }
    isComparable = names.isEmpty && sameDimensions
    changes =
      names + Self.grouped(inputs, at: known.mapValues(\.range), otherwise: new.range)
      + (old.outputs == new.outputs ? choiceChanges(old, new) : [])
  }

  /// The scalars of a tensor mostly change alike: one change for all of them.
  private static func grouped(
    _ changes: [(subject: String, detail: String, effect: Change.Effect)],
    at ranges: [String: SourceRange], otherwise range: SourceRange
  ) -> [Change] {
    struct Kind: Hashable {
      let detail: String
      let effect: Change.Effect
    }
    var subjects: [Kind: [String]] = [:]
    var kinds: [Kind] = []
    for change in changes {
      let kind = Kind(detail: change.detail, effect: change.effect)
      if subjects[kind] == nil { kinds.append(kind) }
      subjects[kind, default: []].append(change.subject)
    }
    return kinds.map { kind in
      let names = subjects[kind] ?? []
      return Change(
        "input \(shortList(names))", kind.detail, kind.effect, at: ranges[names.first ?? ""] ?? range)
    }
  }
}

/// What was added, removed or reordered.
private func listChanges(
  _ what: String, _ old: [String], _ new: [String], at range: SourceRange
) -> [Change] {
  if old == new { return [] }
  let before = Set(old)
  let after = Set(new)
  let added = new.filter { !before.contains($0) }
  let removed = old.filter { !after.contains($0) }
  var changes: [Change] = []
  if !added.isEmpty { changes.append(Change(what, "added \(shortList(added))", .interface, at: range)) }
  if !removed.isEmpty { changes.append(Change(what, "removed \(shortList(removed))", .interface, at: range)) }
  let order = { (names: [String], kept: Set<String>) in names.filter(kept.contains) }
  let common = before.intersection(after)
  if order(old, common) != order(new, common) {
    let first = shortList(order(new, common), limit: 6)
    changes.append(Change(what, "reordered, now \(first)", .interface, at: range))
  }
  return changes
}

extension InputScalar {
  /// Whether the network sees the same numbers, unless they are rounded differently.
  /// - Requires: the same dimension.
  func isNormalized(like other: InputScalar) -> Bool {
    let conversion = UnitConversion(from: other.scale, to: scale)
    return conversion.factor * normalization.scale == other.normalization.scale
      && (conversion.shift - normalization.center) * normalization.scale
        == -other.normalization.center * other.normalization.scale
  }
}

/// - Requires: the same dimension.
private func inputChanges(
  _ old: InputScalar, _ new: InputScalar
) -> [(detail: String, effect: Change.Effect)] {
  var changes: [(detail: String, effect: Change.Effect)] = []
  if old.scale != new.scale {
    changes.append(
      ("unit: \(unitText(old)) -> \(unitText(new)), so that callers pass other numbers", .interface))
  }
  if let change = domainChange(old, new) { changes.append(change) }
  if !old.isNormalized(like: new) {
    changes.append(("normalisation: \(normalizationText(old)) -> \(normalizationText(new))", .incomparable))
  }
  return changes
}

private func domainChange(
  _ old: InputScalar, _ new: InputScalar
) -> (detail: String, effect: Change.Effect)? {
  let isLoosened: Bool
  let isTightened: Bool
  if old.scale == new.scale {
    isLoosened = new.lowest < old.lowest || new.highest > old.highest
    isTightened = new.lowest > old.lowest || new.highest < old.highest
  } else {
    let toNew = UnitConversion(from: old.scale, to: new.scale)
    switch (old.domain, new.domain) {
    case (nil, nil): return nil
    case (.some, nil): (isLoosened, isTightened) = (true, false)
    case (nil, .some): (isLoosened, isTightened) = (false, true)
    case (let before?, let after?):
      isLoosened = after.lower < toNew(before.lower) || after.upper > toNew(before.upper)
      isTightened = after.lower > toNew(before.lower) || after.upper < toNew(before.upper)
    }
  }
  let ends = "\(domainText(old)) -> \(domainText(new))"
  switch (isLoosened, isTightened) {
  case (false, false): return nil
  case (true, false): return ("domain widened: \(ends)", .weaker)
  case (false, true): return ("domain narrowed: \(ends)", .stronger)
  case (true, true): return ("domain moved: \(ends)", .incomparable)
  }
}

private func choiceChanges(_ old: Interface, _ new: Interface) -> [Change] {
  var changes: [Change] = []
  if old.better != new.better {
    changes.append(
      Change("choose", "\(old.better.rawValue) -> \(new.better.rawValue)", .incomparable, at: new.range))
  }
  if old.tieOrder != new.tieOrder {
    let before = old.tieOrder.map { old.outputs[$0] }
    let after = new.tieOrder.map { new.outputs[$0] }
    changes.append(
      Change(
        "ties", "\(shortList(before, limit: 6)) -> \(shortList(after, limit: 6))", .incomparable,
        at: new.range))
  }
  if old.abstainsOnConflict != new.abstainsOnConflict {
    changes.append(
      new.abstainsOnConflict
        ? Change("`abstain when conflict`", "newly permitted", .weaker, at: new.range)
        : Change("`abstain when conflict`", "no longer permitted", .stronger, at: new.range))
  }
  return changes
}

private func unitText(_ scalar: InputScalar) -> String { scalar.unit.isEmpty ? "1" : scalar.unit }

private func domainText(_ scalar: InputScalar) -> String {
  guard let domain = scalar.domain else { return "every number" }
  let unit = scalar.unit.isEmpty ? "" : " " + scalar.unit
  return "\(exactText(domain.lower)) .. \(exactText(domain.upper))\(unit)"
}

/// For example `(x - 650) / 1100 in ft`: `x` stands for the input, so that all of a tensor's read alike.
private func normalizationText(_ scalar: InputScalar) -> String {
  let normalization = scalar.normalization
  let unit = scalar.unit.isEmpty ? "" : " in \(scalar.unit)"
  let isCentred = normalization.center.signum == 0
  let shifted = isCentred ? "x" : "(x - \(exactText(normalization.center)))"
  return normalization.scale == .one
    ? shifted + unit : "\(shifted) / \(exactText(.one / normalization.scale))\(unit)"
}
