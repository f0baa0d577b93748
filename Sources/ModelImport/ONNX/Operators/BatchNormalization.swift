import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// BatchNormalization with the statistics of training, `(x - mean) / sqrt(var + epsilon) * scale + B` for each
  /// channel: folded into the layer before, if that is read by nothing else, or else a factor and a term.
  ///
  /// What the constants come to is computed in binary64 and rounded once.
  mutating func translateBatchNormalization(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let mode = opset < 9 ? ["spatial"] : opset < 14 ? [] : ["training_mode"]
    let attributes = try ONNXAttributes(of: node, allowed: ["epsilon", "momentum"] + mode)
    let isTraining = try attributes.integer("training_mode", default: 0) != 0
    let isSpatial = try attributes.integer("spatial", default: 1) != 0
    guard !isTraining, isSpatial, node.outputs.count == 1 else {
      throw node.failure(
        .unsupportedOperator,
        "BatchNormalization \(isSpatial ? "in training mode" : "with `spatial` 0") is not supported",
        cure: "export the model for inference, in PyTorch after `model.eval()`")
    }
    let operand = try operands.computed(0)
    let rank = operand.shape.dimensions.count
    let channels = rank > 1 ? operand.shape.dimensions[1] : 1
    var constants: [[Double]] = []
    for (index, role) in ["scale", "B", "input_mean", "input_var"].enumerated() {
      let tensor = try operands.requiredConstant(index + 1, role)
      guard tensor.dimensions == [channels] else {
        throw node.failure(
          .shapeMismatch, "input `\(role)` of shape \(tensor.dimensions) does not fit \(channels) channels",
          cure: "export the model again")
      }
      constants.append(try node.floats(of: tensor).map { Double($0) })
    }
    let epsilon = Double(try attributes.float("epsilon", default: 1e-5))
    let factors = (0..<channels).map { constants[0][$0] / (constants[3][$0] + epsilon).squareRoot() }
    let terms = (0..<channels).map { constants[1][$0] - constants[2][$0] * factors[$0] }
    guard (factors + terms).allSatisfy({ Float($0).isFinite }) else {
      throw node.failure(
        .nonFiniteWeight, "BatchNormalization has a factor or a term that is not finite",
        cure: "a variance may be negative; export the model again")
    }
    if scaleLayer(operand, by: factors, plus: terms) { return .computed(operand) }
    let dimensions = rank > 1 ? [channels] + [Int](repeating: 1, count: rank - 2) : []
    func constant(_ values: [Double]) throws(Diagnostic) -> Tensor<Float> {
      guard let shape = TensorShape(dimensions) else { throw node.emptyResult }
      return Tensor(shape, values.map { Float($0) })
    }
    let scaled = try append(
      node, .elementwiseWithConstant(.init(.multiply, constant: try constant(factors), on: .right)),
      [operand],
      suffix: ".scale")
    return .computed(
      try append(
        node, .elementwiseWithConstant(.init(.add, constant: try constant(terms), on: .right)), [scaled],
        suffix: ".shift"))
  }
}
