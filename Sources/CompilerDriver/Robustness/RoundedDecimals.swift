import ExactArithmetic

/// A decimal number of some digits that is not below `value`, so that a table never shows less than was proved.
///
/// - Requires: `value >= 0`; infinity is `inf`.
func roundedUp(_ value: Double, digits: Int = 6) -> String { decimal(value, digits) { -(-$0).floor } }

/// A decimal number of some digits that is not above `value`.
///
/// - Requires: `value >= 0`; infinity is `inf`.
func roundedDown(_ value: Double, digits: Int = 6) -> String { decimal(value, digits) { $0.floor } }

private func decimal(_ value: Double, _ digits: Int, _ round: (Rational) -> Rational) -> String {
  if value == 0 { return "0" }
  if value == .infinity { return "inf" }
  let exact = Rational(value)
  // value < 10^power, but for one place that the quick estimate may be off.
  var power = Int((Double(value.exponent) * 0.30103).rounded(.down)) + 1
  if exact >= Rational(10).power(max(power, 0)) / Rational(10).power(max(-power, 0)) { power += 1 }
  let places = digits - power
  let unit = Rational(10).power(max(places, 0)) / Rational(10).power(max(-places, 0))
  let text = round(exact * unit).description
  return power > 9 || power < -3 ? scientific(text, exponent: -places) : pointed(text, places: places)
}

/// For example `1.23456e-07`, of the digits 123456 times 10 to the power of `exponent`.
private func scientific(_ digits: String, exponent: Int) -> String {
  let power = exponent + digits.count - 1
  let fraction = String(digits.dropFirst()).trimmingZeros
  let sign = power < 0 ? "-" : "+"
  let size = String(power.magnitude)
  return digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e" + sign
    + (size.count < 2 ? "0" + size : size)
}

private func pointed(_ digits: String, places: Int) -> String {
  if places <= 0 { return digits + String(repeating: "0", count: -places) }
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  let fraction = String(padded.suffix(places)).trimmingZeros
  return padded.dropLast(places) + (fraction.isEmpty ? "" : "." + fraction)
}

extension String {
  /// Without the zeros at the end.
  fileprivate var trimmingZeros: String {
    var text = self
    while text.last == "0" { text.removeLast() }
    return text
  }
}
