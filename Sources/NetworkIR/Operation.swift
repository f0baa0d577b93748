import ExactArithmetic

/// What a node computes. The list is closed: a new operator is one new file with its shape rule and
/// evaluations, one case here, and the `switch`es that then stop compiling.
///
/// Float semantics (normative; emitted code agrees bit for bit): every addition, subtraction,
/// multiplication and division is one binary32 operation, rounded to nearest, ties to even; nothing
/// is contracted, reassociated or kept in higher precision.
public enum Operation: Sendable {
  /// y = W x + b on each row.
  case affine(Affine)
  /// The larger of 0 and each element.
  case relu
  /// An arithmetic operation on two computed operands of equal shape.
  case elementwise(ElementwiseOperator)
  /// An arithmetic operation on one computed operand and a constant.
  case elementwiseWithConstant(ElementwiseWithConstant)
  /// The same elements in another shape.
  case reshape

  /// How many operands the operation reads.
  public var operandCount: Int {
    switch self {
    case .elementwise: 2
    case .affine, .relu, .elementwiseWithConstant, .reshape: 1
    }
  }

  /// Why `shape` can't be the result's shape for operands of the shapes `operands`; `nil` if it can.
  ///
  /// - Requires: `operands.count == operandCount`.
  func shapeViolation(operands: [TensorShape], result shape: TensorShape) -> String? {
    switch self {
    case .affine(let affine): affine.shapeViolation(operand: operands[0], result: shape)
    case .relu: reluShapeViolation(operand: operands[0], result: shape)
    case .elementwise(let elementwise):
      elementwise.shapeViolation(left: operands[0], right: operands[1], result: shape)
    case .elementwiseWithConstant(let elementwise):
      elementwise.shapeViolation(operand: operands[0], result: shape)
    case .reshape: reshapeShapeViolation(operand: operands[0], result: shape)
    }
  }

  /// The index and value of a stored number that is not finite, if there is one.
  var nonFiniteConstant: (index: Int, value: Float)? {
    switch self {
    case .affine(let affine): affine.nonFiniteConstant
    case .elementwiseWithConstant(let elementwise): firstNonFinite(elementwise.constant)
    case .relu, .elementwise, .reshape: nil
    }
  }

  /// The index of a constant divisor that is zero, if there is one.
  var zeroDivisor: Int? {
    switch self {
    case .elementwiseWithConstant(let elementwise): elementwise.zeroDivisor
    case .affine, .relu, .elementwise, .reshape: nil
    }
  }

  /// The result in binary32, as the type's comment fixes it.
  ///
  /// - Requires: the operands have the shapes that the network's validation saw.
  func evaluate(_ operands: [[Float]]) -> [Float] {
    switch self {
    case .affine(let affine): affine.evaluate(operands[0])
    case .relu: evaluateRelu(operands[0])
    case .elementwise(let elementwise): elementwise.evaluate(operands[0], operands[1])
    case .elementwiseWithConstant(let elementwise): elementwise.evaluate(operands[0])
    case .reshape: operands[0]
    }
  }

  /// The result in exact arithmetic. Throws the index of an element that is divided by zero.
  func evaluateExactly(_ operands: [[Rational]]) throws(ZeroDivisor) -> [Rational] {
    switch self {
    case .affine(let affine): affine.evaluateExactly(operands[0])
    case .relu: evaluateReluExactly(operands[0])
    case .elementwise(let elementwise): try elementwise.evaluateExactly(operands[0], operands[1])
    case .elementwiseWithConstant(let elementwise): try elementwise.evaluateExactly(operands[0])
    case .reshape: operands[0]
    }
  }
}

/// The element at which an exact division would be by zero.
struct ZeroDivisor: Error {
  let element: Int
}

/// The first element that is NaN or infinite.
func firstNonFinite(_ values: [Float]) -> (index: Int, value: Float)? {
  // A reduction without branches vectorises; the search runs only where something was found.
  var allFinite = true
  for value in values { allFinite = allFinite && value.isFinite }
  if allFinite { return nil }
  return values.firstIndex { !$0.isFinite }.map { ($0, values[$0]) }
}
