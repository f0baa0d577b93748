import ExactArithmetic
import NetworkIR
import SafetyVerification
import TestSupport
import Testing
import VNNLIB

/// Searches that split neurons, with chosen slopes and multipliers: what a climber finds is never denied.
struct NeuronSplitTests {
  private let inputs = 20

  private func subject(_ random: inout SplitMix64, slope: Float) throws -> Network {
    try network(
      [inputs, 16, 12, 1], activation: slope == 0 ? .relu : .leakyRelu(LeakyRelu(slope: slope)), &random)
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
    unsafeSet(inputs, [.comparison(Comparison([.output(0): .one], constant: -Rational(threshold)))])
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
