import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// ReduceSum, ReduceMean, ReduceMax and ReduceMin: over `axes`, or over all.
  mutating func translateReduce(
    _ kind: Reduction.Kind, _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    // The axes became an input of ReduceSum earlier than of the others.
    let version = kind == .sum ? 13 : 18
    let others = ["keepdims"] + (opset < version ? [] : ["noop_with_empty_axes"])
    let given = try axes(node, operands, inputSince: version, otherAttributes: others) ?? []
    let attributes = try ONNXAttributes(of: node, allowed: others + ["axes"])
    let keepsDimensions = try attributes.integer("keepdims", default: 1) != 0
    let operand = try operands.computed(0)
    let dimensions = operand.shape.dimensions
    if given.isEmpty, try attributes.integer("noop_with_empty_axes", default: 0) != 0 {
      return .computed(operand)
    }
    let axes =
      given.isEmpty ? Array(dimensions.indices) : try node.positions(ofAxes: given, dimensions).sorted()
    var result = operand
    if axes.contains(where: { dimensions[$0] > 1 }) {
      result = try append(node, .reduction(Reduction(kind: kind, axes: axes)), [operand])
    }
    if keepsDimensions { return .computed(result) }
    let left = dimensions.indices.filter { !axes.contains($0) }.map { dimensions[$0] }
    return try reshape(.computed(result), to: left, node)
  }
}
