import LoopIR

/// 2 artanh(s / 2) for |s| <= 2/3, which is log(1 + x) for s = x / (1 + x / 2). No operator of its own.
struct LogarithmSeries: ElementaryFunction {
  private static let polynomial = Polynomial(
    0x1.1ecb72p-11, 0x1.1ec00ap-9, 0x1.99d1cep-7, 0x1.555502p-4)

  var text: String { "logarithm_series" }
  var comment: String { "2 artanh(x / 2) for x up to 2/3 in magnitude." }

  func evaluate(_ s: Float) -> Float {
    let z = s * s
    return s + s * (z * Self.polynomial(z))
  }

  func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let z = Local.z.expression
    return [.constant(.float, Local.z, x * x)] + Self.polynomial.statements(Local.p, of: z)
      + [.give(x + x * (z * Local.p.expression))]
  }
}
