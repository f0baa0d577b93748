import ExactArithmetic
import LoopIR

/// An arithmetic operation on pairs of elements: one rounded binary32 operation each.
public enum ElementwiseOperator: String, Sendable, CaseIterable, PointwiseOperator {
  case add, subtract, multiply, divide

  public var text: String { rawValue }
  public var operandCount: Int { 2 }

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

  func apply(_ left: Expression, _ right: Expression) -> Expression {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: .binary(left, .divide, right)
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
