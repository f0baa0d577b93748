import LoopIR

/// e^x. Infinity from 88.72284 on, +0 below -103.9721; NaN for NaN.
public struct Exponential: ElementaryFunction {
  private static let lowest: Float = -104
  private static let highest: Float = 89

  public init() {}

  public var text: String { "exponential" }
  public var comment: String { "e^x." }

  public func evaluate(_ x: Float) -> Float {
    let reduction = ExponentialReduction(x.limited(from: Self.lowest).limited(to: Self.highest))
    let mantissa = 1 + ExponentialRemainder().evaluate(reduction.r)
    // In two steps, of which the first stays in the normal range.
    let isLarge = 0 < reduction.k
    let power = Float(
      bitPattern: (reduction.shifted.bitPattern << 23) &+ (isLarge ? 0x2F80_0000 : 0x4F80_0000))
    return (mantissa * power) * (isLarge ? 0x1p+32 : 0x1p-32)
  }

  public func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let (y, z, s) = (Local.y.expression, Local.z.expression, Local.s.expression)
    let isLarge = .float(0) < Local.k.expression
    let remainder = ExponentialRemainder().lower(Local.r.expression, &functions)
    return [
      .constant(.float, Local.y, x.limited(from: Self.lowest)),
      .constant(.float, Local.z, y.limited(to: Self.highest)),
    ] + ExponentialReduction.statements(of: z) + [
      .constant(
        .uint32, Local.bits, .conditional(isLarge, then: .bits(0x2F80_0000), else: .bits(0x4F80_0000))),
      .constant(
        .float, Local.s,
        .floatOfBits((.bitPattern(Local.shifted.expression) << 23) + Local.bits.expression)),
      .give(
        ((.float(1) + remainder) * s)
          * .conditional(isLarge, then: .float(0x1p+32), else: .float(0x1p-32))),
    ]
  }
}
