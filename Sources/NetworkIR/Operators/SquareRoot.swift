import LoopIR

/// The square root, correctly rounded: the bits of IEEE 754 squareRoot for every number. -0 for -0, NaN below
/// zero and for NaN.
///
/// x = 4^j m with m in [1, 4). A quadratic guess within 0.6 % and two of Heron's steps leave s at most one
/// unit from sqrt m; the sign of m - s^2 -+ s 2^-23, whose terms are exact where it matters, tells which
/// neighbour is nearest. C's `sqrtf` is a call into libm at -O0 and on processors without the instruction.
public struct SquareRoot: ElementaryFunction {
  private static let least: Float = 0x1p-126
  private static let guess = Polynomial(-0x1.43e9d4p-5, 0x1.0d5144p-1, 0x1.097fccp-1)

  public init() {}

  public var text: String { "square_root" }
  public var comment: String { "The square root, correctly rounded." }

  public func evaluate(_ x: Float) -> Float {
    let isSubnormal = Self.least > x
    let bits = (isSubnormal ? x * 0x1p+48 : x).bitPattern
    let m = Float(bitPattern: ((bits &+ 0x0080_0000) & 0x00FF_FFFF) &+ 0x3F80_0000)
    var s = Self.guess(m)
    s = (s + m / s) * 0.5
    s = (s + m / s) * 0.5
    let high = Float(bitPattern: s.bitPattern & 0xFFFF_F000)
    let low = s - high
    let difference = ((m - high * high) - (high + high) * low) - low * low
    let unit = s * 0x1p-23
    var root = s.bitPattern
    root = unit < difference ? root &+ 1 : root
    root = -unit >= difference ? root &- 1 : root
    let halfExponent = (((bits >> 23) &+ 1) >> 1) << 23
    let scaled = Float(bitPattern: root &+ halfExponent &- 0x2000_0000)
    let value = isSubnormal ? scaled * 0x1p-24 : scaled
    return 0 < x && x < .infinity ? value : 0 > x ? .nan : x
  }

  public func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let (y, z, s, high, low) = (
      Local.y.expression, Local.z.expression, Local.s.expression, Local.high.expression,
      Local.low.expression
    )
    let (bits, root) = (Local.bits.expression, Identifier("root"))
    let (difference, unit) = (Identifier("difference"), Identifier("unit"))
    let isSubnormal = .float(Self.least) > x
    let heron = Statement.assign(s, (s + z / s) * .float(0.5))
    let halfExponent = (((bits >> 23) + 1) >> 1) << 23
    return [
      .constant(.float, Local.y, .conditional(isSubnormal, then: x * .float(0x1p+48), else: x)),
      .constant(.uint32, Local.bits, .bitPattern(y)),
      .constant(
        .float, Local.z,
        .floatOfBits(((bits + .bits(0x0080_0000)) & .bits(0x00FF_FFFF)) + .bits(0x3F80_0000))),
    ] + Self.guess.statements(Local.s, of: z) + [
      heron, heron,
      .constant(.float, Local.high, .floatOfBits(.bitPattern(s) & .bits(0xFFFF_F000))),
      .constant(.float, Local.low, s - high),
      .constant(.float, difference, ((z - high * high) - (high + high) * low) - low * low),
      .constant(.float, unit, s * .float(0x1p-23)),
      .variable(.uint32, root, .bitPattern(s)),
      .assign(
        root.expression,
        .conditional(
          unit.expression < difference.expression, then: root.expression + 1, else: root.expression)),
      .assign(
        root.expression,
        .conditional(
          -unit.expression >= difference.expression, then: root.expression - 1, else: root.expression)),
      .variable(
        .float, Local.r, .floatOfBits(root.expression + halfExponent - .bits(0x2000_0000))),
      .assign(
        Local.r.expression,
        .conditional(isSubnormal, then: Local.r.expression * .float(0x1p-24), else: Local.r.expression)),
      .constant(
        .float, Local.tail,
        .conditional(.float(0) > x, then: .floatOfBits(.bits(0x7FC0_0000)), else: x)),
      .give(
        .conditional(
          .all([.float(0) < x, x < .floatOfBits(.bits(0x7F80_0000))]), then: Local.r.expression,
          else: Local.tail.expression)),
    ]
  }
}
