import LoopIR

/// tanh x, between -1 and 1 inclusive, with the sign of x; NaN for NaN.
///
/// m / (m + 2) with m = e^2|x| - 1, whose small values keep all their bits.
public struct Tanh: ElementaryFunction {
  /// From 9.011 on the nearest binary32 number is 1.
  private static let highest: Float = 9.5

  public init() {}

  public var text: String { "tanh" }
  public var comment: String { "tanh x." }

  public func evaluate(_ x: Float) -> Float {
    let y = x.magnitude.limited(to: Self.highest)
    let reduction = ExponentialReduction(y + y)
    let power = reduction.power()
    let m = ExponentialRemainder().evaluate(reduction.r) * power + (power - 1)
    return (m / (m + 2)).withSign(of: x)
  }

  public func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let (y, z, s, e) = (Local.y.expression, Local.z.expression, Local.s.expression, Local.e.expression)
    let remainder = ExponentialRemainder().lower(Local.r.expression, &functions)
    return [
      .constant(.float, Local.y, x.magnitude),
      .variable(.float, Local.z, y.limited(to: Self.highest)),
      .assign(z, z + z),
    ] + ExponentialReduction.statements(of: z) + [
      .constant(.float, Local.s, ExponentialReduction.power()),
      .constant(.float, Local.e, remainder * s + (s - .float(1))),
      .give((e / (e + .float(2))).withSign(of: x)),
    ]
  }
}
