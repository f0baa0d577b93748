import LoopIR

/// 1 / (1 + e^-x), between 0 and 1 inclusive; NaN for NaN.
///
/// With e = e^-|x| it is 1 / (1 + e), and e / (1 + e) for a negative x, so that small results keep all their
/// bits.
public struct Sigmoid: ElementaryFunction {
  /// From here on e^-x is 0.
  private static let highest: Float = 104

  public init() {}

  public var text: String { "sigmoid" }
  public var comment: String { "1 / (1 + e^-x)." }

  public func evaluate(_ x: Float) -> Float {
    let e = NegativeExponential().evaluate(-x.magnitude.limited(to: Self.highest)) * 0x1p-32
    return (0 > x ? e : 1) / (1 + e)
  }

  public func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let (y, z, e) = (Local.y.expression, Local.z.expression, Local.e.expression)
    return [
      .constant(.float, Local.y, x.magnitude),
      .constant(.float, Local.z, y.limited(to: Self.highest)),
      .constant(.float, Local.e, NegativeExponential().lower(-z, &functions) * .float(0x1p-32)),
      .give(.conditional(.float(0) > x, then: e, else: .float(1)) / (.float(1) + e)),
    ]
  }
}
