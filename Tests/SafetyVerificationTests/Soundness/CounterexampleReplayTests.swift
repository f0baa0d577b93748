import Diagnostics
import ExactArithmetic
import SafetyVerification
import SpecificationLanguage
import TestSupport
import Testing
import VNNLIB

/// y = max(x - 1/2, 0) - 1/4 over [0, 1], unsafe where y >= 0.
private let ramp = TinyNetwork(
  inputs: 1,
  layers: [
    TinyNetwork.Layer(weights: [[.one]], bias: [Rational(-1, over: 2)], activation: .relu),
    TinyNetwork.Layer(weights: [[.one]], bias: [Rational(-1, over: 4)]),
  ])

@Test func replaySaysWhatAnInputDoes() throws {
  let network = try ramp.network()
  let unsafe = LinearRow([.zero, Rational(-1)], constant: .zero)
  let replay = CounterexampleReplay(network, lower: [.zero], upper: [.one], rows: [unsafe])
  let touching = replay([0.75])
  #expect(touching.scores == [0] && touching.realScores == [.zero])
  #expect(touching.isInside && touching.violatesReal == true && touching.violatesFloat)
  let below = replay([Float(0.75).nextDown])
  #expect(below.isInside && below.violatesReal == false && !below.violatesFloat)
  let outside = replay([Float(1).nextUp])
  #expect(!outside.isInside && outside.violatesReal == true && outside.violatesFloat)
  // A strict row is not satisfied where it touches.
  let strict = LinearRow(unsafe.coefficients, constant: .zero, isStrict: true)
  let other = CounterexampleReplay(network, lower: [.zero], upper: [.one], rows: [strict])([0.75])
  #expect(other.violatesReal == false && !other.violatesFloat)
}

@Test func replayTellsRealsFromFloats() throws {
  // In floats 2^26 + x - 2^26 is 0 for x in [0, 1].
  let network = try TinyNetwork(
    inputs: 1,
    layers: [
      TinyNetwork.Layer(weights: [[.one]], bias: [Rational(powerOfTwo: 26)], activation: .relu),
      TinyNetwork.Layer(weights: [[.one]], bias: [-Rational(powerOfTwo: 26)]),
    ]
  ).network()
  let above = LinearRow([.zero, Rational(-1)], constant: Rational(1, over: 2))
  let real = CounterexampleReplay(network, lower: [.zero], upper: [.one], rows: [above])([0.75])
  #expect(real.violatesReal == true && !real.violatesFloat && real.scores == [0])
  let below = LinearRow([.zero, .one], constant: .zero)
  let float = CounterexampleReplay(network, lower: [.zero], upper: [.one], rows: [below])([0.75])
  #expect(float.violatesReal == false && float.violatesFloat)
}

/// The row is about physical inputs; the program rounds (x - 1/10) * 3, the real network does not.
@Test func replayOfPhysicalInputsRoundsTheNormalisation() throws {
  let normalization = Normalization(center: Rational(1, over: 10), scale: Rational(3))
  let network = try TinyNetwork(
    inputs: 1, layers: [TinyNetwork.Layer(weights: [[.one]], bias: [.zero])]
  ).network()
  let row = LinearRow([Rational(-1), .one], constant: .zero)
  let replay = CounterexampleReplay(
    network, normalizations: [normalization], lower: [.zero], upper: [.one], rows: [row])
  let x: Float = 0.7
  let replayed = replay([x])
  #expect(replayed.scores == [(x - 0.1) * 3])
  #expect(replayed.realScores == [(Rational(x) - Rational(1, over: 10)) * Rational(3)])
  #expect(replayed.violatesReal == false && !replayed.violatesFloat)
  #expect(replay([0.125]).violatesReal == true && replay([0.125]).violatesFloat)
}

/// Real witnesses of tiny networks: what is found near them violates, by the oracle's evaluation too.
@Test func floatsNearRealWitnessesViolate() throws {
  var found = 0
  var witnesses = 0
  for seed in 0..<200 as Range<UInt64> {
    let tiny = TinyQuestion(seed: seed)
    let network = try tiny.network.network()
    let unsafe = try parseVNNLIB(SourceFile(name: "tiny", utf8: Array(tiny.text.utf8)))
    for question in unsafe.questions(network) {
      guard case .feasible(let witness) = question.decide(within: ExactBudget(systems: 10_000)) else {
        continue
      }
      witnesses += 1
      let replay = CounterexampleReplay(
        network, lower: question.lower, upper: question.upper, rows: question.rows)
      guard let near = replay.nearbyViolation(of: witness) else { continue }
      found += 1
      let input = near.input.map { Rational($0) }
      #expect(near.realScores == tiny.network.evaluate(input))
      #expect(near.scores == network.evaluate(near.input))
      let values = input + near.scores.map { Rational($0) }
      #expect(question.rows.allSatisfy { $0.holds(at: values) }, "seed \(seed)")
      for (x, bounds) in zip(input, zip(tiny.lower, tiny.upper)) { #expect(bounds.0 <= x && x <= bounds.1) }
    }
  }
  // Touching sets may have no float.
  #expect(found * 10 > witnesses * 8)
}

@Test func aBoxWithoutFloatsHasNoNearbyViolation() throws {
  let third = Rational(1, over: 3)
  let replay = CounterexampleReplay(try ramp.network(), lower: [third], upper: [third], rows: [])
  #expect(replay.nearbyViolation(of: [third]) == nil)
}
