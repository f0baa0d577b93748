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
    case .computed(let value):
      let padding = [Int](repeating: 1, count: dimensions.count - value.shape.dimensions.count)
      var expanded = try reshape(operand, to: padding + value.shape.dimensions, node)
      for (axis, count) in dimensions.enumerated() {
        guard case .computed(let value) = expanded, count != value.shape.dimensions[axis] else { continue }
        guard count > 0 else { throw node.emptyResult }
        try reserve(count, node)
        let repeated = Gather(axis: axis, indices: [Int](repeating: 0, count: count))
        expanded = .computed(try append(node, .gather(repeated), [value], suffix: ".\(axis)"))
      }
      return expanded
    }
  }
}
