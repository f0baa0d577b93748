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

  /// For people: `a speed in m/s`, `a quantity in kg/s`, `a plain number`.
  var description: String {
    if exponents.isEmpty { return "a plain number" }
    let unit = unitText
    return "\(Self.kinds[unit] ?? "a quantity") in \(unit)"
  }

  /// In base units, such as `m/s` or `kg/m^3`.
  private var unitText: String {
    func product(_ sign: Int) -> [String] {
      exponents.filter { $0.value.signum() == sign }.sorted { $0.key < $1.key }
        .map { abs($0.value) == 1 ? $0.key : "\($0.key)^\(abs($0.value))" }
    }
    let above = product(1).isEmpty ? ["1"] : product(1)
    return ([above.joined(separator: "*")] + product(-1)).joined(separator: "/")
  }

  private static let kinds = [
    "m": "a length", "m^2": "an area", "m^3": "a volume", "kg": "a mass", "s": "a time", "rad": "an angle",
    "K": "a temperature", "A": "a current", "mol": "an amount", "m/s": "a speed", "m/s^2": "an acceleration",
    "rad/s": "a turn rate", "1/s": "a frequency", "kg*m/s^2": "a force", "kg/m/s^2": "a pressure",
    "kg*m^2/s^2": "an energy", "kg*m^2/s^3": "a power", "kg*m^2/A/s^3": "a voltage",
  ]

  /// Beyond any use, and far below what would overflow when two are combined.
  var isTooLarge: Bool { exponents.values.contains { abs($0) > 256 } }
}

/// A unit: `value in base units = value * scale + offset`.
struct Unit: Sendable, Hashable {
  let dimension: Dimension
  let scale: Rational
  /// Not zero only for temperatures such as `degC`, which stand alone, never in products.
  var offset = Rational.zero

  static let one = Unit(dimension: .none, scale: .one)
}
