import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Conv with constant weights [outputs, inputs of a group, kernel...] and bias.
  mutating func translateConv(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ONNXWindow.attributes + ["group"])
    let operand = try operands.computed(0)
    let tensor = try operands.requiredConstant(1, "W")
    let weights = try node.floats(of: tensor)
    let dimensions = operand.shape.dimensions
    let group = Int(clamping: try attributes.integer("group", default: 1))
    guard dimensions.count >= 2, tensor.dimensions.count == dimensions.count, group >= 1,
      tensor.dimensions[0] % group == 0, dimensions[1] % group == 0,
      dimensions[1] / group == tensor.dimensions[1]
    else {
      throw node.failure(
        .shapeMismatch,
        "Conv of an operand of shape \(operand.shape) with weights of shape \(tensor.dimensions) in "
          + "\(group) groups, which do not fit", cure: "export the model again")
    }
    let window = try ONNXWindow(
      attributes, node, kernel: Array(tensor.dimensions.dropFirst(2)), operand: operand.shape)
    let outputs = tensor.dimensions[0]
    var bias = [Float](repeating: 0, count: outputs)
    if let constant = try operands.constant(2, "B") {
      bias = try node.floats(of: constant)
      guard constant.dimensions == [outputs] else {
        throw node.failure(
          .shapeMismatch, "a bias of shape \(constant.dimensions) does not fit \(outputs) channels",
          cure: "export the model again")
      }
    }
    try reserveWeights(weights.count, node)
    let order = Array(2..<dimensions.count) + [1, 0]
    let convolution = Convolution(
      inputChannels: dimensions[1], outputChannels: outputs, kernel: window.kernel, strides: window.strides,
      dilations: window.dilations, padsBefore: window.padsBefore, padsAfter: window.padsAfter, groups: group,
      weights: StridedView(whole: tensor.dimensions).permuted(order).read(weights), bias: bias)
    let position = nodes.count
    let result = try appendChannelsLast(node, .convolution(convolution), operand)
    noteLayer(result, appendedFrom: position)
    return .computed(result)
  }
}
