import LoopIR

extension Expression {
  static func / (a: Expression, b: Expression) -> Expression { .binary(a, .divide, b) }
  static prefix func - (a: Expression) -> Expression { .unary(.negate, a) }

  /// The number without its sign.
  var magnitude: Expression { .floatOfBits(.bitPattern(self) & .bits(0x7FFF_FFFF)) }

  /// The smaller of the two; NaN stays NaN. One instruction where the machine has it.
  /// - Requires: `self` is a name.
  func limited(to upper: Float) -> Expression {
    .conditional(.float(upper) < self, then: .float(upper), else: self)
  }

  /// The larger of the two; NaN stays NaN. One instruction where the machine has it.
  /// - Requires: `self` is a name.
  func limited(from lower: Float) -> Expression {
    .conditional(.float(lower) > self, then: .float(lower), else: self)
  }

  /// First the larger of this and `lower`, then the smaller of that and `upper`; NaN stays NaN.
  /// - Requires: `self` is a name.
  func limited(from lower: Float, to upper: Float) -> Expression {
    .conditional(
      .float(lower) > self, then: .float(lower.limited(to: upper)), else: limited(to: upper))
  }

  /// This number, which is not negative or is NaN, with the sign of another.
  func withSign(of other: Expression) -> Expression {
    .floatOfBits((.bitPattern(other) & .bits(0x8000_0000)) | .bitPattern(self))
  }
}

extension Float {
  func limited(to upper: Float) -> Float { upper < self ? upper : self }
  func limited(from lower: Float) -> Float { lower > self ? lower : self }

  /// This number, which is not negative or is NaN, with the sign of another.
  func withSign(of other: Float) -> Float {
    Float(bitPattern: (other.bitPattern & 0x8000_0000) | bitPattern)
  }
}
