import ExactArithmetic
import LoopIR

/// alpha x + beta (a product and a sum, both rounded) limited to at most 1, then to at least 0. NaN passes
/// through.
public struct HardSigmoid: UnaryOperator {
  public let alpha: Float
  public let beta: Float

  public init(alpha: Float, beta: Float) {
    self.alpha = alpha
    self.beta = beta
  }

  public var text: String { "hard_sigmoid" }
  public var constants: [[Float]] { [[alpha, beta]] }

  public func evaluate(_ value: Float) -> Float {
    (alpha * value + beta).limited(to: 1).limited(from: 0)
  }

  public func evaluateExactly(_ value: Rational) -> Rational? {
    max(.zero, min(.one, Rational(alpha) * value + Rational(beta)))
  }

  /// A shared function, as the sum is read several times.
  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    let name = functions.function("gate") { name, _ in
      .function(
        Function(
          .float, name, [Variable(.float, Local.x)], comment: "x limited to at most 1, then to at least 0."
        ) {
          let (x, y) = (Local.x.expression, Local.y.expression)
          Statement.constant(.float, Local.y, x.limited(to: 1))
          Statement.give(y.limited(from: 0))
        })
    }
    return .call(name, [.float(alpha) * value + .float(beta)])
  }
}
