/// The weights of a recurrent layer for one direction in which it runs over its steps.
public struct RecurrentDirection: Sendable {
  /// Whether it runs from the last step to the first.
  public let isReversed: Bool
  public let inputCount: Int
  public let hiddenCount: Int
  /// The weight from input k to row j lies at `k * rows + j`; the rows are those of the first gate, then of
  /// the second and so on, `hiddenCount` each.
  let inputWeights: [Float]
  /// The same from the hidden state.
  let hiddenWeights: [Float]
  /// One number a row: what is added to the products with the input.
  let inputBias: [Float]
  /// What is added to the products with the hidden state.
  let hiddenBias: [Float]
  let initialHidden: [Float]
  /// Empty for a layer without cells.
  let initialCell: [Float]

  /// The weights as ONNX lists them.
  ///
  /// - Parameters:
  ///   - inputRows: W of this direction: for each row, gate after gate, a weight for each input.
  ///   - hiddenRows: R of this direction: for each row a weight for each hidden element.
  ///   - bias: B of this direction: first what belongs to W, then what belongs to R; `nil` for zeros.
  ///   - initialHidden: `nil` for zeros.
  ///   - initialCell: `nil` for zeros; not read by a layer without cells.
  /// - Requires: the counts agree with each other.
  public init(
    isReversed: Bool, inputCount: Int, hiddenCount: Int, gateCount: Int, inputRows: [Float],
    hiddenRows: [Float], bias: [Float]? = nil, initialHidden: [Float]? = nil, initialCell: [Float]? = nil
  ) {
    let rows = gateCount * hiddenCount
    let zeros = [Float](repeating: 0, count: hiddenCount)
    let bias = bias ?? [Float](repeating: 0, count: 2 * rows)
    precondition(inputCount >= 1 && hiddenCount >= 1 && gateCount >= 1, "a recurrent layer is not empty")
    precondition(inputRows.count == rows * inputCount, "a weight for each row and input")
    precondition(hiddenRows.count == rows * hiddenCount, "a weight for each row and hidden element")
    precondition(bias.count == 2 * rows, "two biases a row")
    self.isReversed = isReversed
    self.inputCount = inputCount
    self.hiddenCount = hiddenCount
    inputWeights = transposed(inputRows, rows: rows)
    hiddenWeights = transposed(hiddenRows, rows: rows)
    inputBias = Array(bias.prefix(rows))
    hiddenBias = Array(bias.suffix(rows))
    self.initialHidden = initialHidden ?? zeros
    self.initialCell = initialCell ?? zeros
    precondition(
      self.initialHidden.count == hiddenCount && self.initialCell.count == hiddenCount,
      "a number for each hidden element")
  }

  var rowCount: Int { inputBias.count }

  /// The sum of both biases, rounded, for these rows.
  func bias(_ rows: Range<Int>) -> [Float] { rows.map { inputBias[$0] + hiddenBias[$0] } }

  var constants: [[Float]] {
    [inputWeights, hiddenWeights, inputBias, hiddenBias, initialHidden, initialCell]
  }

  /// Sums that start with `bias`, one for each of `rows`: for each part in turn plus the products of its values with
  /// the rows' columns of its weights, in the order of the values.
  func sums(
    _ bias: [Float], _ rows: Range<Int>, _ parts: [(weights: [Float], values: [Float])],
    _ semantics: FloatSemantics
  ) -> [Float] {
    switch semantics {
    case .contractOff: sums(bias, rows, parts, SeparateSum.self)
    case .fma: sums(bias, rows, parts, FusedSum.self)
    case .binary64Sums: sums(bias, rows, parts, WideSum.self)
    }
  }

  private func sums<Sum: ProductSum>(
    _ bias: [Float], _ rows: Range<Int>, _ parts: [(weights: [Float], values: [Float])], _: Sum.Type
  ) -> [Float] {
    var sums = bias.map { Sum($0) }
    for (weights, values) in parts {
      for (k, value) in values.enumerated() {
        let start = k * rowCount + rows.lowerBound
        for j in sums.indices { sums[j].add(weights[start + j], value) }
      }
    }
    return sums.map(\.rounded)
  }

  /// The columns `rows` of `weights`, input-major.
  func columns(_ rows: Range<Int>, of weights: [Float]) -> [Float] {
    stride(from: 0, to: weights.count, by: rowCount).flatMap {
      weights[$0 + rows.lowerBound..<$0 + rows.upperBound]
    }
  }
}

private func transposed(_ values: [Float], rows: Int) -> [Float] {
  let columns = values.count / rows
  return (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } }
}

/// The shape rule of recurrent layers: [steps, 1, inputs] to [steps, directions, 1, hidden elements].
func recurrentShape(
  of operand: TensorShape, _ directions: [RecurrentDirection]
) throws(ShapeViolation) -> TensorShape {
  let (inputs, hidden) = (directions[0].inputCount, directions[0].hiddenCount)
  guard operand.dimensions.count == 3, operand.dimensions[1] == 1, operand.dimensions[2] == inputs,
    let shape = TensorShape([operand.dimensions[0], directions.count, 1, hidden])
  else {
    throw ShapeViolation(
      "reads steps of shape [1, \(inputs)], but its operand has shape \(operand)")
  }
  return shape
}

extension [RecurrentDirection] {
  /// The result's elements: `run` makes a direction's from the order of its steps, a row of hidden elements a
  /// step.
  func results(
    steps: Int, _ run: (RecurrentDirection, [Int]) -> [[Float]]
  ) -> [Float] {
    let rows = map { direction in
      let order = Array<Int>(direction.isReversed ? (0..<steps).reversed() : Array<Int>(0..<steps))
      let hidden = run(direction, order)
      return direction.isReversed ? hidden.reversed() : hidden
    }
    return (0..<steps).flatMap { step in rows.flatMap { $0[step] } }
  }
}
