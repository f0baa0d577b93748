import ExactArithmetic
import LoopIR

/// `0 > x ? 0 : x` for each element. So NaN passes through and -0 stays -0: the comparison with the constant
/// on the left is what C compilers make a single instruction of without -ffast-math.
public struct Relu: UnaryOperator {
  public init() {}

  public var text: String { "relu" }

  public func evaluate(_ value: Float) -> Float { 0 > value ? 0 : value }

  public func evaluateExactly(_ value: Rational) -> Rational? { value.signum < 0 ? .zero : value }

  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    .conditional(.float(0) > value, then: .float(0), else: value)
  }
}
