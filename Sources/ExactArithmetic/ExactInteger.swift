// Trusted: the words are the integer's.

/// An integer as sign and magnitude in 32-bit words, least significant first: what fixed-size exact
/// arithmetic in emitted code is given.
public struct ExactInteger: Sendable, Hashable {
  public let isNegative: Bool
  /// No leading zero words; empty for zero.
  public let magnitude: [UInt32]

  /// - Requires: `value.isInteger`.
  public init(_ value: Rational) {
    precondition(value.isInteger, "an exact integer is made from an integer")
    isNegative = value.signum < 0
    var words: [UInt32] = []
    var digits = Array(value.magnitude.description.utf8.map { UInt32($0 - UInt8(ascii: "0")) })
    // Schoolbook conversion from base 10: literals in specifications are short.
    while !digits.isEmpty {
      var remainder: UInt64 = 0
      var quotient: [UInt32] = []
      for digit in digits {
        let current = remainder * 10 + UInt64(digit)
        let q = UInt32(current >> 32)
        remainder = current & 0xFFFF_FFFF
        if !(quotient.isEmpty && q == 0) { quotient.append(q) }
      }
      words.append(UInt32(remainder))
      digits = quotient
    }
    while words.last == 0 { words.removeLast() }
    magnitude = words
  }

  public var bitWidth: Int {
    magnitude.isEmpty ? 0 : magnitude.count * 32 - magnitude[magnitude.count - 1].leadingZeroBitCount
  }
}

extension Rational {
  /// The smallest positive integer that makes every value of `values` an integer when multiplied.
  public static func commonDenominator(of values: [Rational]) -> Rational {
    values.reduce(.one) { lcm($0, $1.denominator) }
  }

  private static func lcm(_ a: Rational, _ b: Rational) -> Rational {
    // a/b in lowest terms is (a/g)/(b/g), so a * (b/g) is the least common multiple.
    a * (a / b).denominator
  }
}
