import ExactArithmetic
import LoopIR

/// The operand itself; only lowering uses it, to move a value into another layout.
struct Copy: UnaryOperator {
  var text: String { "copy" }
  func evaluate(_ value: Float) -> Float { value }
  func evaluateExactly(_ value: Rational) -> Rational? { value }
  func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression { value }
}
