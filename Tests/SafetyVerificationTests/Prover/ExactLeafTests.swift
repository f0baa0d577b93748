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
    let width = 700
    var bias = [Float](repeating: -2, count: width)
    (bias[0], bias[1]) = (-0.5, 0.25)
    var weights = [Float](repeating: 0, count: width)
    (weights[0], weights[1]) = (1, 2)
    return try network(
      [1],
      [
        (
          .affine(
            Affine(
              inputCount: 1, outputCount: width, weights: [Float](repeating: 1, count: width), bias: bias)),
          [0]
        ), (.relu, [1]),
        (.affine(Affine(inputCount: width, outputCount: 1, weights: weights, bias: [0])), [2]),
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
