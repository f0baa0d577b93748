import ExactArithmetic
import LoopIR

/// `0 > x ? slope * x : x`. NaN passes through and -0 stays -0.
public struct LeakyRelu: UnaryOperator {
  public let slope: Float

  public init(slope: Float) { self.slope = slope }

  public var text: String { "leaky_relu" }
  public var constants: [[Float]] { [[slope]] }

  public func evaluate(_ value: Float) -> Float { 0 > value ? slope * value : value }

  public func evaluateExactly(_ value: Rational) -> Rational? {
    value.signum < 0 ? Rational(slope) * value : value
  }

  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    .conditional(.float(0) > value, then: .float(slope) * value, else: value)
  }
}
