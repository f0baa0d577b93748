import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Gemm: `alpha * A' * B' + beta * C` with computed A, constant B and C; the factors are folded into the
  /// constants where no weight is rounded by that.
  mutating func translateGemm(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["alpha", "beta", "transA", "transB"])
    let alpha = try attributes.float("alpha", default: 1)
    let beta = try attributes.float("beta", default: 1)
    guard case .computed(var input) = operands[0], case .constant(let matrix) = operands[1] else {
      throw node.failure(
        .unsupportedOperator, "Gemm is supported for a computed first and a constant second operand only",
        cure: "use MatMul and Add for other products")
    }
    guard input.shape.dimensions.count == 2 else {
      throw node.failure(
        .shapeMismatch, "Gemm of an operand of shape \(input.shape), which is not a matrix",
        cure: "flatten it first")
    }
    if try attributes.integer("transA", default: 0) != 0 {
      input = try transpose(input, [1, 0], node, ".transA")
    }
    let isTransposed = try attributes.integer("transB", default: 0) != 0
    let (weights, outputs) = try self.weights(
      matrix, isTransposed: isTransposed, inputCount: input.shape.dimensions[1], node)
    if alpha != 1 { try reserveWeights(weights.count, node) }
    let rows = input.shape.dimensions[0]
    guard let shape = TensorShape([rows, outputs]) else {
      throw node.failure(.modelTooLarge, "the result is too large", cure: "use a batch of 1")
    }
    let bias = try self.bias(operands[2], shape, beta: beta, node)
    let affine = Affine(
      inputCount: input.shape.dimensions[1], outputCount: outputs, rows: rows,
      weights: try node.scaled(weights, by: alpha, attribute: "alpha"), bias: bias)
    let result = try append(node, .affine(affine), [input])
    noteLayer(result, appendedFrom: nodes.count - 1)
    return .computed(result)
  }

  /// The bias: C broadcast to the result, the same for every row.
  private mutating func bias(
    _ operand: ONNXValue?, _ shape: TensorShape, beta: Float, _ node: ONNXNode
  ) throws(Diagnostic) -> [Float] {
    let outputs = shape.dimensions[1]
    guard let operand else { return [Float](repeating: 0, count: outputs) }
    guard case .constant(let constant) = operand else {
      throw node.failure(
        .unsupportedOperator, "Gemm with a computed third operand is not supported",
        cure: "use MatMul and Add")
    }
    let values = try node.floats(of: constant)
    guard broadcastShape(constant.dimensions, shape.dimensions) == shape.dimensions,
      constant.dimensions.count < 2 || constant.dimensions[0] == 1
    else {
      throw node.failure(
        .shapeMismatch,
        "a bias of shape \(constant.dimensions) does not fit a result of shape \(shape) with equal rows",
        cure: "the bias has one element for each output")
    }
    let row = broadcast(values, Array(constant.dimensions.suffix(1)), to: [outputs])
    return try node.scaled(row, by: beta, attribute: "beta")
  }
}

extension ONNXNode {
  /// `values` times `factor`, where every product is a binary32 number.
  fileprivate func scaled(
    _ values: [Float], by factor: Float, attribute: String
  ) throws(Diagnostic) -> [Float] {
    if factor == 1 { return values }
    var result: [Float] = []
    for value in values {
      // Two 24-bit significands multiply exactly in binary64, and its exponents reach far enough.
      let exact = Double(value) * Double(factor)
      let product = Float(exact)
      guard product.isFinite, Double(product) == exact else {
        throw failure(
          .unsupportedAttribute,
          "attribute `\(attribute)` of Gemm is \(factor), which would round the weights",
          cure: "multiply the weights by it before exporting; powers of two are supported as they are")
      }
      result.append(product)
    }
    return result
  }
}
