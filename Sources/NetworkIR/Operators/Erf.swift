import LoopIR

/// erf x, between -1 and 1 inclusive, with the sign of x; NaN for NaN.
///
/// Below 0.875 in magnitude x + x p(x^2), above 1 - e^q(x) with a polynomial q for log(erfc x).
public struct Erf: ElementaryFunction {
  /// From 3.92 on the nearest binary32 number is 1.
  private static let highest: Float = 3.95
  private static let boundary: Float = 0.875
  private static let center = Polynomial(
    -0x1.43f6c6p-11, 0x1.497576p-8, -0x1.b6e388p-6, 0x1.ce1fccp-4, -0x1.8127p-2, 0x1.06eba6p-3)
  private static let tail = Polynomial(
    0x1.c35e8cp-13, -0x1.a6ba34p-9, 0x1.778fc2p-6, -0x1.af5bd4p-4, -0x1.4577e6p-1, -0x1.20e70cp+0)

  public init() {}

  public var text: String { "erf" }
  public var comment: String { "erf x." }

  public func evaluate(_ x: Float) -> Float {
    let y = x.magnitude.limited(to: Self.highest)
    let center = y + y * Self.center(y * y)
    let reduction = ExponentialReduction(Self.tail(y) * y)
    let power = reduction.power()
    let tail = 1 - (power + ExponentialRemainder().evaluate(reduction.r) * power)
    return (Self.boundary > y ? center : tail).withSign(of: x)
  }

  public func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let (y, z, s, e) = (Local.y.expression, Local.z.expression, Local.s.expression, Local.e.expression)
    let remainder = ExponentialRemainder().lower(Local.r.expression, &functions)
    return [
      .variable(.float, Local.y, x.magnitude),
      .assign(y, y.limited(to: Self.highest)),
      .constant(.float, Local.z, y * y),
    ] + Self.center.statements(Local.p, of: z) + [
      .constant(.float, Local.center, y + y * Local.p.expression)
    ] + Self.tail.statements(Local.q, of: y) + [
      .constant(.float, Local.e, Local.q.expression * y)
    ] + ExponentialReduction.statements(of: e) + [
      .constant(.float, Local.s, ExponentialReduction.power()),
      .constant(.float, Local.tail, .float(1) - (s + remainder * s)),
      .constant(
        .float, Local.high,
        .conditional(
          .float(Self.boundary) > y, then: Local.center.expression, else: Local.tail.expression)),
      .give(Local.high.expression.withSign(of: x)),
    ]
  }
}
