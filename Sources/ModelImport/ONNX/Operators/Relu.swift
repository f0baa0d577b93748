import Diagnostics
import NetworkIR

extension ONNXTranslation {
  mutating func translateRelu(_ node: ONNXNode, _ operand: ONNXValue) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    guard case .computed(let operand) = operand else {
      throw node.failure(
        .unsupportedOperator, "Relu of a constant is not supported",
        cure: "simplify the model first, for example with onnxsim")
    }
    return .computed(try append(node, .relu, [operand], operand.shape))
  }
}
