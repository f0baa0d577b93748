import Diagnostics
import NetworkIR

extension ONNXTranslation {
  mutating func translateMaxPool(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(
      of: node, allowed: ONNXWindow.attributes + ["ceil_mode", "storage_order"])
    return .computed(try pool(.maximum, attributes, node, try operands.computed(0)))
  }

  mutating func translateAveragePool(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(
      of: node, allowed: ONNXWindow.attributes + ["ceil_mode", "count_include_pad"])
    let countsPadding = try attributes.integer("count_include_pad", default: 0) != 0
    return .computed(
      try pool(.average(countsPadding: countsPadding), attributes, node, try operands.computed(0)))
  }

  private mutating func pool(
    _ kind: Pooling.Kind, _ attributes: ONNXAttributes, _ node: ONNXNode, _ operand: ComputedValue
  ) throws(Diagnostic) -> ComputedValue {
    let window = try ONNXWindow(attributes, node, kernel: nil, operand: operand.shape)
    if window.reachesBeyondPads, kind == .average(countsPadding: true) {
      throw node.failure(
        .unsupportedAttribute,
        "attribute `ceil_mode` of AveragePool lets a window reach beyond the padding that it counts",
        cure: "runtimes differ in what that means; pad the operand so that the windows fit")
    }
    let pooling = Pooling(
      kind: kind, kernel: window.kernel, strides: window.strides, dilations: window.dilations,
      padsBefore: window.padsBefore, padsAfter: window.padsAfter)
    return try appendChannelsLast(node, .pooling(pooling), operand)
  }

  /// GlobalMaxPool and GlobalAveragePool: one window over all spatial dimensions.
  mutating func translateGlobalPool(
    _ kind: Pooling.Kind, _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: [])
    let operand = try operands.computed(0)
    let window = try ONNXWindow(
      attributes, node, kernel: Array(operand.shape.dimensions.dropFirst(2)), operand: operand.shape)
    let pooling = Pooling(
      kind: kind, kernel: window.kernel, strides: window.strides, dilations: window.dilations,
      padsBefore: window.padsBefore, padsAfter: window.padsAfter)
    return .computed(try appendChannelsLast(node, .pooling(pooling), operand))
  }
}
