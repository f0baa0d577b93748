import Foundation
import NetworkIR
import TestSupport
import Testing

// LSTM and GRU against the equations of the ONNX specification in binary64, from weights as ONNX lists them.

private struct Weights {
  let (inputs, hidden, gates): (Int, Int, Int)
  let w: [Float]
  let r: [Float]
  let b: [Float]
  let h0: [Float]
  let c0: [Float]

  init(inputs: Int, hidden: Int, gates: Int, _ generator: inout SplitMix64) {
    (self.inputs, self.hidden, self.gates) = (inputs, hidden, gates)
    func random(_ count: Int) -> [Float] { (0..<count).map { _ in .random(in: -1...1, using: &generator) } }
    w = random(gates * hidden * inputs)
    r = random(gates * hidden * hidden)
    b = random(2 * gates * hidden)
    h0 = random(hidden)
    c0 = random(hidden)
  }

  func direction(isReversed: Bool) -> RecurrentDirection {
    RecurrentDirection(
      isReversed: isReversed, inputCount: inputs, hiddenCount: hidden, gateCount: gates, inputRows: w,
      hiddenRows: r, bias: b, initialHidden: h0, initialCell: c0)
  }

  /// Row `gate`, `j` of X W^T + Wb, and of H R^T + Rb.
  func input(_ gate: Int, _ j: Int, _ x: [Double]) -> Double {
    let row = gate * hidden + j
    return x.indices.reduce(Double(b[row])) { $0 + x[$1] * Double(w[row * inputs + $1]) }
  }
  func recurrent(_ gate: Int, _ j: Int, _ h: [Double]) -> Double {
    let row = gate * hidden + j
    return h.indices.reduce(Double(b[gates * hidden + row])) { $0 + h[$1] * Double(r[row * hidden + $1]) }
  }
}

private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

private func lstmStep(_ weights: Weights, _ x: [Double], _ h: [Double], _ c: [Double]) -> ([Double], [Double])
{
  func gate(_ g: Int, _ j: Int) -> Double { weights.input(g, j, x) + weights.recurrent(g, j, h) }
  let cells = h.indices.map {
    sigmoid(gate(2, $0)) * c[$0] + sigmoid(gate(0, $0)) * tanh(gate(3, $0))
  }
  return (h.indices.map { sigmoid(gate(1, $0)) * tanh(cells[$0]) }, cells)
}

private func gruStep(_ weights: Weights, _ x: [Double], _ h: [Double], linearBeforeReset: Bool) -> [Double] {
  let reset = h.indices.map { sigmoid(weights.input(1, $0, x) + weights.recurrent(1, $0, h)) }
  return h.indices.map { j in
    let update = sigmoid(weights.input(0, j, x) + weights.recurrent(0, j, h))
    let recurrent =
      linearBeforeReset
      ? reset[j] * weights.recurrent(2, j, h)
      : weights.recurrent(2, j, zip(reset, h).map { $0 * $1 })
    return (1 - update) * tanh(weights.input(2, j, x) + recurrent) + update * h[j]
  }
}

@Test(arguments: 0..<24) func recurrentLayersFollowONNX(seed: UInt64) throws {
  var generator = SplitMix64(seed: seed)
  let (steps, inputs, hidden) = (
    Int.random(in: 1...5, using: &generator), Int.random(in: 1...6, using: &generator),
    Int.random(in: 2...19, using: &generator)
  )
  let isLSTM = seed % 3 == 0
  let linear = seed % 3 == 1
  let reversals = [[false], [true], [false, true]][Int(seed) % 4 % 3]
  let weights = reversals.map { _ in
    Weights(inputs: inputs, hidden: hidden, gates: isLSTM ? 4 : 3, &generator)
  }
  let directions = zip(weights, reversals).map { $0.direction(isReversed: $1) }
  let operation: NetworkIR.Operation =
    isLSTM
    ? .lstm(LSTM(directions: directions)) : .gru(GRU(directions: directions, linearBeforeReset: linear))
  let made = try network(
    shape(steps, 1, inputs),
    [node("r", operation, reading: 0, shape: shape(steps, reversals.count, 1, hidden))])
  let input = (0..<steps * inputs).map { _ in Float.random(in: -2...2, using: &generator) }
  let results = FloatSemantics.allCases.map { made.rounding(as: $0).evaluate(input) }
  for (number, isReversed) in reversals.enumerated() {
    var (h, c) = (weights[number].h0.map(Double.init), weights[number].c0.map(Double.init))
    for round in 0..<steps {
      let step = isReversed ? steps - 1 - round : round
      let x = input[step * inputs..<(step + 1) * inputs].map(Double.init)
      if isLSTM {
        (h, c) = lstmStep(weights[number], x, h, c)
      } else {
        h = gruStep(weights[number], x, h, linearBeforeReset: linear)
      }
      let start = (step * reversals.count + number) * hidden
      for scores in results {
        for j in 0..<hidden { #expect(abs(Double(scores[start + j]) - h[j]) < 3e-6) }
      }
    }
  }
}
