import LoopIR

/// log(1 + e^x), not negative; NaN for NaN.
///
/// max(x, 0) + log(1 + e) with e = e^-|x|; see ``LogarithmSeries``.
public struct Softplus: ElementaryFunction {
  /// From here on e^-x is 0.
  private static let highest: Float = 104

  public init() {}

  public var text: String { "softplus" }
  public var comment: String { "log(1 + e^x)." }

  public func evaluate(_ x: Float) -> Float {
    let e = NegativeExponential().evaluate(-x.magnitude.limited(to: Self.highest)) * 0x1p-32
    return (0 < x ? x : 0) + LogarithmSeries().evaluate(e / (1 + e * 0.5))
  }

  public func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let (y, z, e, s) = (Local.y.expression, Local.z.expression, Local.e.expression, Local.s.expression)
    let logarithm = LogarithmSeries().lower(s, &functions)
    return [
      .constant(.float, Local.y, x.magnitude),
      .constant(.float, Local.z, y.limited(to: Self.highest)),
      .constant(.float, Local.e, NegativeExponential().lower(-z, &functions) * .float(0x1p-32)),
      .constant(.float, Local.s, e / (.float(1) + e * .float(0.5))),
      .give(.conditional(.float(0) < x, then: x, else: .float(0)) + logarithm),
    ]
  }
}
