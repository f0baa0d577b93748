import ExactArithmetic
import LoopIR

/// x Phi(x), Phi the standard normal distribution function, or its approximation by tanh. -0 for -infinity
/// and where a negative result underflows; NaN for NaN.
public struct Gelu: UnaryOperator {
  public enum Approximation: Sendable {
    case none
    case tanh
  }

  private let function: any ElementaryFunction

  public init(approximation: Approximation) {
    function =
      switch approximation {
      case .none: NormalDistributionGate()
      case .tanh: TanhGate()
      }
  }

  public var text: String { function.text }

  public func evaluate(_ value: Float) -> Float { function.evaluate(value) }

  public func evaluateExactly(_ value: Rational) -> Rational? { nil }

  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    function.lower(value, &functions)
  }
}
