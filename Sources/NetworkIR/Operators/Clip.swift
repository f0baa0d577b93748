import ExactArithmetic
import LoopIR

/// The larger of x and the lower bound, then the smaller of that and the upper bound: `upper < y ? upper : y`
/// for `y = lower > x ? lower : x`. So NaN passes through, zeros keep their sign (-0 is not below +0), and
/// where the bounds cross, the upper one is the result, as in ONNX.
public struct Clip: UnaryOperator {
  /// `nil` for none.
  public let lower: Float?
  public let upper: Float?

  public init(lower: Float?, upper: Float?) {
    self.lower = lower
    self.upper = upper
  }

  public var text: String { "clip" }
  public var constants: [[Float]] { [[lower, upper].compactMap(\.self)] }

  public func evaluate(_ value: Float) -> Float {
    let raised = lower.map { value.limited(from: $0) } ?? value
    return upper.map { raised.limited(to: $0) } ?? raised
  }

  public func evaluateExactly(_ value: Rational) -> Rational? {
    let raised = lower.map { max(Rational($0), value) } ?? value
    return upper.map { min(Rational($0), raised) } ?? raised
  }

  public func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression {
    switch (lower, upper) {
    case (nil, nil): value
    case (let lower?, nil): value.limited(from: lower)
    case (nil, let upper?): value.limited(to: upper)
    case (let lower?, let upper?): value.limited(from: lower, to: upper)
    }
  }
}
