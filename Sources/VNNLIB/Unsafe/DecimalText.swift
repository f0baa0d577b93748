// Trusted: the digits are the number's, and rounding goes the way that is asked for.
import ExactArithmetic

/// The digits of numbers in files: always with a point, never with an exponent.
enum DecimalText {
  /// Numbers with more significant digits than a binary64 number can tell apart are rounded.
  static let exactDigits = 17
  /// What rounding leaves: far finer than binary32, the networks' own precision.
  static let roundedDigits = 12

  /// The exact decimal; `nil` if there is none.
  static func exact(_ value: Rational) -> String? {
    var rest = value.denominator
    var places = 0
    // The places that the denominator needs are those of its larger power of 2 or 5.
    for prime in [2, 5] {
      var count = 0
      while (rest / Rational(prime)).isInteger {
        rest = rest / Rational(prime)
        count += 1
      }
      places = max(places, count)
    }
    return rest == .one ? text(value, places: places) : nil
  }

  /// The number itself if its decimal is finite and short, else one that is above (below) it by less than one
  /// unit of its twelfth digit.
  static func outwards(_ value: Rational, isUp: Bool) -> Rational {
    if let digits = exact(value), significant(digits) <= exactDigits { return value }
    var places = roundedDigits
    let limit = Rational(10).power(roundedDigits)
    let ten = Rational(10)
    var scaled = value * limit
    while scaled.magnitude >= limit {
      scaled = scaled / ten
      places -= 1
    }
    while scaled.magnitude * ten < limit {
      scaled = scaled * ten
      places += 1
    }
    let rounded = isUp ? -(-scaled).floor : scaled.floor
    let power = ten.power(abs(places))
    return places < 0 ? rounded * power : rounded / power
  }

  /// - Requires: `value * 10^places` is an integer.
  private static func text(_ value: Rational, places: Int) -> String {
    let digits = (value.magnitude * Rational(10).power(places)).description
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let fraction = places > 0 ? padded.suffix(places) : "0"
    return (value.signum < 0 ? "-" : "") + padded.dropLast(places) + "." + fraction
  }

  private static func significant(_ digits: String) -> Int {
    let zero = UInt8(ascii: "0")
    let all = digits.utf8.filter { $0 >= zero }
    return all.drop { $0 == zero }.reversed().drop { $0 == zero }.count
  }
}
