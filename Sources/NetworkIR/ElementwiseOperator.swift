import ExactArithmetic

/// An arithmetic operation on pairs of elements: one rounded binary32 operation each.
public enum ElementwiseOperator: String, Sendable, CaseIterable {
  case add, subtract, multiply, divide

  @inline(__always)
  func apply(_ left: Float, _ right: Float) -> Float {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    }
  }

  /// `nil` for a division by zero.
  func applyExactly(_ left: Rational, _ right: Rational) -> Rational? {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: right.signum == 0 ? nil : left / right
    }
  }

  func shapeViolation(left: TensorShape, right: TensorShape, result: TensorShape) -> String? {
    if left != right { return "combines operands of shapes \(left) and \(right)" }
    return left == result ? nil : "has shape \(result), its operands \(left)"
  }

  func evaluate(_ left: [Float], _ right: [Float]) -> [Float] {
    zip(left, right).map { apply($0, $1) }
  }

  func evaluateExactly(_ left: [Rational], _ right: [Rational]) throws(ZeroDivisor) -> [Rational] {
    var result: [Rational] = []
    for (element, (left, right)) in zip(left, right).enumerated() {
      guard let value = applyExactly(left, right) else { throw ZeroDivisor(element: element) }
      result.append(value)
    }
    return result
  }
}
