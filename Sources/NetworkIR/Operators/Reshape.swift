import ExactArithmetic

/// The same elements in the same (row-major) order under another shape. Lowering gives it no code: result and
/// operand are one.
public struct Reshape: NetworkOperator {
  public let shape: TensorShape

  public init(to shape: TensorShape) { self.shape = shape }

  public var text: String { "reshape" }

  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    guard operands[0].elementCount == shape.elementCount else {
      throw ShapeViolation(
        "has shape \(shape) (\(shape.elementCount) elements), its operand \(operands[0])"
          + " (\(operands[0].elementCount))")
    }
    return shape
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    operands[0].elements
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    operands[0].elements
  }
}
