import ExactArithmetic
import LoopIR

/// An operation of pairs on a computed operand and a constant, which broadcast.
public struct ElementwiseWithConstant: PointwiseOperator {
  /// On which side of the operator the constant stands.
  public enum Side: Sendable {
    case left, right
  }

  public let elementwise: ElementwiseOperator
  public let constant: Tensor<Float>
  public let constantSide: Side

  public init(_ elementwise: ElementwiseOperator, constant: Tensor<Float>, on side: Side) {
    self.elementwise = elementwise
    self.constant = constant
    constantSide = side
  }

  /// Whether the result is the operand, bit for bit, for every operand that is not NaN: x - (+0),
  /// x + (-0), x * 1 and x / 1 are (x + (+0) is not: it turns -0 into +0).
  public var isIdentity: Bool {
    let values = constant.elements
    return switch elementwise {
    case .add: values.allSatisfy { $0 == 0 && $0.sign == .minus }
    case .subtract: constantSide == .right && values.allSatisfy { $0 == 0 && $0.sign == .plus }
    case .multiply: values.allSatisfy { $0 == 1 }
    case .divide: constantSide == .right && values.allSatisfy { $0 == 1 }
    case .minimum, .maximum: false
    }
  }

  public var text: String { elementwise.text }

  public func text(_ operands: String) -> String {
    "\(text) " + ordered(operands, "constant").joined(separator: ", ")
  }

  public var tensors: [Tensor<Float>] { [constant] }

  public var zeroDivisor: Int? {
    guard elementwise == .divide, constantSide == .right else { return nil }
    return constant.elements.firstIndex(of: 0)
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    elementwise.evaluate(ordered(operands[0], constant), semantics)
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    let constant = Tensor(constant.shape, constant.elements.map { Rational($0) })
    return try elementwise.evaluateExactly(ordered(operands[0], constant))
  }

  public func lower(
    _ operands: [Expression], constants: [Expression], _ functions: inout SharedFunctions
  ) -> Expression {
    let sides = ordered(operands[0], constants[0])
    return elementwise.apply(sides[0], sides[1])
  }

  private func ordered<Value>(_ operand: Value, _ constant: Value) -> [Value] {
    switch constantSide {
    case .left: [constant, operand]
    case .right: [operand, constant]
    }
  }
}
