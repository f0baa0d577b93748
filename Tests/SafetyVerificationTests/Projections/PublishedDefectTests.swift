import ExactArithmetic
import NetworkIR
import SafetyVerification
import SpecificationLanguage
import TestSupport
import Testing

/// A test for each defect that was measured in the published implementation of fast geometric projections
/// (`projections/README.md` of the shared data).
@Suite struct PublishedDefectTests {
  private typealias Layer = SmallNetwork.Layer

  /// The scores 0 and `weights` . x + `bias`, after ReLUs that change nothing in the domains.
  private func plane(_ weights: [Float], _ bias: Float, domains: [String]) throws -> SmallNetwork {
    let width = weights.count
    let shift = Layer(
      weights: (0..<width).map { i in (0..<width).map { $0 == i ? 1 : 0 } },
      bias: [Float](repeating: 8, count: width))
    let scores = Layer(
      weights: [[Float](repeating: 0, count: width), weights], bias: [0, bias - 8 * weights.reduce(0, +)])
    return try SmallNetwork([shift, scores], domains: domains)
  }

  @Test func lowerBoundModeGivesARadius() throws {
    let network = try plane([1, 0.5], -1, domains: ["-4 .. 4", "-4 .. 4"])
    let certifier = try network.certifier(.l2, Rational(3))
    let result = certifier.certifiedRadius(at: [0, 0], limits: BallLimits(seconds: 60))
    let exact = 1 / (1.25).squareRoot()
    #expect(result.radius <= exact && result.radius >= exact * 0.998)
    let nearest = try #require(result.nearest)
    #expect(nearest.distance >= exact * (1 - 1e-6) && nearest.distance <= exact * 1.01)
    #expect(network.choice(at: nearest.values) == 1 && network.choice(at: [0, 0]) == 0)
  }

  /// The Euclidean projection is (2/3, 1/3, 1/3), outside the ball; the corner of the ball is a counterexample.
  @Test func maximumNormProjectsInTheMaximumNorm() throws {
    let network = try plane([1, 0.5, 0.5], -1, domains: ["-4 .. 4", "-4 .. 4", "-4 .. 4"])
    let radius = Rational(51, over: 100)
    let verdict = try network.verdict(.lInfinity, radius, at: [0, 0, 0])
    guard case .notRobust(let input) = verdict.outcome else {
      Issue.record("\(verdict)")
      return
    }
    #expect(input.values.allSatisfy { Rational($0).magnitude <= radius })
    #expect(network.choice(at: input.values) == 1)
    #expect(isRobust(try network.verdict(.lInfinity, Rational(49, over: 100), at: [0, 0, 0])))
  }

  /// Towards the boundary lies (0.8, -0.4), outside the domain; in the domain the nearest input is (1, 0).
  @Test func euclideanWitnessesFlipInsideTheDomain() throws {
    let network = try plane([1, -0.5], -1, domains: ["0 .. 1.25", "0 .. 1"])
    #expect(isRobust(try network.verdict(.l2, Rational(99, over: 100), at: [0, 0])))
    let verdict = try network.verdict(.l2, Rational(101, over: 100), at: [0, 0])
    guard case .notRobust(let input) = verdict.outcome else {
      Issue.record("\(verdict)")
      return
    }
    #expect(input.values[1] >= 0 && input.values[0] <= 1.25)
    #expect(network.choice(at: input.values) == 1)
    // Without the domain it is not robust at 0.9 already.
    let free = try plane([1, -0.5], -1, domains: ["-4 .. 4", "-4 .. 4"])
    #expect(!isRobust(try free.verdict(.l2, Rational(9, over: 10), at: [0, 0])))
  }

  /// Radii around the exact distance 1, closer than float32 or binary64 could tell without error terms: nothing below is
  /// called not robust with an input outside, nothing above robust.
  @Test(arguments: FloatSemantics.allCases) func distancesHaveMargins(semantics: FloatSemantics) throws {
    let layers = [Layer(weights: [[0.6, 0.8]], bias: [1]), Layer(weights: [[0], [1]], bias: [0, -2])]
    let network = try SmallNetwork(layers, domains: ["-4 .. 4", "-4 .. 4"], semantics)
    // 0.6 and 0.8 as binary32 numbers.
    let square = Rational(Float(0.6)) * Rational(Float(0.6)) + Rational(Float(0.8)) * Rational(Float(0.8))
    for exponent in 10...60 {
      for sign in [-1, 1] {
        let radius = Rational.one + Rational(sign) * Rational(powerOfTwo: -exponent)
        let reaches = radius * radius * square >= .one
        switch try network.verdict(.l2, radius, at: [0, 0]).outcome {
        case .robust: #expect(!reaches)
        case .notRobust(let input):
          let length =
            Rational(input.values[0]) * Rational(input.values[0])
            + Rational(input.values[1]) * Rational(input.values[1])
          #expect(length <= radius * radius && network.choice(at: input.values) == 1)
        case .unknown(let reason): #expect(reason == .precision && exponent > 18)
        case .outsideDomain: Issue.record("inside")
        }
      }
    }
  }

  /// A network whose sums cancel: the real lead is 1 everywhere, the program's is lost when 2^24 is added. Robust would
  /// be true of the real network only.
  @Test func roundingThatFlipsTheChoiceIsSeen() throws {
    let big = Float(0x1p24)
    let layers = [
      Layer(weights: [[1, 0], [0, 1]], bias: [big, 0]), Layer(weights: [[1, 0], [0, 0]], bias: [-big, 0]),
    ]
    for semantics in FloatSemantics.allCases {
      let network = try SmallNetwork(layers, domains: ["0 .. 4", "0 .. 1"], semantics)
      // 2^24 + 0.5 rounds to 2^24: the lead over the second output is lost.
      #expect(network.choice(at: [2, 0]) == 0)
      #expect(network.scores(at: [0.5, 0]) == [0, 0])
      let verdict = try network.verdict(.lInfinity, Rational(3, over: 2), at: [2, 0])
      #expect(!isRobust(verdict))
    }
    // What a float verifier misses: the second output wins by rounding alone.
    let dormant = [
      Layer(weights: [[1, 0]], bias: [big]), Layer(weights: [[1], [0]], bias: [-big, 0.25]),
    ]
    let network = try SmallNetwork(dormant, domains: ["0.5 .. 4", "0 .. 1"], .contractOff)
    #expect(network.choice(at: [3, 0]) == 0 && network.choice(at: [0.75, 0]) == 1)
    #expect(!isRobust(try network.verdict(.lInfinity, Rational(5, over: 2), at: [3, 0])))
  }

  /// Weights whose products overflow: distances that are not numbers prove nothing.
  @Test func whatIsNoNumberProvesNothing() throws {
    let huge = Float(3e38)
    let layers = [
      Layer(weights: [[huge], [-huge]], bias: [0, 0]),
      Layer(weights: [[huge, huge], [1, 1]], bias: [0, 0]),
      Layer(weights: [[1, 0], [0, 1]], bias: [0, 1]),
    ]
    let network = try SmallNetwork(layers, domains: ["-1 .. 1"])
    for point: [Float] in [[0], [0.5], [-1], [1e-38]] {
      for norm in [Norm.l2, .lInfinity] {
        guard case .unknown(.overflow) = try network.verdict(norm, Rational(1, over: 2), at: point).outcome
        else {
          Issue.record("\(point)")
          continue
        }
      }
    }
    // Norms of zero: neurons that read nothing.
    let dead = try SmallNetwork(
      [Layer(weights: [[0], [0]], bias: [0, -1]), Layer(weights: [[1, 1], [0, 0]], bias: [1, 0])],
      domains: ["-1 .. 1"])
    #expect(isRobust(try dead.verdict(.l2, Rational.one, at: [0])))
    let tie = try SmallNetwork(
      [Layer(weights: [[0]], bias: [0]), Layer(weights: [[1], [1]], bias: [1, 1])], domains: ["-1 .. 1"])
    #expect(!isRobust(try tie.verdict(.l2, Rational.one, at: [0])))
  }

  /// Neurons whose hyperplanes pass through the ball, beyond a face at which they turn away: 2^10 patterns by hyperplanes,
  /// two regions by faces.
  @Test func facesAreLookedAtNotHyperplanes() throws {
    let count = 10
    let offsets = (0..<count).map { Float($0) / 128 + 1.0625 }
    // p = relu(x - 1), q = x + 8; then relu(q - 8 - t - 100 p), which is 0 wherever x > 1.01, and for x <= 1.
    let layers = [
      Layer(weights: [[1, 0], [1, 0], [0, 1]], bias: [-1, 8, 8]),
      Layer(
        weights: [[0, 1, 0], [0, 0, 1]] + offsets.map { _ in [-100, 1, 0] },
        bias: [0, 0] + offsets.map { -8 - $0 }),
      Layer(
        weights: [[0, 0] + offsets.map { _ in Float(0) }, [1, 0] + offsets.map { _ in Float(1) }],
        bias: [0, -9.5]),
    ]
    let network = try SmallNetwork(layers, domains: ["-4 .. 4", "-4 .. 4"])
    for norm in [Norm.l2, .lInfinity] {
      let verdict = try network.verdict(norm, Rational(6, over: 5), at: [0, 0])
      #expect(isRobust(verdict))
      #expect(verdict.cellCount <= 4 * count, "\(verdict.cellCount) sets of regions")
    }
  }

  @Test func limitsMakeTheVerdictUnknown() throws {
    var generator = SplitMix64(seed: 3)
    let width = 24
    func random(_ rows: Int, _ columns: Int) -> Layer {
      Layer(
        weights: (0..<rows).map { _ in (0..<columns).map { _ in Float.random(in: -1...1, using: &generator) }
        },
        bias: (0..<rows).map { _ in Float.random(in: -0.5...0.5, using: &generator) })
    }
    let network = try SmallNetwork(
      [random(width, 12), random(width, width), random(width, width), random(3, width)],
      domains: [String](repeating: "-4 .. 4", count: 12))
    let point = [Float](repeating: 0.1, count: 12)
    let certifier = try network.certifier(.l2, .one)
    func reason(_ limits: BallLimits) -> UnknownReason? {
      guard case .unknown(let reason) = certifier.verdict(at: point, limits: limits).outcome else {
        return nil
      }
      return reason
    }
    // Either it is decided at once, or for the limit's reason.
    #expect([nil, .regions].contains(reason(BallLimits(seconds: 60, cells: 1))))
    #expect([nil, .time].contains(reason(BallLimits(seconds: 1e-9))))
  }

  private func isRobust(_ verdict: BallVerdict) -> Bool {
    if case .robust = verdict.outcome { true } else { false }
  }
}
