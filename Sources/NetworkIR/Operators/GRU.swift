import ExactArithmetic

/// A gated recurrent unit over a fixed number of steps, as ONNX defines it: the hidden elements after each
/// step, for each direction.
///
/// At each step, with the gates in ONNX's order z, r, h:
/// ```
/// z, r      = sigmoid((input bias + hidden bias), then + weight * input in order, then + weight * hidden)
/// candidate = tanh((input bias + hidden bias), then + weight * input, then + weight * (r * hidden))
/// hidden    = (1 - z) * candidate + z * hidden
/// ```
/// With `linearBeforeReset` the candidate is tanh(a + r * b), a the sum from the input bias over the inputs,
/// b that from the hidden bias over the hidden elements. Sums of a product, the last sum and a + r * b round
/// as ``FloatSemantics`` says; all else is one rounded operation or ``Sigmoid`` and ``Tanh``.
public struct GRU: KernelOperator {
  public let directions: [RecurrentDirection]
  public let linearBeforeReset: Bool

  static let gateCount = 3

  /// - Requires: at least one direction, all of equal counts and with three gates.
  public init(directions: [RecurrentDirection], linearBeforeReset: Bool) {
    precondition(!directions.isEmpty, "a recurrent layer has a direction")
    precondition(
      directions.allSatisfy {
        $0.rowCount == GRU.gateCount * directions[0].hiddenCount
          && $0.inputCount == directions[0].inputCount
      }, "directions have equal counts")
    self.directions = directions
    self.linearBeforeReset = linearBeforeReset
  }

  public var text: String { "gru" }
  public var constants: [[Float]] { directions.flatMap(\.constants) }

  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    try recurrentShape(of: operands[0], directions)
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    let inputs = operands[0].elements
    let steps = operands[0].shape.dimensions[0]
    return directions.results(steps: steps) { direction, order in
      let count = direction.hiddenCount
      var hidden = direction.initialHidden
      return order.map { step in
        let input = inputs[step * direction.inputCount..<(step + 1) * direction.inputCount]
        let gateRows = 0..<2 * count
        var gates = direction.accumulate(
          direction.bias(gateRows), direction.inputWeights, gateRows, input, semantics)
        gates = direction.accumulate(gates, direction.hiddenWeights, gateRows, hidden, semantics)
          .map { Sigmoid().evaluate($0) }
        let candidates = candidates(direction, input, hidden, Array(gates[count...]), semantics)
        for j in 0..<count {
          hidden[j] = semantics.accumulate((1 - gates[j]) * candidates[j], gates[j], hidden[j])
        }
        return hidden
      }
    }
  }

  private func candidates(
    _ direction: RecurrentDirection, _ input: ArraySlice<Float>, _ hidden: [Float], _ reset: [Float],
    _ semantics: FloatSemantics
  ) -> [Float] {
    let rows = 2 * direction.hiddenCount..<3 * direction.hiddenCount
    let bias = linearBeforeReset ? Array(direction.inputBias[rows]) : direction.bias(rows)
    var sums = direction.accumulate(bias, direction.inputWeights, rows, input, semantics)
    if linearBeforeReset {
      let recurrent = direction.accumulate(
        Array(direction.hiddenBias[rows]), direction.hiddenWeights, rows, hidden, semantics)
      for j in sums.indices { sums[j] = semantics.accumulate(sums[j], reset[j], recurrent[j]) }
    } else {
      let kept = zip(reset, hidden).map { $0 * $1 }
      sums = direction.accumulate(sums, direction.hiddenWeights, rows, kept, semantics)
    }
    return sums.map { Tanh().evaluate($0) }
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    throw .irrational
  }
}
