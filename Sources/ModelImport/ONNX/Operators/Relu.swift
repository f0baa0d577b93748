import Diagnostics
import NetworkIR

extension ONNXTranslation {
  mutating func translateRelu(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    let operand = try operands.computed(0)
    return .computed(try append(node, .relu, [operand]))
  }
}
