import ExactArithmetic

/// A rational for people: the exact decimal if it has one of at most 17 digits, else `n/d` if that is
/// short, else its first 17 significant digits with `...`.
package func exactText(_ value: Rational) -> String {
  if value.isInteger, value.magnitude < Rational(10).power(17) { return value.description }
  let sign = value.signum < 0 ? "-" : ""
  let magnitude = value.magnitude
  var decimals = 0
  var scaled = magnitude
  while !scaled.isInteger, decimals < 24 {
    scaled = scaled * Rational(10)
    decimals += 1
  }
  if scaled.isInteger {
    let digits = scaled.description
    if digits.count <= 17 {
      let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      return sign + padded.dropLast(decimals) + (decimals > 0 ? "." + padded.suffix(decimals) : "")
    }
  }
  let fraction = magnitude.description
  if fraction.utf8.count <= 12 { return sign + fraction }
  return sign + leadingDigits(magnitude)
}

/// Scientific notation with 17 digits, cut off.
private func leadingDigits(_ magnitude: Rational) -> String {
  var exponent = 0
  var value = magnitude
  let ten = Rational(10)
  while value >= ten {
    value = value / ten
    exponent += 1
  }
  while value < .one {
    value = value * ten
    exponent -= 1
  }
  var digits = ""
  var rest = value
  for _ in 0..<17 {
    var digit = 0
    while rest >= .one {
      rest = rest - .one
      digit += 1
    }
    digits += String(digit)
    rest = rest * ten
  }
  let mantissa = digits.prefix(1) + "." + digits.dropFirst()
  if (-4..<0).contains(exponent) {
    return "0." + String(repeating: "0", count: -exponent - 1) + digits + "..."
  }
  if (0..<16).contains(exponent) {
    return digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1) + "..."
  }
  return mantissa + "...e\(exponent)"
}
