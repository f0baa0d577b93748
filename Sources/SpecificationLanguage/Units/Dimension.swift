import ExactArithmetic

/// A product of powers of base dimensions: the seven of the SI, plane angle (kept apart, so that an
/// angle is no plain number), and those that a specification declares.
struct Dimension: Sendable, Hashable {
  /// Base symbol to exponent. INVARIANT: no exponent is zero.
  private(set) var exponents: [String: Int]

  static let none = Dimension(exponents: [:])

  static func base(_ symbol: String) -> Dimension { Dimension(exponents: [symbol: 1]) }

  static func * (a: Dimension, b: Dimension) -> Dimension {
    Dimension(exponents: a.exponents.merging(b.exponents, uniquingKeysWith: +).filter { $0.value != 0 })
  }

  func power(_ exponent: Int) -> Dimension {
    Dimension(exponents: exponent == 0 ? [:] : exponents.mapValues { $0 * exponent })
  }

  /// In base units, such as `m/s` or `kg*m^-3`; "a plain number" for none.
  var description: String {
    if exponents.isEmpty { return "a plain number" }
    return exponents.sorted { $0.key < $1.key }
      .map { $0.value == 1 ? $0.key : "\($0.key)^\($0.value)" }.joined(separator: "*")
  }
}

/// A unit: `value in base units = value * scale + offset`.
struct Unit: Sendable, Hashable {
  let dimension: Dimension
  let scale: Rational
  /// Not zero only for temperatures such as `degC`, which stand alone, never in products.
  var offset = Rational.zero

  static let one = Unit(dimension: .none, scale: .one)
}
