import ExactArithmetic

/// Long short-term memory over a fixed number of steps, as ONNX defines it without peepholes: the hidden
/// elements after each step, for each direction.
///
/// At each step, with the gates in ONNX's order i, o, f, c:
/// ```
/// row    = (input bias + hidden bias), then + weight * input in order, then + weight * hidden in order
/// cell   = sigmoid(f) * cell + sigmoid(i) * tanh(c)
/// hidden = sigmoid(o) * tanh(cell)
/// ```
/// The rows and the last sum of a cell round as ``FloatSemantics`` says (`sigmoid(f) * cell` is rounded, then
/// the second product is accumulated); all else is one rounded operation or ``Sigmoid`` and ``Tanh``. With
/// ``FloatSemantics/binary64Sums`` a row is a binary64 number from its bias (two binary32 numbers, whose sum is rounded
/// to binary32) to its last product, then rounded to binary32; cells are binary32 numbers throughout.
public struct LSTM: KernelOperator {
  public let directions: [RecurrentDirection]

  static let gateCount = 4

  /// - Requires: at least one direction, all of equal counts and with four gates.
  public init(directions: [RecurrentDirection]) {
    precondition(!directions.isEmpty, "a recurrent layer has a direction")
    precondition(
      directions.allSatisfy {
        $0.rowCount == LSTM.gateCount * directions[0].hiddenCount
          && $0.inputCount == directions[0].inputCount
      }, "directions have equal counts")
    self.directions = directions
  }

  public var text: String { "lstm" }
  public var constants: [[Float]] { directions.flatMap(\.constants) }

  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    try recurrentShape(of: operands[0], directions)
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    let inputs = operands[0].elements
    let steps = operands[0].shape.dimensions[0]
    return directions.results(steps: steps) { direction, order in
      let count = direction.hiddenCount
      let all = 0..<direction.rowCount
      var hidden = direction.initialHidden
      var cell = direction.initialCell
      return order.map { step in
        let input = Array(inputs[step * direction.inputCount..<(step + 1) * direction.inputCount])
        let rows = direction.sums(
          direction.bias(all), all, [(direction.inputWeights, input), (direction.hiddenWeights, hidden)],
          semantics)
        for j in 0..<count {
          let inputGate = Sigmoid().evaluate(rows[j])
          let outputGate = Sigmoid().evaluate(rows[count + j])
          let forgetGate = Sigmoid().evaluate(rows[2 * count + j])
          let candidate = Tanh().evaluate(rows[3 * count + j])
          cell[j] = semantics.accumulate(forgetGate * cell[j], inputGate, candidate)
          hidden[j] = outputGate * Tanh().evaluate(cell[j])
        }
        return hidden
      }
    }
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    throw .irrational
  }
}
