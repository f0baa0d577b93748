import ExactArithmetic
import LoopIR

/// `0 > x ? alpha * (e^x - 1) : x`. NaN passes through and -0 stays -0.
public struct Elu: UnaryOperator {
  public let alpha: Float

  public init(alpha: Float) { self.alpha = alpha }

  public var text: String { "elu" }
  public var constants: [[Float]] { [[alpha]] }

  public func evaluate(_ value: Float) -> Float {
    0 > value ? alpha * ExponentialMinusOne().evaluate(value) : value
  }

  public func evaluateExactly(_ value: Rational) -> Rational? { nil }

  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    .conditional(
      .float(0) > value, then: .float(alpha) * ExponentialMinusOne().lower(value, &functions), else: value)
  }
}
