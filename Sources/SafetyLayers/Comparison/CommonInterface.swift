import ExactArithmetic
import SpecificationLanguage

/// The inputs that two interfaces both accept, and their outputs: what a query about both ranges over.
///
/// Inputs of one unit are binary32 numbers, as the emitted code takes them. One whose unit differs is an exact
/// quantity in the new unit, and bounds on it are taken as they are written, not rounded to a float of either
/// unit: so `1500 ft` is `457.2 m`.
struct CommonInterface {
  /// The new one, with the domain that both accept.
  let interface: Interface
  /// What both accept of the inputs whose unit differs.
  let accepts: Condition
  /// From old numbers to new ones and back, for the inputs whose unit differs.
  private let toOld: [Int: UnitConversion]
  private let unchanged: [Int: UnitConversion]

  /// `nil` if both accept no input together.
  /// - Requires: the same inputs and outputs, in the same order and of the same dimensions.
  init?(_ old: Interface, _ new: Interface) {
    var inputs: [InputScalar] = []
    var accepts: [Condition] = []
    var toOld: [Int: UnitConversion] = [:]
    for (index, (before, after)) in zip(old.inputs, new.inputs).enumerated() {
      var lowest = max(before.lowest, after.lowest)
      var highest = min(before.highest, after.highest)
      if before.scale != after.scale {
        toOld[index] = UnitConversion(from: after.scale, to: before.scale)
        let toNew = UnitConversion(from: before.scale, to: after.scale)
        let lower = [before.domain.map { toNew($0.lower) }, after.domain?.lower].compactMap { $0 }.max()
        let upper = [before.domain.map { toNew($0.upper) }, after.domain?.upper].compactMap { $0 }.min()
        if let lower, let upper, lower > upper { return nil }
        // A little more than what is accepted, for `accepts` says it exactly.
        lowest = lower.flatMap(\.floatNotAbove) ?? -.greatestFiniteMagnitude
        highest = upper.flatMap(\.floatNotBelow) ?? .greatestFiniteMagnitude
        accepts += Self.bounds(on: index, from: lower, to: upper, after)
      }
      guard lowest <= highest else { return nil }
      inputs.append(after.within(lowest + 0, highest + 0))
    }
    interface = new.taking(inputs)
    self.accepts = .all(accepts)
    self.toOld = toOld
    unchanged = toOld.mapValues { _ in .identity }
  }

  private static func bounds(
    on input: Int, from lower: Rational?, to upper: Rational?, _ scalar: InputScalar
  ) -> [Condition] {
    func bound(_ coefficient: Int, _ bound: Rational) -> Condition {
      let inequality = LinearInequality(
        terms: [LinearInequality.Term(input: input, coefficient: Rational(coefficient))], bound: bound,
        isStrict: false)
      return .atom(.linear(inequality), Condition.Provenance(range: scalar.range, text: "the domain"))
    }
    return (lower.map { [bound(1, $0)] } ?? []) + (upper.map { [bound(-1, -$0)] } ?? [])
  }

  /// A condition of the old specification about these inputs.
  func condition(old condition: Condition) -> Condition { converted(condition, by: toOld, isNew: false) }

  /// A condition of the new specification about these inputs.
  func condition(new condition: Condition) -> Condition { converted(condition, by: unchanged, isNew: true) }

  private func converted(
    _ condition: Condition, by conversions: [Int: UnitConversion], isNew: Bool
  ) -> Condition {
    if conversions.isEmpty { return condition }
    switch condition {
    case .constant: return condition
    case .all(let parts): return .all(parts.map { converted($0, by: conversions, isNew: isNew) })
    case .any(let parts): return .any(parts.map { converted($0, by: conversions, isNew: isNew) })
    case .atom(let atom, let provenance):
      guard atom.inputs.contains(where: { conversions[$0] != nil }),
        let inequality = atom.inequality(provenance)?.converted(by: conversions)
      else { return condition }
      let texts =
        isNew
        ? (provenance.text, provenance.negatedText)
        : (inequality.text(in: interface), inequality.negated.text(in: interface))
      return .atom(
        .linear(inequality),
        Condition.Provenance(range: provenance.range, text: texts.0, negatedText: texts.1))
    }
  }
}

extension Atom {
  /// What the atom says of numbers; `nil` if it is about the raw choice.
  fileprivate func inequality(_ provenance: Condition.Provenance) -> LinearInequality? {
    func bound(_ input: Int, _ coefficient: Int, _ bound: Rational) -> LinearInequality {
      provenance.inequality
        ?? LinearInequality(
          terms: [LinearInequality.Term(input: input, coefficient: Rational(coefficient))], bound: bound,
          isStrict: false)
    }
    switch self {
    case .atLeast(let input, let limit): return bound(input, 1, Rational(limit))
    case .atMost(let input, let limit): return bound(input, -1, -Rational(limit))
    case .linear(let inequality): return inequality
    case .rawChoice: return nil
    }
  }
}

extension Interface {
  fileprivate func taking(_ inputs: [InputScalar]) -> Interface {
    Interface(
      name: name, inputs: inputs, outputs: outputs, groups: groups, better: better, tieOrder: tieOrder,
      abstainsOnConflict: abstainsOnConflict, range: range)
  }
}

extension InputScalar {
  fileprivate func within(_ lowest: Float, _ highest: Float) -> InputScalar {
    InputScalar(
      name: name, unit: unit, scale: scale, domain: nil, normalization: normalization, range: range,
      lowest: lowest, highest: highest)
  }
}
