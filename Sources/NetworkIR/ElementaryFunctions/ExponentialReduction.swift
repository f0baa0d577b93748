import LoopIR

/// y = k ln 2 + r with an integer k and |r| <= 0.3467, for |y| <= 110. NaN gives NaN for r.
///
/// Adding 1.5 * 2^23 rounds y / ln 2 to the integer k, which is then in the low bits of the sum. The first 15
/// bits of ln 2 make k * high exact, and then y - k * high as well.
struct ExponentialReduction {
  /// 1.5 * 2^23 + k.
  let shifted: Float
  let k: Float
  let r: Float

  private static let inverse: Float = 0x1.715476p+0
  private static let shift: Float = 0x1.8p+23
  static let high: Float = 0x1.62e4p-1
  static let low: Float = 0x1.7f7d1cp-20

  /// - Parameter rest: what is subtracted from `y`, small against ln 2: y - rest is reduced.
  init(_ y: Float) {
    shifted = y * Self.inverse + Self.shift
    k = shifted - Self.shift
    r = (y - k * Self.high) - k * Self.low
  }

  /// Reduces y - `rest`, with a small `rest` that y has no bits for.
  init(_ y: Float, minus rest: Float) {
    shifted = (y - rest) * Self.inverse + Self.shift
    k = shifted - Self.shift
    r = (y - k * Self.high) - (k * Self.low + rest)
  }

  /// 2^(k + exponent).
  ///
  /// - Requires: the power is a normal number, unless r is NaN.
  func power(shiftedBy exponent: UInt32 = 0) -> Float {
    Float(bitPattern: (shifted.bitPattern << 23) &+ ((127 + exponent) << 23))
  }

  /// Declares `shifted`, `k` and `r` for `y`, or for y - `rest`.
  static func statements(of y: Expression, minus rest: Expression? = nil) -> [Statement] {
    let k = Local.k.expression
    let reduced = rest.map { y - $0 } ?? y
    let correction = k * .float(low)
    return [
      .constant(.float, Local.shifted, reduced * .float(inverse) + .float(shift)),
      .constant(.float, Local.k, Local.shifted.expression - .float(shift)),
      .constant(
        .float, Local.r, (y - k * .float(high)) - (rest.map { correction + $0 } ?? correction)),
    ]
  }

  /// 2^(k + exponent) as an expression of what ``statements(of:minus:)`` declares.
  static func power(shiftedBy exponent: UInt32 = 0) -> Expression {
    .floatOfBits((.bitPattern(Local.shifted.expression) << 23) + .bits((127 + exponent) << 23))
  }
}
