import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// MatMul of a computed operand and a constant matrix, on either side.
  mutating func translateMatMul(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    switch (try operands.required(0), try operands.required(1)) {
    case (.computed(let operand), .constant(let matrix)):
      return .computed(try multiply(operand, matrix, node))
    case (.constant(let matrix), .computed(let operand)):
      return .computed(try multiply(matrix, operand, node))
    case (.computed, .computed), (.constant, .constant):
      throw node.failure(
        .unsupportedOperator, "MatMul is supported for one computed and one constant operand only",
        cure: "attention and other products of computed values are not supported; simplify constant ones")
    }
  }

  /// x W: each row of the operand times the matrix.
  private mutating func multiply(
    _ operand: ComputedValue, _ matrix: ONNXTensor, _ node: ONNXNode
  ) throws(Diagnostic) -> ComputedValue {
    let leading = matrix.dimensions.dropLast(2)
    guard let inputs = operand.shape.dimensions.last, leading.allSatisfy({ $0 == 1 }) else {
      throw node.mismatch("\(operand.shape)", "\(matrix.dimensions)")
    }
    // A vector on the right is a column that the result then drops.
    let isVector = matrix.dimensions.count == 1
    let column =
      isVector ? ONNXTensor(dimensions: matrix.dimensions + [1], elements: matrix.elements) : matrix
    let (weights, outputs) = try self.weights(column, isTransposed: false, inputCount: inputs, node)
    let affine = Affine(
      inputCount: inputs, outputCount: outputs, rows: operand.shape.elementCount / inputs, weights: weights,
      bias: [Float](repeating: 0, count: outputs))
    var dimensions = operand.shape.dimensions.dropLast() + [outputs]
    guard let shape = TensorShape(Array(dimensions)) else {
      throw node.mismatch("\(operand.shape)", "\(matrix.dimensions)")
    }
    let product = try append(node, .affine(affine), [operand])
    if isVector { dimensions.removeLast() }
    // As in numpy, dimensions in front of the matrix that the operand lacks stay in front of the result.
    let padding = max(0, leading.count - max(0, operand.shape.dimensions.count - 2))
    let final = TensorShape([Int](repeating: 1, count: padding) + dimensions) ?? shape
    return try reshape(product, to: final, node, ".shape")
  }

  /// W x: the matrix times each column, which is the affine map with the transposed weights on the transposed
  /// operand.
  private mutating func multiply(
    _ matrix: ONNXTensor, _ operand: ComputedValue, _ node: ONNXNode
  ) throws(Diagnostic) -> ComputedValue {
    let isVector = operand.shape.dimensions.count == 1
    let dimensions = operand.shape.dimensions + (isVector ? [1] : [])
    guard matrix.dimensions.count == 2, dimensions.count >= 2, let shape = TensorShape(dimensions) else {
      throw node.mismatch("\(matrix.dimensions)", "\(operand.shape)")
    }
    let rank = dimensions.count
    let swapped = Array(0..<rank - 2) + [rank - 1, rank - 2]
    let inputs = dimensions[rank - 2]
    let (weights, outputs) = try self.weights(matrix, isTransposed: true, inputCount: inputs, node)
    let affine = Affine(
      inputCount: inputs, outputCount: outputs, rows: shape.elementCount / inputs, weights: weights,
      bias: [Float](repeating: 0, count: outputs))
    let columns = try reshape(operand, to: shape, node, ".column")
    let rows = try transpose(columns, swapped, node, ".rows")
    let product = try append(node, .affine(affine), [rows])
    if isVector { return try reshape(product, to: .vector(outputs), node, ".vector") }
    return try transpose(product, swapped, node, ".columns")
  }

  /// The weights of a constant matrix in the order of `Affine` (those of an input together), and its
  /// number of outputs.
  ///
  /// - Parameter isTransposed: whether the matrix lists the weights of an output together.
  mutating func weights(
    _ matrix: ONNXTensor, isTransposed: Bool, inputCount: Int, _ node: ONNXNode
  ) throws(Diagnostic) -> (weights: [Float], outputCount: Int) {
    let values = try node.floats(of: matrix)
    let dimensions = matrix.dimensions.suffix(2)
    guard dimensions.count == 2, let first = dimensions.first, let last = dimensions.last,
      matrix.dimensions.dropLast(2).allSatisfy({ $0 == 1 }), (isTransposed ? last : first) == inputCount
    else {
      throw node.mismatch("rows of \(inputCount) elements", "\(matrix.dimensions)")
    }
    guard isTransposed else { return (values, last) }
    try reserveWeights(values.count, node)
    var weights = [Float](repeating: 0, count: values.count)
    for output in 0..<first {
      for input in 0..<last { weights[input * first + output] = values[output * last + input] }
    }
    return (weights, first)
  }
}

extension ONNXNode {
  fileprivate func mismatch(_ left: String, _ right: String) -> Diagnostic {
    failure(
      .shapeMismatch, "\(proto.opType) of \(left) and \(right), which do not fit",
      cure: "the columns of the first operand must be as many as the rows of the second")
  }
}
