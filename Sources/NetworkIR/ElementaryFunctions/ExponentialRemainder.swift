import LoopIR

/// e^r - 1 for |r| <= 0.3472: what is left of an exponential after ``ExponentialReduction``. No operator of
/// its own.
struct ExponentialRemainder: ElementaryFunction {
  private static let polynomial = Polynomial(
    0x1.6d6b5ep-10, 0x1.1227e8p-7, 0x1.5554cep-5, 0x1.5554b0p-3, 0.5)

  var text: String { "exponential_remainder" }
  var comment: String { "e^r - 1 for a small r." }

  func evaluate(_ r: Float) -> Float { r + (r * r) * Self.polynomial(r) }

  func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    Self.polynomial.statements(Local.p, of: x)
      + [.give(x + (x * x) * Local.p.expression)]
  }
}
