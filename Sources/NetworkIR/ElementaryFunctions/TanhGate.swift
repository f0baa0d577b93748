import LoopIR

/// x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2 (ONNX Gelu with approximation `tanh`). Zeros keep
/// their sign; -0 for -infinity and where a negative result underflows; NaN for NaN.
///
/// It is x sigmoid(u) with u = x (a + b x^2). The rounding of u limits the relative error where u is large
/// and negative: there the error is small against x, not against the result.
struct TanhGate: ElementaryFunction {
  /// From here on x sigmoid(-u) is 0.
  private static let highest: Float = 12
  private static let highestExponent: Float = 108
  private static let polynomial = Polynomial(0x1.2444f2p-4, 0x1.988454p+0)

  var text: String { "gelu_tanh" }
  var comment: String { "x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2." }

  func evaluate(_ x: Float) -> Float {
    let y = x.limited(from: -Self.highest).limited(to: Self.highest)
    let u = y * Self.polynomial(y * y)
    let e = NegativeExponential().evaluate(-u.magnitude.limited(to: Self.highestExponent))
    let divisor = 1 + e * 0x1p-32
    return 0 > x ? ((y * e) / divisor) * 0x1p-32 : x / divisor
  }

  func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let (y, z, e, s) = (Local.y.expression, Local.z.expression, Local.e.expression, Local.s.expression)
    return [
      .variable(.float, Local.y, x.limited(from: -Self.highest)),
      .assign(y, y.limited(to: Self.highest)),
      .variable(.float, Local.z, y * y),
    ] + Self.polynomial.statements(Local.p, of: z) + [
      .assign(z, (y * Local.p.expression).magnitude),
      .assign(z, z.limited(to: Self.highestExponent)),
      .constant(.float, Local.e, NegativeExponential().lower(-z, &functions)),
      .constant(.float, Local.s, .float(1) + e * .float(0x1p-32)),
      .give(
        .conditional(.float(0) > x, then: ((y * e) / s) * .float(0x1p-32), else: x / s)),
    ]
  }
}
