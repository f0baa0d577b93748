import ExactArithmetic
import NetworkIR
import SafetyVerification
import TestSupport
import Testing
import VNNLIB

/// Searches that split neurons, with chosen slopes and multipliers: what a climber finds is never denied, and what takes
/// splits is proved with few boxes.
struct NeuronSplitTests {
  private let inputs = 20

  private func subject(_ random: inout SplitMix64, slope: Float) throws -> Network {
    let sizes = [inputs, 16, 12, 1]
    var nodes: [(NetworkIR.Operation, [Int])] = []
    for (index, (from, to)) in zip(sizes, sizes.dropFirst()).enumerated() {
      let weights = (0..<from * to).map { _ in Float.random(in: -1...1, using: &random) }
      let bias = (0..<to).map { _ in Float.random(in: -0.5...0.5, using: &random) }
      nodes.append(
        (.affine(Affine(inputCount: from, outputCount: to, weights: weights, bias: bias)), [nodes.count]))
      if index < sizes.count - 2 {
        nodes.append((slope == 0 ? .relu : .leakyRelu(LeakyRelu(slope: slope)), [nodes.count]))
      }
    }
    return try network([inputs], nodes)
  }

  /// The least output that coordinate descent over the box's corners comes to.
  private func descended(_ network: Network, _ random: inout SplitMix64) -> (input: [Float], value: Float) {
    var best = (input: [Float](), value: Float.infinity)
    for _ in 0..<8 {
      var input = (0..<inputs).map { _ in Bool.random(using: &random) ? 1 : -1 as Float }
      var value = network.evaluate(input)[0]
      var isBetter = true
      while isBetter {
        isBetter = false
        for index in 0..<inputs {
          input[index].negate()
          let other = network.evaluate(input)[0]
          if other < value { (value, isBetter) = (other, true) } else { input[index].negate() }
        }
      }
      if value < best.value { best = (input, value) }
    }
    return best
  }

  private func unsafe(atMost threshold: Float) -> UnsafeSet {
    var assertions: [Formula] = [
      .comparison(Comparison([.output(0): .one], constant: -Rational(threshold)))
    ]
    for input in 0..<inputs {
      assertions.append(.comparison(Comparison([.input(input): .one], constant: Rational(-1))))
      assertions.append(.comparison(Comparison([.input(input): Rational(-1)], constant: Rational(-1))))
    }
    return UnsafeSet(inputCount: inputs, outputCount: 1, assertions: assertions)
  }

  @Test(arguments: [0, 0.1, -0.5, 1.5] as [Float])
  func whatIsFoundIsNeverDenied(slope: Float) throws {
    var random = SplitMix64(seed: 113)
    var proofs = 0
    for _ in 0..<sampleCount(5, full: 200) {
      let network = try subject(&random, slope: slope)
      let (input, value) = descended(network, &random)
      let exact = try network.evaluateExactly(input.map { Rational($0) })[0]
      for margin in [0, 1e-6, 0.02, 0.2, 0.8, 2] as [Float] {
        let threshold = value - margin * max(1, abs(value))
        let result = try prove(unsafe(atMost: threshold), of: network, ProverOptions(boxes: 60))
        if result.float.holds {
          proofs += 1
          #expect(value > threshold)
        }
        if result.real.holds { #expect(exact > Rational(threshold)) }
      }
    }
    #expect(proofs > 2, "\(proofs)")
  }
}
