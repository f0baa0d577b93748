import ExactArithmetic

/// An arithmetic operation on a computed operand and a constant with as many elements.
public struct ElementwiseWithConstant: Sendable {
  /// On which side of the operator the constant stands.
  public enum Side: Sendable {
    case left, right
  }

  public let elementwise: ElementwiseOperator
  /// One number for each element of the operand, already broadcast.
  public let constant: [Float]
  public let constantSide: Side

  public init(_ elementwise: ElementwiseOperator, constant: [Float], on side: Side) {
    self.elementwise = elementwise
    self.constant = constant
    constantSide = side
  }

  /// Whether the result is the operand, bit for bit, for every operand that is not NaN: x - (+0),
  /// x + (-0), x * 1 and x / 1 are (x + (+0) is not: it turns -0 into +0).
  public var isIdentity: Bool {
    switch elementwise {
    case .add: constant.allSatisfy { $0 == 0 && $0.sign == .minus }
    case .subtract: constantSide == .right && constant.allSatisfy { $0 == 0 && $0.sign == .plus }
    case .multiply: constant.allSatisfy { $0 == 1 }
    case .divide: constantSide == .right && constant.allSatisfy { $0 == 1 }
    }
  }

  /// The index of a constant divisor that is zero: such an element never has a finite result.
  var zeroDivisor: Int? {
    guard elementwise == .divide, constantSide == .right else { return nil }
    return constant.firstIndex(of: 0)
  }

  func shapeViolation(operand: TensorShape, result: TensorShape) -> String? {
    if operand != result { return "has shape \(result), its operand \(operand)" }
    return constant.count == operand.elementCount
      ? nil : "has a constant of \(constant.count) elements for an operand of shape \(operand)"
  }

  func evaluate(_ operand: [Float]) -> [Float] {
    switch constantSide {
    case .left: elementwise.evaluate(constant, operand)
    case .right: elementwise.evaluate(operand, constant)
    }
  }

  func evaluateExactly(_ operand: [Rational]) throws(ZeroDivisor) -> [Rational] {
    let constant = constant.map { Rational($0) }
    return switch constantSide {
    case .left: try elementwise.evaluateExactly(constant, operand)
    case .right: try elementwise.evaluateExactly(operand, constant)
    }
  }
}
