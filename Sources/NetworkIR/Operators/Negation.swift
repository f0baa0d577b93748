import ExactArithmetic
import LoopIR

/// x with the other sign: -0 for +0, NaN for NaN.
public struct Negation: UnaryOperator {
  public init() {}

  public var text: String { "negation" }

  public func evaluate(_ value: Float) -> Float { -value }

  public func evaluateExactly(_ value: Rational) -> Rational? { -value }

  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression { -value }
}
