import LoopIR

/// log x. -infinity for both zeros, NaN below zero and for NaN.
///
/// x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt 2; see ``LogarithmSeries``.
public struct Logarithm: ElementaryFunction {
  private static let least: Float = 0x1p-126
  /// The bits of sqrt(1/2).
  private static let root: UInt32 = 0x3F35_04F4

  public init() {}

  public var text: String { "logarithm" }
  public var comment: String { "log x." }

  public func evaluate(_ x: Float) -> Float {
    let isSubnormal = Self.least > x
    let bits = (isSubnormal ? x * 0x1p+24 : x).bitPattern &- Self.root
    let f = Float(bitPattern: (bits & 0x007F_FFFF) &+ Self.root) - 1
    var k = Float(bitPattern: (bits >> 23) &+ 0x4B00_0000) - 0x1p+23
    k = 256 > k ? k : k - 512
    k = isSubnormal ? k - 24 : k
    let series = LogarithmSeries().evaluate(f / (1 + f * 0.5))
    let value = k * ExponentialReduction.high + (k * ExponentialReduction.low + series)
    if !(x < .infinity) { return x }
    return 0 < x ? value : 0 > x ? .nan : -.infinity
  }

  public func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let (y, k, s, e, bits) = (
      Local.y.expression, Local.k.expression, Local.s.expression, Local.e.expression, Local.bits.expression
    )
    let isSubnormal = .float(Self.least) > x
    let logarithm = LogarithmSeries().lower(s, &functions)
    let sum = k * .float(ExponentialReduction.high) + (k * .float(ExponentialReduction.low) + logarithm)
    let notPositive = Expression.floatOfBits(
      .conditional(.float(0) > x, then: .bits(0x7FC0_0000), else: .bits(0xFF80_0000)))
    return [
      .constant(.float, Local.y, .conditional(isSubnormal, then: x * .float(0x1p+24), else: x)),
      .constant(.uint32, Local.bits, .bitPattern(y) - .bits(Self.root)),
      .constant(
        .float, Local.e, .floatOfBits((bits & .bits(0x007F_FFFF)) + .bits(Self.root)) - .float(1)),
      .variable(.float, Local.k, .floatOfBits((bits >> 23) + .bits(0x4B00_0000)) - .float(0x1p+23)),
      .assign(k, .conditional(.float(256) > k, then: k, else: k - .float(512))),
      .assign(k, .conditional(isSubnormal, then: k - .float(24), else: k)),
      .constant(.float, Local.s, e / (.float(1) + e * .float(0.5))),
      .variable(.float, Local.z, sum),
      .assign(
        Local.z.expression,
        .conditional(.float(0) < x, then: Local.z.expression, else: notPositive)),
      .give(
        .conditional(x < .floatOfBits(.bits(0x7F80_0000)), then: Local.z.expression, else: x)),
    ]
  }
}
