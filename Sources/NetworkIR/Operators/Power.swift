import ExactArithmetic
import LoopIR

/// x^(n/2) for an integer n other than 0, between -128 and 128.
///
/// A power with a natural exponent is made of products, each rounded: x^(2m) = x^m x^m and x^(2m+1) = (x^m
/// x^m) x. Half exponents multiply it by the square root (``SquareRoot``: NaN below zero); x^(1/2) is the
/// root alone, so it keeps -0. Negative exponents divide 1 by that. NaN gives NaN.
public struct Power: UnaryOperator {
  /// The exponent's integer part, without the sign.
  private let whole: Int
  private let hasRoot: Bool
  private let isInverse: Bool

  /// `nil` for an exponent that is not as above.
  public init?(exponent: Float) {
    let halves = exponent * 2
    guard halves != 0, halves.magnitude <= 128, halves == halves.rounded() else { return nil }
    whole = Int(halves.magnitude) / 2
    hasRoot = Int(halves.magnitude) % 2 == 1
    isInverse = exponent < 0
  }

  public var exponent: Float { (isInverse ? -1 : 1) * (Float(whole) + (hasRoot ? 0.5 : 0)) }
  public var text: String { "power" }
  public func text(_ operands: String) -> String { "\(text) \(operands), \(exponent)" }

  public func evaluate(_ value: Float) -> Float {
    let root = hasRoot ? SquareRoot().evaluate(value) : 1
    let power =
      switch (whole, hasRoot) {
      case (0, _): root
      case (_, false): product(value, *)
      case (_, true): product(value, *) * root
      }
    return isInverse ? 1 / power : power
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    if hasRoot { throw .irrational }
    var result: [Rational] = []
    for element in operands[0].elements {
      if isInverse, element.signum == 0 { throw .divisionByZero(element: result.count) }
      let power = product(element, *)
      result.append(isInverse ? .one / power : power)
    }
    return result
  }

  public func evaluateExactly(_ value: Rational) -> Rational? { nil }

  /// A function of its own, which names each product.
  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    let role = "power_\(isInverse ? "minus_" : "")\(whole)\(hasRoot ? "_and_half" : "")"
    let name = functions.function(role) { name, functions in
      let x = Local.x.expression
      var statements: [Statement] = []
      var factors: [Expression] = []
      if whole > 0 {
        factors.append(
          product(x) { left, right in
            let name = Identifier("p_\(statements.count)")
            statements.append(.constant(.float, name, left * right))
            return name.expression
          })
      }
      if hasRoot { factors.append(SquareRoot().lower(x, &functions)) }
      let power = factors.count == 2 ? factors[0] * factors[1] : factors[0]
      statements.append(.give(isInverse ? .float(1) / power : power))
      return .function(
        Function(.float, name, [Variable(.float, Local.x)], comment: "x^\(exponent).") { statements })
    }
    return .call(name, [value])
  }

  /// x^whole by squaring.
  private func product<Number>(_ x: Number, _ multiply: (Number, Number) -> Number) -> Number {
    var result = x
    var bit = (1 << (Int.bitWidth - 1 - whole.leadingZeroBitCount)) >> 1
    while bit > 0 {
      result = multiply(result, result)
      if whole & bit != 0 { result = multiply(result, x) }
      bit >>= 1
    }
    return result
  }
}
