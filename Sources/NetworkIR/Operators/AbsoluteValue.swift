import ExactArithmetic
import LoopIR

/// x without its sign: +0 for -0, NaN for NaN.
public struct AbsoluteValue: UnaryOperator {
  public init() {}

  public var text: String { "absolute_value" }

  public func evaluate(_ value: Float) -> Float { value.magnitude }

  public func evaluateExactly(_ value: Rational) -> Rational? { value.signum < 0 ? -value : value }

  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    value.magnitude
  }
}
