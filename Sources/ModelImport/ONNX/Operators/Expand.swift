import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Expand: repeated as numpy broadcasts it with a shape.
  mutating func translateExpand(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    let operand = try operands.required(0)
    let target = try node.dimensions(try operands.requiredIntegers(1, "shape"))
    guard let dimensions = broadcastShape(operand.dimensions, target) else {
      throw node.failure(
        .shapeMismatch, "shape \(operand.dimensions) does not broadcast to \(target)",
        cure: "export the model with a batch of 1 or an open one")
    }
    switch operand {
    case .constant(let constant):
      return .constant(try stretch(constant, to: dimensions, node))
    case .computed: throw node.computedOperand
    }
  }
}
