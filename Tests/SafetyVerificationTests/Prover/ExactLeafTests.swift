import ExactArithmetic
import NetworkIR
import SafetyVerification
import TestSupport
import Testing
import VNNLIB

/// What bounds can't close, since it is met exactly, on networks that are not small.
struct ExactLeafTests {
  /// y = relu(x - 1/2) + 2 relu(x + 1/4), in a network of more than 2,000 parameters.
  private func subject() throws -> Network {
    let width = 50
    func affine(_ inputs: Int, _ outputs: Int, _ weights: [(Int, Int, Float)], _ bias: [Float])
      -> NetworkIR.Operation
    {
      var all = [Float](repeating: 0, count: inputs * outputs)
      for (input, output, weight) in weights { all[input * outputs + output] = weight }
      return .affine(Affine(inputCount: inputs, outputCount: outputs, weights: all, bias: bias))
    }
    var first = [Float](repeating: -1, count: width)
    (first[0], first[1]) = (-0.5, 0.25)
    let second = [Float](repeating: 0, count: width)
    return try network(
      [1],
      [
        (affine(1, width, [(0, 0, 1), (0, 1, 1)], first), [0]), (.relu, [1]),
        (affine(width, width, [(0, 0, 1), (1, 1, 1)], second), [2]), (.relu, [3]),
        (affine(width, 1, [(0, 0, 1), (1, 0, 2)], [0]), [4]),
      ])
  }

  private func set(_ output: Comparison) -> UnsafeSet {
    UnsafeSet(
      inputCount: 1, outputCount: 1,
      assertions: [
        .comparison(Comparison([.input(0): .one], constant: Rational(-1))),
        .comparison(Comparison([.input(0): Rational(-1)], constant: Rational(-1))), .comparison(output),
      ])
  }

  @Test func whatIsMetExactlyIsDecidedOverTheReals() throws {
    let network = try subject()
    #expect(network.parameterCount >= 2_000)
    // y < 0 has no input, y <= 0 many, y <= -1/2^40 none again.
    let below = try prove(
      set(Comparison([.output(0): .one], constant: .zero, isStrict: true)), of: network,
      ProverOptions(boxes: 4_000))
    #expect(below.real.holds)
    let met = try prove(
      set(Comparison([.output(0): .one], constant: .zero)), of: network, ProverOptions(boxes: 4_000))
    guard case .violated = met.real else {
      Issue.record("\(met.real)")
      return
    }
    let apart = try prove(
      set(Comparison([.output(0): .one], constant: Rational(powerOfTwo: -40))), of: network,
      ProverOptions(boxes: 4_000))
    #expect(apart.real.holds)
  }
}
