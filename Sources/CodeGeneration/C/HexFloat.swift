// Trusted: a literal is read back as the number that it was made from.

/// Appends C literals of floating-point numbers in hexadecimal, which every C99 compiler reads back to
/// the same bits whatever its rounding: decimal literals of limited length lose bits.
package enum HexFloat {
  private static let digits: [UInt8] = Array("0123456789abcdef".utf8)

  /// For example: `0x1.8p+3f`, `-0x1p-149f`, `-0.0f`.
  ///
  /// - Requires: `value.isFinite`.
  package static func append(_ value: Float, to text: inout [UInt8]) {
    precondition(value.isFinite, "only finite numbers have a literal")
    append(
      isNegative: value.sign == .minus, isZero: value == 0, exponent: Int(value.isZero ? 0 : value.exponent),
      // 23 bits of fraction are 24 with a zero at the end: six hexadecimal digits.
      fraction: UInt64(value.isNormal ? value.significandBitPattern : normalizedFraction(of: value)) << 1,
      digitCount: 6, to: &text)
    text.append(UInt8(ascii: "f"))
  }

  /// For example: `0x1.8p+3`.
  ///
  /// - Requires: `value.isFinite`.
  package static func append(_ value: Double, to text: inout [UInt8]) {
    precondition(value.isFinite, "only finite numbers have a literal")
    // `significand` is in 1 ..< 2 for subnormal numbers as well.
    append(
      isNegative: value.sign == .minus, isZero: value == 0, exponent: Int(value.isZero ? 0 : value.exponent),
      fraction: value.isZero ? 0 : value.significand.significandBitPattern, digitCount: 13, to: &text)
  }

  private static func normalizedFraction(of subnormal: Float) -> UInt32 {
    subnormal.isZero ? 0 : subnormal.significand.significandBitPattern
  }

  private static func append(
    isNegative: Bool, isZero: Bool, exponent: Int, fraction: UInt64, digitCount: Int, to text: inout [UInt8]
  ) {
    if isNegative { text.append(UInt8(ascii: "-")) }
    if isZero {
      text.append(contentsOf: "0.0".utf8)
      return
    }
    text.append(contentsOf: "0x1".utf8)
    if fraction != 0 {
      text.append(UInt8(ascii: "."))
      var rest = fraction
      var shift = (digitCount - 1) * 4
      while rest != 0 {
        text.append(digits[Int(rest >> UInt64(shift))])
        rest &= (1 << UInt64(shift)) - 1
        shift -= 4
      }
    }
    text.append(UInt8(ascii: "p"))
    text.append(UInt8(ascii: exponent < 0 ? "-" : "+"))
    DecimalDigits.append(UInt64(abs(exponent)), to: &text)
  }
}

/// Appends integers without making strings.
enum DecimalDigits {
  static func append(_ value: UInt64, to text: inout [UInt8]) {
    let start = text.count
    var rest = value
    repeat {
      text.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    text[start...].reverse()
  }
}
