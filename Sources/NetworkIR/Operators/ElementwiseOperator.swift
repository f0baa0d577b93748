import ExactArithmetic
import LoopIR

/// An operation on pairs of elements. The arithmetic ones are one rounded binary32 operation each. `minimum`
/// is `b < a ? b : a` and `maximum` is `b > a ? b : a`, but b where b is NaN: so NaN in either operand passes
/// through, and of equal numbers (-0 and +0) the result is the first.
public enum ElementwiseOperator: String, Sendable, CaseIterable, PointwiseOperator {
  case add, subtract, multiply, divide, minimum, maximum

  public var text: String { rawValue }
  public var operandCount: Int { 2 }

  @inline(__always)
  func apply(_ left: Float, _ right: Float) -> Float {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    case .minimum: right < left || right.isNaN ? right : left
    case .maximum: right > left || right.isNaN ? right : left
    }
  }

  /// `nil` for a division by zero.
  func applyExactly(_ left: Rational, _ right: Rational) -> Rational? {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: right.signum == 0 ? nil : left / right
    case .minimum: min(left, right)
    case .maximum: max(left, right)
    }
  }

  func apply(_ left: Expression, _ right: Expression) -> Expression {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: .binary(left, .divide, right)
    case .minimum: .conditional(.any([right < left, right != right]), then: right, else: left)
    case .maximum: .conditional(.any([right > left, right != right]), then: right, else: left)
    }
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    combined(operands[0], operands[1]) { apply($0, $1) }
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    var result: [Rational] = []
    for pair in combined(operands[0], operands[1], { ($0, $1) }) {
      guard let value = applyExactly(pair.0, pair.1) else {
        throw .divisionByZero(element: result.count)
      }
      result.append(value)
    }
    return result
  }

  public func lower(
    _ operands: [Expression], constants: [Expression], _ functions: inout SharedFunctions
  ) -> Expression {
    apply(operands[0], operands[1])
  }
}

/// `operation` on each pair of elements of two operands that broadcast.
func combined<Element, Result>(
  _ left: Tensor<Element>, _ right: Tensor<Element>, _ operation: (Element, Element) -> Result
) -> [Result] {
  guard let shape = left.shape.broadcast(with: right.shape) else {
    preconditionFailure("validation saw that the operands broadcast")
  }
  return zip(left.broadcast(to: shape), right.broadcast(to: shape)).map(operation)
}
