import ExactArithmetic
import NetworkIR
import SafetyVerification
import SpecificationLanguage
import TestSupport
import Testing

/// Verdicts on generated networks against all their activation regions in rationals.
@Suite struct ProjectionLawTests {
  /// A network of two inputs, its centre, and how far the exact decision boundary is away.
  private struct Case {
    let network: SmallNetwork
    let point: [Float]
    let norm: Norm
    let space: NormSpace
    let oracle: PolygonOracle

    init(seed: UInt64) throws {
      var generator = SplitMix64(seed: seed)
      func number(_ size: Float) -> Float {
        (Float.random(in: -size...size, using: &generator) * 64).rounded() / 64
      }
      let depth = Int.random(in: 0...3, using: &generator)
      var widths = [2] + (0..<depth).map { _ in Int.random(in: 1...(12 / max(depth, 2)), using: &generator) }
      widths.append(Int.random(in: 2...4, using: &generator))
      let layers = (1..<widths.count).map { position in
        SmallNetwork.Layer(
          weights: (0..<widths[position]).map { _ in (0..<widths[position - 1]).map { _ in number(2) } },
          bias: (0..<widths[position]).map { _ in number(1) })
      }
      let domains = [
        "-2 .. 2", "-1 .. 0.5", "0 .. 3 normalize (x - 1) / 2", "-1 .. 1 normalize x * 3",
        "0 .. 255 normalize (128 - x) / 100",
      ]
      let first = domains[Int.random(in: 0..<5, using: &generator)]
      let second = domains[Int.random(in: 0..<5, using: &generator)]
      network = try SmallNetwork(
        layers, domains: [first, second], better: Bool.random(using: &generator) ? "highest" : "lowest",
        FloatSemantics.allCases[Int.random(in: 0..<3, using: &generator)])
      norm = Bool.random(using: &generator) ? .l2 : .lInfinity
      let space: NormSpace = Bool.random(using: &generator) ? .physical : .normalized
      self.space = space
      let inputs = network.interface.inputs
      // Often on the domain's border, as a dark pixel is.
      point = inputs.map {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: $0.lowest
        case 1: $0.highest
        default: Float.random(in: $0.lowest...$0.highest, using: &generator)
        }
      }
      func measured(_ k: Int, _ x: Float) -> Rational {
        let normalization = inputs[k].normalization
        return space == .physical ? Rational(x) : (Rational(x) - normalization.center) * normalization.scale
      }
      let planes = inputs.enumerated().map { k, input -> PolygonOracle.Plane in
        let scale = space == .physical ? input.normalization.scale : .one
        let shift = space == .physical ? -input.normalization.center * scale : .zero
        return PolygonOracle.Plane(a: k == 0 ? scale : .zero, b: k == 1 ? scale : .zero, c: shift)
      }
      oracle = PolygonOracle(
        network, inputs: planes, center: (measured(0, point[0]), measured(1, point[1])),
        corners: (
          (measured(0, inputs[0].lowest), measured(1, inputs[1].lowest)),
          (measured(0, inputs[0].highest), measured(1, inputs[1].highest))
        ), norm: norm)
    }

    /// The distance, rounded to binary64.
    var distance: Double? {
      guard let nearest = oracle.nearest?.nearestDouble else { return nil }
      return norm == .l2 ? nearest.squareRoot() : nearest
    }

    /// Whether the witness is what it has to be, by an evaluation and a distance of our own.
    func expectWitness(_ input: NearbyInput, within radius: Rational, _ choice: Int, seed: UInt64) {
      #expect(network.choice(at: input.values) == input.choice && input.choice != choice, "\(seed)")
      let differences = network.interface.inputs.indices.map { k -> Rational in
        let scalar = network.interface.inputs[k]
        #expect(scalar.lowest <= input.values[k] && input.values[k] <= scalar.highest, "\(seed)")
        let difference = Rational(input.values[k]) - Rational(point[k])
        return space == .physical ? difference : difference * scalar.normalization.scale
      }
      switch norm {
      case .l2:
        #expect(differences.reduce(.zero) { $0 + $1 * $1 } <= radius * radius, "\(seed)")
      case .lInfinity: #expect(differences.allSatisfy { $0.magnitude <= radius }, "\(seed)")
      }
    }
  }

  /// At a thousandth less than the exact distance every decision is robust, at a thousandth more none is; nothing is
  /// left unknown but where the scores are closer than their rounding.
  @Test(arguments: 0..<20 as Range<UInt64>) func verdictsAgreeWithEnumeration(block: UInt64) throws {
    var unknown = 0
    var decided = 0
    for seed in block * 100..<block * 100 + 100 {
      let example = try Case(seed: seed)
      // Where the real scores tie or nearly do, rounding chooses.
      guard example.network.choice(at: example.point) == example.oracle.choice else { continue }
      let distance = example.distance ?? 4
      if distance < 1e-3 { continue }
      for (factor, isRobust) in [(0.5, true), (1 - 1e-3, true), (1 + 1e-3, false), (1.5, false)] {
        let radius = Rational(distance * factor)
        let verdict = try example.network.verdict(example.norm, radius, at: example.point, example.space)
        #expect(verdict.choice == example.oracle.choice)
        let expected = example.distance == nil || isRobust
        switch verdict.outcome {
        case .robust: #expect(expected, "\(seed) \(factor)")
        case .notRobust(let input):
          #expect(!expected, "\(seed) \(factor)")
          example.expectWitness(input, within: radius, verdict.choice, seed: seed)
        case .unknown(let reason):
          #expect(reason == .precision, "\(seed) \(factor)")
          unknown += 1
        case .outsideDomain: Issue.record("\(seed)")
        }
        decided += 1
      }
    }
    #expect(decided > 200)
    #expect(unknown * 50 <= decided, "\(unknown) of \(decided)")
  }

  /// Linear bounds alone are never wrong, and decide most of what is well off the boundary.
  @Test(arguments: 0..<5 as Range<UInt64>) func linearBoundsAgreeWithEnumeration(block: UInt64) throws {
    var unknown = 0
    var decided = 0
    for seed in 20000 + block * 100..<20100 + block * 100 {
      let example = try Case(seed: seed)
      guard example.network.choice(at: example.point) == example.oracle.choice else { continue }
      let distance = example.distance ?? 4
      if distance < 1e-3 { continue }
      for factor in [0.1, 0.5, 1 - 1e-3, 1 + 1e-3, 1.5] {
        let radius = Rational(distance * factor)
        let verdict = try example.network.verdict(
          example.norm, radius, at: example.point, example.space, by: .linear)
        let expected = example.distance == nil || factor < 1
        switch verdict.outcome {
        case .robust: #expect(expected, "\(seed) \(factor)")
        case .notRobust(let input):
          #expect(!expected, "\(seed) \(factor)")
          example.expectWitness(input, within: radius, verdict.choice, seed: seed)
        case .unknown(let reason):
          #expect(reason == .bounds, "\(seed) \(factor)")
          unknown += factor < 0.2 ? 1 : 0
        case .outsideDomain: Issue.record("\(seed)")
        }
        #expect(verdict.cellCount == 0)
        decided += factor < 0.2 ? 1 : 0
      }
    }
    #expect(decided > 50)
    #expect(unknown * 10 <= decided, "\(unknown) of \(decided)")
  }

  /// The certified radius is below the exact distance, by a few thousandths at most.
  @Test(arguments: 0..<4 as Range<UInt64>) func lowerBoundsAgreeWithEnumeration(block: UInt64) throws {
    var loose = 0
    for seed in 5000 + block * 50..<5050 + block * 50 {
      let example = try Case(seed: seed)
      guard example.network.choice(at: example.point) == example.oracle.choice else { continue }
      let distance = example.distance ?? .infinity
      if distance < 1e-3 { continue }
      let limit = 8.0
      let certifier = try example.network.certifier(example.norm, Rational(limit), example.space)
      let result = certifier.certifiedRadius(at: example.point, limits: BallLimits(seconds: 60))
      #expect(result.radius <= distance * (1 + 1e-12), "\(seed)")
      loose += result.radius < min(distance, limit) * 0.997 ? 1 : 0
      if let nearest = result.nearest {
        #expect(nearest.distance >= distance * (1 - 1e-5), "\(seed)")
        example.expectWitness(nearest, within: Rational(nearest.distance), result.verdict.choice, seed: seed)
      }
    }
    #expect(loose <= 1)
  }

  /// Networks with weights of very different sizes, whose sums cancel, in 1 to 8 dimensions: what is called robust does not
  /// change at any of many inputs of the ball, as the program computes them.
  @Test(arguments: 0..<8 as Range<UInt64>) func robustMeansThatNoFloatFlips(block: UInt64) throws {
    var robust = 0
    var flips = 0
    for seed in 9000 + block * 60..<9060 + block * 60 {
      var generator = SplitMix64(seed: seed)
      func number() -> Float {
        let size = Float(sign: .plus, exponent: Int.random(in: -12...12, using: &generator), significand: 1)
        return Float.random(in: -size...size, using: &generator)
      }
      let inputs = Int.random(in: 1...8, using: &generator)
      var widths =
        [inputs]
        + (0..<Int.random(in: 1...3, using: &generator)).map { _ in
          Int.random(in: 1...10, using: &generator)
        }
      widths.append(Int.random(in: 2...4, using: &generator))
      let layers = (1..<widths.count).map { position in
        SmallNetwork.Layer(
          weights: (0..<widths[position]).map { _ in (0..<widths[position - 1]).map { _ in number() } },
          bias: (0..<widths[position]).map { _ in number() })
      }
      let network = try SmallNetwork(
        layers, domains: [String](repeating: "-1 .. 1", count: inputs),
        FloatSemantics.allCases[Int.random(in: 0..<3, using: &generator)])
      let point = (0..<inputs).map { _ in Float.random(in: -1...1, using: &generator) }
      let choice = network.choice(at: point)
      let norm: Norm = Bool.random(using: &generator) ? .l2 : .lInfinity
      let radius = Float(sign: .plus, exponent: Int.random(in: -16...0, using: &generator), significand: 1)
      let verdict = try network.verdict(norm, Rational(radius), at: point)
      guard case .robust = verdict.outcome else { continue }
      robust += 1
      for _ in 0..<400 {
        var step = (0..<inputs).map { _ in Float.random(in: -1...1, using: &generator) }
        if Bool.random(using: &generator) { step = step.map { $0 < 0 ? -1 : 1 } }
        let length = step.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let factor = norm == .lInfinity ? radius : radius / length * 0.999
        let other = zip(point, step).map { min(1, max(-1, $0 + $1 * factor)) }
        let isInside =
          norm == .l2
          || zip(point, other).allSatisfy { (Rational($0) - Rational($1)).magnitude <= Rational(radius) }
        if isInside, network.choice(at: other) != choice { flips += 1 }
      }
    }
    #expect(flips == 0)
    #expect(robust > 15, "\(robust)")
  }
}
