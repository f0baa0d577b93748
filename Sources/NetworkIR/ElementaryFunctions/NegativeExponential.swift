import LoopIR

/// 2^32 e^y for -110 <= y <= 0, which stays in the normal range; the caller divides by 2^32, as the last
/// step, so that only one rounding is that of a subnormal number. No operator of its own.
struct NegativeExponential: ElementaryFunction {
  var text: String { "negative_exponential" }
  var comment: String { "2^32 e^x for a number from -110 to 0." }

  func evaluate(_ y: Float) -> Float {
    let reduction = ExponentialReduction(y)
    return (1 + ExponentialRemainder().evaluate(reduction.r)) * reduction.power(shiftedBy: 32)
  }

  func body(_ x: Expression, _ functions: inout SharedFunctions) -> [Statement] {
    let remainder = ExponentialRemainder().lower(Local.r.expression, &functions)
    return ExponentialReduction.statements(of: x)
      + [.give((.float(1) + remainder) * ExponentialReduction.power(shiftedBy: 32))]
  }
}
