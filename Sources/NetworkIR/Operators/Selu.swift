import ExactArithmetic
import LoopIR

/// gamma times ``Elu``. NaN passes through.
public struct Selu: UnaryOperator {
  public let gamma: Float
  private let elu: Elu

  public init(alpha: Float, gamma: Float) {
    self.gamma = gamma
    elu = Elu(alpha: alpha)
  }

  public var text: String { "selu" }
  public var constants: [[Float]] { [[elu.alpha, gamma]] }

  public func evaluate(_ value: Float) -> Float { gamma * elu.evaluate(value) }

  public func evaluateExactly(_ value: Rational) -> Rational? { nil }

  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    .float(gamma) * elu.lower(value, &functions)
  }
}
