import ExactArithmetic

/// Numbers as quantities of the language, exactly: a decimal, or a quotient of two.
struct QuantityText {
  /// As declared; empty for plain numbers.
  let unit: String

  /// The language's own limit is 400.
  private static let literalLimit = 390

  /// Units with an offset stand alone: they cannot be divided.
  private var hasOffset: Bool { unit == "degC" || unit == "degF" }

  /// `1500 ft`, or `1 ft / 3`; `nil` if the language has no such literal.
  func exact(_ value: Rational) -> String? {
    let suffix = unit.isEmpty ? "" : " " + unit
    if let digits = Self.literal(value) { return digits + suffix }
    guard !hasOffset, let numerator = Self.literal(value.numerator),
      let denominator = Self.literal(value.denominator)
    else { return nil }
    return "\(numerator)\(suffix) / \(denominator)"
  }

  /// The same, but where the language cannot say the number, one just above (below) it.
  func outwards(_ value: Rational, isUp: Bool) -> String? {
    exact(value) ?? exact(DecimalText.outwards(value, isUp: isUp))
  }

  /// A number that multiplies an input: `2`, `2 / 3`.
  static func factor(_ value: Rational) -> String? { QuantityText(unit: "").exact(value) }

  private static func literal(_ value: Rational) -> String? {
    guard var digits = DecimalText.exact(value) else { return nil }
    if digits.hasSuffix(".0") { digits.removeLast(2) }
    if digits.utf8.count <= 60 { return digits }
    // Many zeros: the significant digits as a whole number, and an exponent.
    let zero = Character("0")
    let sign = digits.hasPrefix("-") ? "-" : ""
    let point = digits.firstIndex(of: ".")
    var exponent = point.map { -digits.distance(from: digits.index(after: $0), to: digits.endIndex) } ?? 0
    var significant = digits.filter { $0 != "." && $0 != "-" }.drop { $0 == zero }
    while significant.last == zero {
      significant.removeLast()
      exponent += 1
    }
    guard significant.count <= literalLimit, abs(exponent) <= 1000 else { return nil }
    return "\(sign)\(significant)e\(exponent)"
  }
}
