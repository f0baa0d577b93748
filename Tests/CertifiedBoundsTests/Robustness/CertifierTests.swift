import CertifiedBounds
import ExactArithmetic
import NetworkIR
import TestSupport
import Testing

/// Certificates of networks: none of a decision that another point of the ball changes.
@Suite struct CertifierTests {
  private func certifier(
    _ network: Network, radius: Rational, places: Int = 1, centers: [Rational]? = nil,
    scales: [Rational]? = nil
  ) throws -> RobustnessCertifier {
    let bound = try LipschitzBound(of: network, inputScales: scales)
    let count = network.inputCount
    return RobustnessCertifier(
      network,
      InputNormalization(
        centers: centers ?? [Rational](repeating: .zero, count: count),
        scales: scales ?? [Rational](repeating: .one, count: count)),
      heads: [
        RobustnessHead(
          KeptDecision(
            places: places, groups: nil, tieOrder: Array(0..<network.outputCount), prefersLowest: false),
          radius: radius, pairwise: bound.pairwise)
      ])
  }

  private func affine(_ inputs: Int, _ outputs: Int, _ weights: [Float], _ bias: [Float])
    -> NetworkIR.Operation
  {
    .affine(Affine(inputCount: inputs, outputCount: outputs, weights: weights, bias: bias))
  }

  /// y_0 = x and y_1 = 1: they are equal at 1.
  private func step(_ operations: [(NetworkIR.Operation, [Int])]) throws -> Network {
    try network([1], operations + [(affine(1, 2, [1, 0], [0, 1]), [operations.count])])
  }

  @Test func theBoundIsReachedAndNotPassed() throws {
    let network = try step([])
    for (x, expected) in [(Float(1.5), true), (1.0625, false), (1, false), (0.5, true)] {
      let verdict = try certifier(network, radius: Rational(1, over: 4)).verdicts(at: [x])[0]
      #expect(verdict.isCertified == expected, "\(x)")
      #expect(verdict.choice == (x >= 1 ? 0 : 1))
      #expect(
        verdict.radius <= Double((x - 1).magnitude) && verdict.radius >= Double((x - 1).magnitude) - 1e-12)
    }
  }

  /// Batch normalisation with gamma 100 is a factor of 100, not one.
  @Test func batchNormalizationCounts() throws {
    let gamma = ElementwiseWithConstant(.multiply, constant: Tensor(try shape(1), [100]), on: .left)
    let network = try step([(.elementwiseWithConstant(gamma), [0])])
    let verdict = try certifier(network, radius: Rational(1, over: 10)).verdicts(at: [0.05])[0]
    #expect(verdict.choice == 0 && !verdict.isCertified && verdict.radius <= 0.0401)
  }

  @Test func aNegativeSlopeCounts() throws {
    let network = try step([(.leakyRelu(LeakyRelu(slope: -2)), [0])])
    let verdict = try certifier(network, radius: Rational(3, over: 10)).verdicts(at: [-0.7])[0]
    #expect(verdict.choice == 0 && !verdict.isCertified && verdict.radius <= 0.2 + 1e-7)
  }

  /// Weights of 1e-12 are small, not zero.
  @Test func smallWeightsCount() throws {
    let network = try network([1], [(affine(1, 2, [1e-12, 0], [0, 1e-12]), [0])])
    let verdict = try certifier(network, radius: Rational(2)).verdicts(at: [2])[0]
    #expect(verdict.choice == 0 && !verdict.isCertified)
    #expect(try certifier(network, radius: Rational(9, over: 10)).verdicts(at: [2])[0].isCertified)
  }

  /// Equal scores but for the last bits: the sums in binary64 can't tell, rationals can.
  @Test func aTieIsDecidedExactly() throws {
    let weights: [Float] = [0.1, 0.3, 0.2, 0.2, 0.3, 0.1]
    let network = try network([3], [(affine(3, 2, weights, [0, 0]), [0])])
    let verdict = try certifier(network, radius: Rational(1, over: 1000)).verdicts(at: [1, 1, 1])[0]
    #expect(verdict.choice == 0 && !verdict.isCertified && verdict.radius == 0)
    let other = try certifier(network, radius: Rational(1, over: 1000)).verdicts(at: [1, 1, 1.0000001])[0]
    #expect(other.choice == 0 && !other.isCertified && other.radius > 0)
  }

  @Test func physicalUnitsScaleTheFirstLayer() throws {
    let scales = [Rational(1, over: 3), Rational(-7), Rational(1, over: 100)]
    let weights: [Float] = [1, 2, -1, 0.5, 3, 0]
    let dense = try network([3], [(affine(3, 2, weights, [0, 0]), [0]), (.relu, [1])])
    let scaled = try network(
      [3],
      [
        (
          .elementwiseWithConstant(
            ElementwiseWithConstant(.multiply, constant: Tensor(try shape(3), [1 / 3, -7, 0.01]), on: .left)),
          [0]
        ), (affine(3, 2, weights, [0, 0]), [1]), (.relu, [2]),
      ])
    let folded = try LipschitzBound(of: dense, inputScales: scales)
    let largest = try LipschitzBound(of: scaled)
    // The norm of W diag(s), computed by hand from its 2 x 2 Gram matrix.
    let rows = [[1.0 / 3, 7.0, 0.03], [2.0 / 3, -3.5, 0]]
    let (a, b, c) = (
      rows[0].reduce(0) { $0 + $1 * $1 }, zip(rows[0], rows[1]).reduce(0) { $0 + $1.0 * $1.1 },
      rows[1].reduce(0) { $0 + $1 * $1 }
    )
    let norm = ((a + c + ((a - c) * (a - c) + 4 * b * b).squareRoot()) / 2).squareRoot()
    #expect(folded.output.value >= norm * (1 - 1e-15) && folded.output.value <= norm * (1 + 1e-8))
    #expect(largest.output.value >= folded.output.value)
    // One factor for all inputs is one factor of the bound.
    let plain = try LipschitzBound(of: dense)
    let even = try LipschitzBound(
      of: dense, inputScales: [Rational](repeating: Rational(-1, over: 4), count: 3))
    #expect(
      even.output.value >= plain.output.value / 4 && even.output.value <= plain.output.value / 4 * (1 + 1e-15)
    )
  }

  /// Random networks with overlapping pools, padding, residual sums and MinMax, in physical units: no point of the ball
  /// that was tried, in random directions and up against the runner-up, has another decision.
  @Test func noPointOfACertifiedBallHasAnotherDecision() throws {
    var generator = SplitMix64(seed: 5)
    var certified = 0
    for _ in 0..<sampleCount(60, full: 2_000) {
      let network = try rationalNetwork(&generator)
      let count = network.inputCount
      let scales = (0..<count).map { _ in Rational(Int.random(in: 1...9, using: &generator), over: 7) }
      let centers = (0..<count).map { _ in Rational(Int.random(in: -3...3, using: &generator), over: 10) }
      let point = (0..<count).map { _ in Float(normal(&generator)) }
      let probe = try certifier(network, radius: .one, centers: centers, scales: scales).verdicts(at: point)[
        0]
      guard probe.radius > 0, probe.radius.isFinite else { continue }
      let radius = Rational(probe.radius) * Rational(999, over: 1000)
      let places = Int.random(in: 1...2, using: &generator)
      let subject = try certifier(network, radius: radius, places: places, centers: centers, scales: scales)
      #expect(try subject.verdicts(at: point)[0].isCertified)
      certified += 1
      func scores(_ x: [Rational]) throws -> [Rational] {
        try network.evaluateExactly(zip(x, zip(centers, scales)).map { ($0 - $1.0) * $1.1 })
      }
      let start = point.map { Rational($0) }
      let choice = probe.choice
      var directions = (0..<10).map { _ in (0..<count).map { _ in normal(&generator) } }
      // Against each margin's gradient, by differences.
      let atStart = try scores(start)
      var steps: [[Rational]] = []
      for k in 0..<count {
        var moved = start
        moved[k] = moved[k] + Rational(1, over: 1 << 20)
        steps.append(try scores(moved))
      }
      for other in 0..<network.outputCount where other != choice {
        directions.append(
          steps.map {
            -(($0[choice] - atStart[choice] - $0[other] + atStart[other]).nearestDouble ?? 0) * 1e6
          })
      }
      for direction in directions {
        let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot() * (1 + 1e-12)
        let moved = try scores(zip(start, direction).map { $0 + radius * Rational($1 / length) })
        #expect(moved.indices.allSatisfy { $0 == choice || moved[$0] < moved[choice] })
      }
    }
    #expect(certified > 30)
  }
}
