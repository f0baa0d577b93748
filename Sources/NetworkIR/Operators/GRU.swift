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
/// b that from the hidden bias over the hidden elements. These sums from a bias on, the last sum and a + r * b round
/// as ``FloatSemantics`` says; all else is one rounded operation or ``Sigmoid`` and ``Tanh``. With
/// ``FloatSemantics/binary64Sums`` a sum from a bias on (its two biases are added in binary32) is a binary64 number
/// until its last product, then rounded to binary32; the last sum and a + r * b are sums of binary32 numbers.
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
        let input = Array(inputs[step * direction.inputCount..<(step + 1) * direction.inputCount])
        let gateRows = 0..<2 * count
        let gates = direction.sums(
          direction.bias(gateRows), gateRows,
          [(direction.inputWeights, input), (direction.hiddenWeights, hidden)], semantics
        ).map { Sigmoid().evaluate($0) }
        let candidates = candidates(direction, input, hidden, Array(gates[count...]), semantics)
        for j in 0..<count {
          hidden[j] = semantics.accumulate((1 - gates[j]) * candidates[j], gates[j], hidden[j])
        }
        return hidden
      }
    }
  }

  private func candidates(
    _ direction: RecurrentDirection, _ input: [Float], _ hidden: [Float], _ reset: [Float],
    _ semantics: FloatSemantics
  ) -> [Float] {
    let rows = 2 * direction.hiddenCount..<3 * direction.hiddenCount
    let fromInput = (weights: direction.inputWeights, values: input)
    var sums: [Float]
    if linearBeforeReset {
      sums = direction.sums(Array(direction.inputBias[rows]), rows, [fromInput], semantics)
      let recurrent = direction.sums(
        Array(direction.hiddenBias[rows]), rows, [(direction.hiddenWeights, hidden)], semantics)
      for j in sums.indices { sums[j] = semantics.accumulate(sums[j], reset[j], recurrent[j]) }
    } else {
      let kept = zip(reset, hidden).map { $0 * $1 }
      sums = direction.sums(
        direction.bias(rows), rows, [fromInput, (direction.hiddenWeights, kept)], semantics)
    }
    return sums.map { Tanh().evaluate($0) }
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    throw .irrational
  }
}
