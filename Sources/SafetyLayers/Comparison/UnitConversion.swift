import ExactArithmetic
import SpecificationLanguage

/// The affine map from an input's numbers in one unit to its numbers in another: `number * factor + shift`.
struct UnitConversion {
  /// INVARIANT: positive.
  let factor: Rational
  let shift: Rational

  static let identity = UnitConversion(factor: .one, shift: .zero)

  init(factor: Rational, shift: Rational) {
    self.factor = factor
    self.shift = shift
  }

  /// - Requires: both are of one dimension.
  init(from source: UnitScale, to target: UnitScale) {
    factor = source.scale / target.scale
    shift = (source.offset - target.offset) / target.scale
  }

  func callAsFunction(_ number: Rational) -> Rational { number * factor + shift }
}

extension LinearInequality {
  /// The same about inputs in other units, with 1 or -1 as its first coefficient.
  ///
  /// - Parameter conversions: from the other units to those of this inequality; none where they are the same.
  func converted(by conversions: [Int: UnitConversion]) -> LinearInequality {
    var converted: [Term] = []
    var bound = bound
    for term in terms {
      let conversion = conversions[term.input] ?? .identity
      converted.append(Term(input: term.input, coefficient: term.coefficient * conversion.factor))
      bound = bound - term.coefficient * conversion.shift
    }
    let scale = Rational.one / (converted.first?.coefficient.magnitude ?? .one)
    return LinearInequality(
      terms: converted.map { Term(input: $0.input, coefficient: $0.coefficient * scale) },
      bound: bound * scale, isStrict: isStrict)
  }

  /// In the units of `interface`, such as `rho >= 457.2 m` or `x - 2*y > 3 ft`.
  func text(in interface: Interface) -> String {
    let first = interface.inputs[terms[0].input]
    let unit = first.unit.isEmpty ? "" : " " + first.unit
    if terms.count == 1, terms[0].coefficient.signum < 0 {
      return
        "\(first.name) \(isStrict ? "<" : "<=") \(exactText(-bound / terms[0].coefficient.magnitude))\(unit)"
    }
    var sum = ""
    for term in terms {
      let magnitude = term.coefficient.magnitude
      let isNegative = term.coefficient.signum < 0
      sum += sum.isEmpty ? (isNegative ? "-" : "") : (isNegative ? " - " : " + ")
      sum += (magnitude == .one ? "" : exactText(magnitude) + "*") + interface.inputs[term.input].name
    }
    return "\(sum) \(isStrict ? ">" : ">=") \(exactText(bound))\(unit)"
  }
}
