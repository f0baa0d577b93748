import Diagnostics
import ExactArithmetic

/// Formulas and terms. The reader has bounded how deep they nest.
extension VNNLIBParser {
  /// The formula, or its negation, in negation normal form.
  func formula(_ expression: SExpression, isNegated: Bool) throws(DiagnosticSet) -> Formula {
    if case .atom(let text, let range) = expression {
      guard text == "true" || text == "false" else {
        throw DiagnosticSet([.vnnlibExpected("a formula such as `(<= X_0 1.0)`", range)])
      }
      return .constant((text == "true") != isNegated)
    }
    guard case .list(let parts, let range) = expression, let word = expression.head else {
      throw DiagnosticSet([.vnnlibExpected("a formula such as `(<= X_0 1.0)`", expression.range)])
    }
    let operands = parts.dropFirst()
    switch word {
    case "and", "or":
      var formulas: [Formula] = []
      for operand in operands { formulas.append(try formula(operand, isNegated: isNegated)) }
      return (word == "and") != isNegated ? .all(formulas) : .any(formulas)
    case "not":
      guard operands.count == 1 else { throw DiagnosticSet([.vnnlibExpected("one formula in `not`", range)]) }
      return try formula(parts[1], isNegated: !isNegated)
    case "<=", ">=", "<", ">", "=":
      guard operands.count >= 2 else {
        throw DiagnosticSet([.vnnlibExpected("two terms to compare in `\(word)`", range)])
      }
      return try chain(word, operands, isNegated: isNegated)
    default:
      throw DiagnosticSet([.vnnlibUnsupported("the operator", word, parts[0].range)])
    }
  }

  /// `(<= a b c)` is `a <= b and b <= c`.
  private func chain(
    _ relation: String, _ operands: ArraySlice<SExpression>, isNegated: Bool
  ) throws(DiagnosticSet) -> Formula {
    var links: [Formula] = []
    var left = try term(operands[operands.startIndex])
    for operand in operands.dropFirst() {
      let right = try term(operand)
      switch relation {
      case "<=": links.append(compare(left, right, isStrict: false, isNegated: isNegated))
      case "<": links.append(compare(left, right, isStrict: true, isNegated: isNegated))
      case ">=": links.append(compare(right, left, isStrict: false, isNegated: isNegated))
      case ">": links.append(compare(right, left, isStrict: true, isNegated: isNegated))
      case _:
        links.append(compare(left, right, isStrict: false, isNegated: isNegated))
        links.append(compare(right, left, isStrict: false, isNegated: isNegated))
      }
      left = right
    }
    if links.count == 1 { return links[0] }
    return isNegated ? .any(links) : .all(links)
  }

  /// `lower <= upper` or `lower < upper`, or its negation.
  private func compare(
    _ lower: LinearTerm, _ upper: LinearTerm, isStrict: Bool, isNegated: Bool
  ) -> Formula {
    if isNegated { return compare(upper, lower, isStrict: !isStrict, isNegated: false) }
    var difference = lower
    difference.add(upper, times: Rational(-1))
    if difference.isConstant {
      return .constant(isStrict ? difference.constant.signum < 0 : difference.constant.signum <= 0)
    }
    return .comparison(
      Comparison(difference.coefficients, constant: difference.constant, isStrict: isStrict))
  }

  private func term(_ expression: SExpression) throws(DiagnosticSet) -> LinearTerm {
    let value = try unboundedTerm(expression)
    if value.isTooLarge { throw DiagnosticSet([.vnnlibNumberTooLarge(expression.range)]) }
    return value
  }

  private func unboundedTerm(_ expression: SExpression) throws(DiagnosticSet) -> LinearTerm {
    switch expression {
    case .atom(let text, let range):
      if text.hasPrefix("X_") || text.hasPrefix("Y_") { return LinearTerm(try variable(text, range)) }
      return LinearTerm(try Self.number(text, range))
    case .list(let parts, let range):
      guard let word = expression.head, ["+", "-", "*", "/"].contains(word) else {
        let operation = parts.first?.range ?? range
        throw DiagnosticSet([.vnnlibUnsupported("the operation", operation.text, operation)])
      }
      guard parts.count >= 2 else { throw DiagnosticSet([.vnnlibExpected("a term in `\(word)`", range)]) }
      return try combine(word, parts.dropFirst(), range)
    }
  }

  private func combine(
    _ operation: String, _ operands: ArraySlice<SExpression>, _ range: SourceRange
  ) throws(DiagnosticSet) -> LinearTerm {
    var result = try term(operands[operands.startIndex])
    if operation == "-", operands.count == 1 { result.multiply(by: Rational(-1)) }
    for expression in operands.dropFirst() {
      let operand = try term(expression)
      switch operation {
      case "+": result.add(operand, times: .one)
      case "-": result.add(operand, times: Rational(-1))
      case "*":
        guard result.isConstant || operand.isConstant else { throw DiagnosticSet([.vnnlibNotLinear(range)]) }
        let (form, factor) = operand.isConstant ? (result, operand.constant) : (operand, result.constant)
        result = form
        result.multiply(by: factor)
      case _:
        guard operand.isConstant, operand.constant.signum != 0 else {
          throw DiagnosticSet([.vnnlibNotLinear(range)])
        }
        result.multiply(by: .one / operand.constant)
      }
      if result.isTooLarge { throw DiagnosticSet([.vnnlibNumberTooLarge(range)]) }
    }
    return result
  }

  /// A decimal number, exactly; many files have exponents.
  private static func number(_ text: String, _ range: SourceRange) throws(DiagnosticSet) -> Rational {
    guard text.utf8.count <= 400 else { throw DiagnosticSet([.vnnlibNumberTooLarge(range)]) }
    guard let value = Rational(decimal: text) else {
      throw DiagnosticSet([.vnnlibExpected("a decimal number, `X_i` or `Y_i`", range)])
    }
    return value
  }
}
