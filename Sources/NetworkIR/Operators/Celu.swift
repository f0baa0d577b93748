import ExactArithmetic
import LoopIR

/// `0 > x ? alpha * (e^(x / alpha) - 1) : x` for a positive alpha. NaN passes through and -0 stays -0.
public struct Celu: UnaryOperator {
  public let alpha: Float

  /// - Requires: `alpha > 0`.
  public init(alpha: Float) {
    precondition(alpha > 0, "the scale of Celu is positive")
    self.alpha = alpha
  }

  public var text: String { "celu" }
  public var constants: [[Float]] { [[alpha]] }

  public func evaluate(_ value: Float) -> Float {
    0 > value ? alpha * ExponentialMinusOne().evaluate(value / alpha) : value
  }

  public func evaluateExactly(_ value: Rational) -> Rational? { nil }

  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    .conditional(
      .float(0) > value,
      then: .float(alpha) * ExponentialMinusOne().lower(value / .float(alpha), &functions), else: value)
  }
}
