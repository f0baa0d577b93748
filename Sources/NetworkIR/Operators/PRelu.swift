import ExactArithmetic
import LoopIR

/// `0 > x ? slope * x : x` with a slope for each element, which broadcasts to the operand's shape. NaN passes
/// through and -0 stays -0.
public struct PRelu: PointwiseOperator {
  public let slope: Tensor<Float>

  public init(slope: Tensor<Float>) { self.slope = slope }

  public var text: String { "prelu" }
  public var tensors: [Tensor<Float>] { [slope] }

  /// The operand's shape; the slope may not enlarge it.
  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    guard operands[0].broadcast(with: slope.shape) == operands[0] else {
      throw ShapeViolation(
        "has slopes of shape \(slope.shape), which do not broadcast to its operand's shape \(operands[0])")
    }
    return operands[0]
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    combined(operands[0], slope) { 0 > $0 ? $1 * $0 : $0 }
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) -> [Rational] {
    let slope = Tensor(slope.shape, slope.elements.map { Rational($0) })
    return combined(operands[0], slope) { $0.signum < 0 ? $1 * $0 : $0 }
  }

  public func lower(
    _ operands: [Expression], constants: [Expression], _ functions: inout SharedFunctions
  ) -> Expression {
    .conditional(.float(0) > operands[0], then: constants[0] * operands[0], else: operands[0])
  }
}
