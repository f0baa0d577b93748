import ExactArithmetic
import LoopIR

/// x times ``HardSigmoid`` of x with the binary32 number next to 1/6 and 1/2, where x counts as -3 below that
/// (the gate is 0 there), so that -infinity gives -0 as every other number below -3 does. NaN passes through.
public struct HardSwish: UnaryOperator {
  private static let gate = HardSigmoid(alpha: 1 / 6, beta: 0.5)
  private static let lowest: Float = -3

  public init() {}

  public var text: String { "hard_swish" }

  public func evaluate(_ value: Float) -> Float {
    value.limited(from: Self.lowest) * Self.gate.evaluate(value)
  }

  /// With 1/6 itself.
  public func evaluateExactly(_ value: Rational) -> Rational? {
    value * max(.zero, min(.one, value * Rational(1, over: 6) + Rational(1, over: 2)))
  }

  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    value.limited(from: Self.lowest) * Self.gate.lower(value, &functions)
  }
}
