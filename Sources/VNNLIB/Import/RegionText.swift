import ExactArithmetic
import SpecificationLanguage

/// Regions as conditions of the language.
struct RegionText {
  let interface: Interface

  /// `nil` if some number or unit cannot be said.
  func text(_ region: InputRegion) -> String? {
    if region.isEverything { return "true" }
    let parts = parts(region)
    return parts.contains(nil) ? nil : parts.compactMap { $0 }.joined(separator: "\n    and ")
  }

  /// What is joined by `and`.
  private func parts(_ region: InputRegion) -> [String?] {
    let intervals = region.intervals.sorted { $0.key < $1.key }.map { text($0.value, input: $0.key) }
    let alternatives = region.alternatives.map { regions -> String? in
      let texts = regions.map { region -> String? in
        let inner = parts(region)
        return inner.contains(nil) ? nil : inner.compactMap { $0 }.joined(separator: " and ")
      }
      return texts.contains(nil) ? nil : "(" + texts.compactMap { $0 }.joined(separator: "\n      or ") + ")"
    }
    return intervals + region.inequalities.map(text) + alternatives
  }

  private func text(_ interval: InputRegion.Interval, input: Int) -> String? {
    let scalar = interface.inputs[input]
    let quantity = QuantityText(unit: scalar.unit)
    if let lower = interval.lower, let upper = interval.upper, !lower.isStrict, !upper.isStrict {
      guard let low = quantity.outwards(lower.value, isUp: false),
        let high = quantity.outwards(upper.value, isUp: true)
      else { return nil }
      return low == high ? "\(scalar.name) == \(low)" : "\(scalar.name) in \(low) .. \(high)"
    }
    var parts: [String?] = []
    if let lower = interval.lower {
      parts.append(
        quantity.outwards(lower.value, isUp: false).map {
          "\(scalar.name) >\(lower.isStrict ? "" : "=") \($0)"
        })
    }
    if let upper = interval.upper {
      parts.append(
        quantity.outwards(upper.value, isUp: true).map {
          "\(scalar.name) <\(upper.isStrict ? "" : "=") \($0)"
        })
    }
    return parts.contains(nil) ? nil : parts.compactMap { $0 }.joined(separator: " and ")
  }

  /// Each input is divided by its unit, so that inputs of different units can be summed, and the sum is compared
  /// with 0: another bare number would need a unit beside such inputs.
  private func text(_ inequality: InputRegion.Inequality) -> String? {
    var sum = ""
    for term in inequality.terms {
      let scalar = interface.inputs[term.input]
      guard let factor = QuantityText.factor(term.coefficient) else { return nil }
      sum += (sum.isEmpty ? "" : " + ") + "\(factor) * \(scalar.name)"
      if !scalar.unit.isEmpty { sum += " / 1 \(scalar.unit)" }
    }
    guard let constant = QuantityText.factor(-inequality.bound) else { return nil }
    if inequality.bound.signum != 0 { sum += " + \(constant)" }
    return "\(sum) <\(inequality.isStrict ? "" : "=") 0"
  }
}
