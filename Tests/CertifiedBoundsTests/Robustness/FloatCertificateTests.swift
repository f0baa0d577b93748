import CertifiedBounds
import ExactArithmetic
import NetworkIR
import TestSupport
import Testing

/// Certificates of the float program: none of a decision that the program changes at another point of ball and domain, nor
/// one that differs from the real network's by rounding.
@Suite struct FloatCertificateTests {
  /// A network with float semantics, and its head over the box [-reach, reach]^n.
  private func head(
    _ network: Network, radius: Rational, places: Int = 1, reach: Float = 1
  ) throws -> StaticHead {
    let bound = try LipschitzBound(of: network)
    let input = ValueBound(
      magnitude: UpperBound(Double(reach)) * UpperBound(network.inputCount).squareRoot(), error: .zero)
    let execution = try ExecutionBound(of: network, layers: bound.layers, input: input)
    return StaticHead(
      KeptDecision(
        places: places, groups: nil, tieOrder: Array(0..<network.outputCount), prefersLowest: false),
      radius: radius, pairwise: bound.pairwise, executionErrors: execution.pairwise,
      scoreMagnitudes: execution.scoreMagnitudes)
  }

  private func affine(_ inputs: Int, _ outputs: Int, _ weights: [Float], _ bias: [Float])
    -> NetworkIR.Operation
  {
    .affine(Affine(inputCount: inputs, outputCount: outputs, weights: weights, bias: bias))
  }

  /// Certified with a radius below the distance to another decision, and not with one above it, which a constant that
  /// misses a factor would certify.
  private func expectReached(
    _ network: Network, at point: [Float], distance: Double, choice: Int = 0
  ) throws {
    for semantics in FloatSemantics.allCases {
      let program = network.rounding(as: semantics)
      let scores = program.evaluate(point)
      let below = try head(program, radius: Rational(distance * 0.99)).verdict(scores)
      #expect(below.isCertified && below.choice == choice && below.radius <= distance, "\(semantics)")
      #expect(below.radius > distance * 0.98)
      #expect(try !head(program, radius: Rational(distance * 1.01)).verdict(scores).isCertified)
    }
  }

  /// Batch normalisation with gamma 100: y_0 = 100 x, y_1 = 1.
  @Test func batchNormalizationCounts() throws {
    let gamma = ElementwiseWithConstant(.multiply, constant: Tensor(try shape(1), [100]), on: .left)
    let network = try network(
      [1], [(.elementwiseWithConstant(gamma), [0]), (affine(1, 2, [1, 0], [0, 1]), [1])])
    try expectReached(network, at: [0.05], distance: 0.04)
  }

  /// y_0 = leaky(x) = -2 x below 0, y_1 = 1.
  @Test func aNegativeSlopeCounts() throws {
    let network = try network(
      [1], [(.leakyRelu(LeakyRelu(slope: -2)), [0]), (affine(1, 2, [1, 0], [0, 1]), [1])])
    try expectReached(network, at: [-0.75], distance: 0.25)
  }

  @Test func smallWeightsCount() throws {
    let network = try network([1], [(affine(1, 2, [1e-12, 0], [0, 0.5e-12]), [0])])
    try expectReached(network, at: [0.75], distance: 0.25)
  }

  /// All three windows of 3 see the middle pixel: y_0 = 3 x, y_1 = 1.2.
  @Test func overlappingMaximaCount() throws {
    let pooling = Pooling(
      kind: .maximum, kernel: [3], strides: [1], dilations: [1], padsBefore: [1], padsAfter: [1])
    let network = try network(
      [1, 3, 1],
      [
        (.pooling(pooling), [0]), (.reshape(Reshape(to: try shape(1, 3))), [1]),
        (affine(3, 2, [1, 0, 1, 0, 1, 0], [0, 1.2]), [2]),
      ])
    try expectReached(network, at: [0, 0.5, 0], distance: 0.1)
  }

  /// Both windows average both pixels, not three: y_0 = x_0 + x_1, y_1 = 0.8.
  @Test func excludedPaddingCounts() throws {
    let pooling = Pooling(
      kind: .average(countsPadding: false), kernel: [3], strides: [1], dilations: [1], padsBefore: [1],
      padsAfter: [1])
    let network = try network(
      [1, 2, 1],
      [
        (.pooling(pooling), [0]), (.reshape(Reshape(to: try shape(1, 2))), [1]),
        (affine(2, 2, [1, 0, 1, 0], [0, 0.8]), [2]),
      ])
    try expectReached(network, at: [0.5, 0.5], distance: 0.2 / 2.0.squareRoot())
  }

  /// Biases of 1e6 that cancel: sums round to 1/16 in binary32. Where that turns the decision, nothing is certified, and
  /// where something is certified the decision is the real one. The bounds without the biases are a thousand times smaller.
  @Test func largeOppositeBiases() throws {
    let layers = try network(
      [3],
      [
        (affine(3, 3, [0.1, 0.7, 0.3, 0.2, 0.9, 0.6, 0.4, 0.8, 0.5], [1e6, 1e6, -1e6]), [0]),
        (affine(3, 2, [0.3, -0.3, -0.3, 0.3, 0.7, 0.7], [7e5, 7e5]), [1]),
      ])
    var generator = SplitMix64(seed: 31)
    for semantics in FloatSemantics.allCases {
      let program = layers.rounding(as: semantics)
      let head = try head(program, radius: Rational(1, over: 1 << 30), reach: 10)
      #expect(head.thresholds[1] > 0.1)
      var (certified, turned) = (0, 0)
      for index in 0..<2000 {
        let reach: Float = index % 2 == 0 ? 10 : 0.3
        let point = (0..<3).map { _ in Float.random(in: -reach...reach, using: &generator) }
        let exact = try program.evaluateExactly(point.map { Rational($0) })
        let verdict = head.verdict(program.evaluate(point))
        let isRight = exact[verdict.choice] > exact[1 - verdict.choice]
        #expect(isRight || !verdict.isCertified)
        certified += verdict.isCertified ? 1 : 0
        turned += isRight ? 0 : 1
      }
      #expect(certified > 200 && turned > 5, "\(semantics): \(certified) certified, \(turned) turned")
    }
  }

  /// Points of the ball and the domain in random directions, and against each margin: on the sphere, just inside it, and
  /// at the point's neighbours.
  @Test func noFloatOfACertifiedBallHasAnotherDecision() throws {
    var generator = SplitMix64(seed: 37)
    var certified = 0
    for index in 0..<sampleCount(120, full: 3_000) {
      let plain = try index % 2 == 0 ? randomNetwork(&generator) : rationalNetwork(&generator)
      let program = plain.rounding(as: FloatSemantics.allCases[index % 3])
      let count = program.inputCount
      let reach: Float = 2
      let point = (0..<count).map { _ in Float.random(in: -reach...reach, using: &generator) }
      let scores = program.evaluate(point)
      let places = Int.random(in: 1...2, using: &generator)
      let probe = try head(program, radius: .one, places: places, reach: reach).verdict(scores)
      guard probe.radius > 0 else { continue }
      let radius = Rational(probe.radius) * Rational(999, over: 1000)
      let verdict = try head(program, radius: radius, places: places, reach: reach).verdict(scores)
      #expect(verdict.isCertified && verdict.radius >= probe.radius)
      certified += 1
      let kept = keptSets(scores, places)
      for direction in directions(program, point, verdict.choice, &generator) {
        for share in [1, 0.999, 0.5, 1e-6] {
          let moved = moved(point, direction, radius: probe.radius * share, reach: reach)
          let distance = zip(moved, point).reduce(Rational.zero) { sum, pair in
            let difference = Rational(pair.0) - Rational(pair.1)
            return sum + difference * difference
          }
          guard distance <= radius * radius else { continue }
          let others = keptSets(program.evaluate(moved), places)
          #expect(zip(kept, others).contains { $0 == $1 })
        }
      }
    }
    #expect(certified > 60)
  }

  /// The sets of the best output, of the two best, ...
  private func keptSets(_ scores: [Float], _ places: Int) -> [Set<Int>] {
    let ranking = scores.indices.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
    return (1...places).map { Set(ranking[..<$0]) }
  }

  private func directions(
    _ program: Network, _ point: [Float], _ choice: Int, _ generator: inout SplitMix64
  ) -> [[Double]] {
    let count = point.count
    let start = program.evaluate(point).map { Double($0) }
    let steps = point.indices.map { index in
      var moved = point
      moved[index] += 0x1p-10
      return program.evaluate(moved).map { Double($0) }
    }
    let random = (0..<8).map { _ in (0..<count).map { _ in normal(&generator) } }
    let descents = start.indices.filter { $0 != choice }.map { other in
      steps.map { start[choice] - $0[choice] - start[other] + $0[other] }
    }
    return (random + descents).map { direction in
      let length = max(direction.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-300)
      return direction.map { $0 / length }
    }
  }

  private func moved(_ point: [Float], _ direction: [Double], radius: Double, reach: Float) -> [Float] {
    zip(point, direction).map { x, d in
      let step = Double(x) + radius * d
      // Towards the point, so that rounding leaves the ball seldom.
      let rounded = Float(step)
      let inward =
        abs(Double(rounded) - Double(x)) > abs(step - Double(x))
        ? (d > 0 ? rounded.nextDown : rounded.nextUp) : rounded
      return min(max(inward, -reach), reach)
    }
  }
}
