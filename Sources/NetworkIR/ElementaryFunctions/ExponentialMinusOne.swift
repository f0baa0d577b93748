import LoopIR

/// e^x - 1 for x <= 0; 0 for x > 0, NaN for NaN: what Elu, Selu and Celu need. No operator of its own.
struct ExponentialMinusOne: ElementaryFunction {
  /// From here on the nearest binary32 number is -1.
  private static let lowest: Float = -18

  var text: String { "exponential_minus_one" }
  var comment: String { "e^x - 1 for x up to 0; above, 0." }

  func evaluate(_ x: Float) -> Float {
    let reduction = ExponentialReduction(x.limited(to: 0).limited(from: Self.lowest))
    let power = reduction.power()
    return ExponentialRemainder().evaluate(reduction.r) * power + (power - 1)
  }

  func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let (y, z, s) = (Local.y.expression, Local.z.expression, Local.s.expression)
    let remainder = ExponentialRemainder().lower(Local.r.expression, &functions)
    return [
      .constant(.float, Local.y, x.limited(to: 0)),
      .constant(.float, Local.z, y.limited(from: Self.lowest)),
    ] + ExponentialReduction.statements(of: z) + [
      .constant(.float, Local.s, ExponentialReduction.power()),
      .give(remainder * s + (s - .float(1))),
    ]
  }
}
