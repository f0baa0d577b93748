import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// LSTM over the steps that the input has, without peepholes: all hidden states, and the last of each direction.
  mutating func translateLSTM(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> [ONNXValue] {
    let layer = try RecurrentLayer(
      node, operands, opset: opset, gates: 4, activations: ["sigmoid", "tanh", "tanh"],
      otherAttributes: ["input_forget"])
    if try layer.attributes.integer("input_forget", default: 0) != 0 {
      throw node.failure(
        .unsupportedAttribute, "attribute `input_forget` of LSTM is not supported",
        cure: "export the model without it")
    }
    if let peepholes = try operands.constant(7, "P"),
      try node.floats(of: peepholes).contains(where: { $0 != 0 })
    {
      throw node.failure(
        .unsupportedOperator, "LSTM with peepholes (input `P`) is not supported",
        cure: "use an LSTM without them")
    }
    let directions = try layer.directions(initialCell: 6)
    return try results(of: .lstm(LSTM(directions: directions)), layer, operands)
  }

  /// GRU over the steps that the input has: all hidden states, and the last of each direction.
  mutating func translateGRU(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> [ONNXValue] {
    let layer = try RecurrentLayer(
      node, operands, opset: opset, gates: 3, activations: ["sigmoid", "tanh"],
      otherAttributes: ["linear_before_reset"])
    let linearBeforeReset = try layer.attributes.integer("linear_before_reset", default: 0) != 0
    let directions = try layer.directions(initialCell: nil)
    return try results(
      of: .gru(GRU(directions: directions, linearBeforeReset: linearBeforeReset)), layer, operands)
  }

  private mutating func results(
    of operation: Operation, _ layer: RecurrentLayer, _ operands: ONNXOperands
  ) throws(Diagnostic) -> [ONNXValue] {
    let node = layer.node
    let input = try operands.computed(0)
    guard let stepsFirst = TensorShape([layer.steps, 1, layer.inputCount]) else { throw node.emptyResult }
    let all = try append(node, operation, [try reshape(input, to: stepsFirst, node, ".steps")])
    let directions = layer.isReversed.count
    let hidden = layer.hiddenCount
    let shape =
      layer.isBatchFirst ? [1, layer.steps, directions, hidden] : [layer.steps, directions, 1, hidden]
    let states = try reshape(.computed(all), to: shape, node)
    guard node.outputs.count > 1, isRead(node.outputs[1]) else { return [states] }
    var last: [ComputedValue] = []
    for (direction, isReversed) in layer.isReversed.enumerated() {
      let slice = Slice(
        starts: [isReversed ? 0 : layer.steps - 1, direction, 0, 0], steps: [1, 1, 1, 1],
        counts: [1, 1, 1, hidden])
      last.append(try append(node, .slice(slice), [all], suffix: ".last_\(direction)"))
    }
    if last.count > 1 {
      let join = Concatenate(axis: 1, operandCount: last.count)
      last = [try append(node, .concatenate(join), last, suffix: ".last")]
    }
    let finalShape = layer.isBatchFirst ? [1, directions, hidden] : [directions, 1, hidden]
    return [states, try reshape(.computed(last[0]), to: finalShape, node)]
  }
}

/// What LSTM and GRU have in common.
private struct RecurrentLayer {
  let node: ONNXNode
  let attributes: ONNXAttributes
  let operands: ONNXOperands
  let gates: Int
  let steps: Int
  let inputCount: Int
  let hiddenCount: Int
  /// One a direction.
  let isReversed: [Bool]
  let isBatchFirst: Bool

  init(
    _ node: ONNXNode, _ operands: ONNXOperands, opset: Int, gates: Int, activations: [String],
    otherAttributes: [String]
  ) throws(Diagnostic) {
    let layout = opset < 14 ? [] : ["layout"]
    attributes = try ONNXAttributes(
      of: node, allowed: ["activations", "direction", "hidden_size"] + layout + otherAttributes)
    self.node = node
    self.operands = operands
    self.gates = gates
    let name = node.proto.opType
    let direction = try attributes.string("direction", default: "forward")
    let known = ["forward": [false], "reverse": [true], "bidirectional": [false, true]]
    guard let isReversed = known[direction] else {
      throw node.failure(
        .unsupportedAttribute, "attribute `direction` of \(name) is `\(printable(direction))`",
        cure: "supported are forward, reverse and bidirectional")
    }
    self.isReversed = isReversed
    let given = try attributes.strings("activations").map { $0.lowercased() }
    guard given.isEmpty || given == isReversed.flatMap({ _ in activations }) else {
      throw node.failure(
        .unsupportedAttribute, "attribute `activations` of \(name) is not supported",
        cure: "supported are the usual ones, \(activations.joined(separator: ", "))")
    }
    isBatchFirst = try attributes.integer("layout", default: 0) != 0
    let dimensions = try operands.computed(0).shape.dimensions
    guard dimensions.count == 3, dimensions[isBatchFirst ? 0 : 1] == 1 else {
      throw node.failure(
        .shapeMismatch,
        "\(name) of an operand of shape \(dimensions), which is not a sequence with a batch of 1",
        cure: "export the model with a batch of 1")
    }
    steps = dimensions[isBatchFirst ? 1 : 0]
    inputCount = dimensions[2]
    let recurrent = try operands.requiredConstant(2, "R").dimensions
    guard let hidden = recurrent.last, hidden >= 1,
      try attributes.integer("hidden_size", default: Int64(hidden)) == Int64(hidden)
    else {
      throw node.failure(
        .shapeMismatch, "\(name) with recurrent weights of shape \(recurrent) does not fit `hidden_size`",
        cure: "export the model again")
    }
    hiddenCount = hidden
    if let lengths = try operands.integers(4, "sequence_lens"), lengths != [Int64(steps)] {
      throw node.failure(
        .unsupportedOperator, "\(name) over \(lengths.prefix(4)) of \(steps) steps is not supported",
        cure: "cut the sequence to its length before the layer")
    }
  }

  /// The directions' weights.
  ///
  /// - Parameter initialCell: the input that holds the cells' first values; `nil` for a layer without cells.
  func directions(initialCell: Int?) throws(Diagnostic) -> [RecurrentDirection] {
    let rows = gates * hiddenCount
    let count = isReversed.count
    let state = isBatchFirst ? [1, count, hiddenCount] : [count, 1, hiddenCount]
    guard let weights = try values(1, "W", [count, rows, inputCount]),
      let recurrent = try values(2, "R", [count, rows, hiddenCount])
    else { throw node.missingInput }
    let bias = try values(3, "B", [count, 2 * rows])
    let hidden = try values(5, "initial_h", state)
    var cell: [Float]?
    if let initialCell { cell = try values(initialCell, "initial_c", state) }
    return isReversed.enumerated().map { direction, isReversed in
      func part(_ values: [Float]) -> [Float] {
        let size = values.count / count
        return Array(values[direction * size..<(direction + 1) * size])
      }
      return RecurrentDirection(
        isReversed: isReversed, inputCount: inputCount, hiddenCount: hiddenCount, gateCount: gates,
        inputRows: part(weights), hiddenRows: part(recurrent), bias: bias.map(part),
        initialHidden: hidden.map(part), initialCell: cell.map(part))
    }
  }

  private func values(_ position: Int, _ role: String, _ dimensions: [Int]) throws(Diagnostic) -> [Float]? {
    guard let tensor = try operands.constant(position, role) else { return nil }
    guard tensor.dimensions == dimensions else {
      throw node.failure(
        .shapeMismatch,
        "input `\(role)` of \(node.proto.opType) has shape \(tensor.dimensions) instead of \(dimensions)",
        cure: "export the model again")
    }
    return try node.floats(of: tensor)
  }
}
