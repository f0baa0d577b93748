import ExactArithmetic
import NetworkIR
import SafetyVerification
import TestSupport

/// A network whose floats and reals tell different stories about the same unsafe set.
struct FoolingNetwork {
  let tiny: TinyNetwork
  let lower: [Rational]
  let upper: [Rational]
  /// About inputs, then outputs.
  let unsafe: HalfSpace
  /// An input of the box whose float scores are unsafe, where one is known.
  let violation: [Float]?

  /// Whether the real network is unsafe, by enumeration.
  var isViolated: Bool {
    RegionEnumeration(network: tiny, lower: lower, upper: upper).isSatisfiable([[unsafe]])
  }

  /// The question about the real network, or about all executions within `errors`.
  func question(errors: (Network, [Rational], [Rational]) -> [Int: [Rational]] = { _, _, _ in [:] }) throws
    -> ExactQuestion
  {
    let network = try tiny.network()
    return ExactQuestion(
      network, lower: lower, upper: upper,
      rows: [LinearRow(unsafe.a, constant: unsafe.b, isStrict: unsafe.isStrict)],
      errors: errors(network, lower, upper))
  }

  /// The same as text.
  var text: String {
    let inputs = lower.count
    let names = lower.indices.map { "X_\($0)" } + (0..<tiny.outputCount).map { "Y_\($0)" }
    func bound(_ input: Int, _ sign: Rational, _ bound: Rational) -> TinyQuery {
      .atom(names.indices.map { $0 == input ? sign : .zero }, -sign * bound, .atMost)
    }
    let box = lower.indices.flatMap { [bound($0, Rational(-1), lower[$0]), bound($0, .one, upper[$0])] }
    let queries = box + [.atom(unsafe.a, unsafe.b, unsafe.isStrict ? .below : .atMost)]
    return
      (names.map { "(declare-const \($0) Real)\n" } + queries.map { "(assert \($0.text(inputs: inputs)))\n" })
      .joined()
  }
}

extension FoolingNetwork {
  /// Neurons that cancel: `w + x - w` with a w so large that floats of either format lose x, made of two neurons that
  /// are always 1, in several layers so that no weight is as large as w (Zombori, Banhelyi, Csendes, Megyeri, Jelasity,
  /// "Fooling a complete neural network verifier", ICLR 2021).
  ///
  /// - Parameter hidesViolation: whether the real network is unsafe and floats are not; else it is the other way round.
  static func cancelling(seed: UInt64, hidesViolation: Bool) -> FoolingNetwork {
    var random = SplitMix64(seed: seed)
    let stages = Int.random(in: 1...4, using: &random)
    let power = Int.random(in: 56...100, using: &random)
    let one = Rational.one
    let large = Rational(powerOfTwo: (power + stages - 1) / stages)
    // x, and the number 1; then x, and w^(k/stages) twice.
    var layers = [
      TinyNetwork.Layer(weights: [[one], [.zero], [.zero]], bias: [.zero, one, one], activation: .relu)
    ]
    for _ in 0..<stages {
      layers.append(
        TinyNetwork.Layer(
          weights: [[one, .zero, .zero], [.zero, large, .zero], [.zero, .zero, large]],
          bias: [.zero, .zero, .zero], activation: .relu))
    }
    // w + x - w: floats add from the left, so x must not stand last.
    let orders = [[1, 0, 2], [0, 1, 2]]
    let order = orders.randomElement(using: &random) ?? orders[0]
    layers.append(
      TinyNetwork.Layer(
        weights: order.map { from in (0..<3).map { $0 == from ? one : .zero } },
        bias: [.zero, .zero, .zero], activation: .relu))
    let factors = order.map { [one, one, Rational(-1)][$0] }
    layers.append(TinyNetwork.Layer(weights: [factors], bias: [.zero], activation: .relu))
    let width = Rational(Int.random(in: 4...12, using: &random), over: 4)
    let middle = width / Rational(2)
    // x >= width / 2 is what reals see on [0, width]; floats see 0. On [width, 2 width] reals see no x <= width / 2.
    layers.append(TinyNetwork.Layer(weights: [[one]], bias: [.zero]))
    return FoolingNetwork(
      tiny: TinyNetwork(inputs: 1, layers: layers), lower: [hidesViolation ? .zero : width],
      upper: [hidesViolation ? width : width * Rational(2)],
      unsafe: hidesViolation
        ? HalfSpace(a: [.zero, Rational(-1)], b: middle) : HalfSpace(a: [.zero, one], b: -middle),
      violation: hidesViolation ? nil : [1.5 * (width.nearestFloat ?? 1)])
  }

  /// A random network with the smallest bound that its real output keeps, or one a little above, but that floats do not
  /// keep (Jia and Rinard, "Exploiting verified neural networks via floating point numerical error", SAS 2021, find such
  /// inputs for published verifiers). `nil` if no input is found that breaks it.
  static func exceeding(seed: UInt64) -> FoolingNetwork? {
    var random = SplitMix64(seed: seed)
    let tiny = randomNetwork(outputs: 1, &random)
    let (lower, upper) = randomBox(&random)
    let oracle = RegionEnumeration(network: tiny, lower: lower, upper: upper)
    guard let maximum = oracle.maximum(of: [.one]), let network = try? tiny.network(),
      let (input, score) = largestScore(network, lower, upper, &random), Rational(score) > maximum
    else { return nil }
    return FoolingNetwork(
      tiny: tiny, lower: lower, upper: upper,
      unsafe: HalfSpace(a: [.zero, .zero, Rational(-1)], b: Rational(score)),
      violation: input)
  }

  /// A dormant neuron: over the box its real argument is never above zero, but rounding lifts it above, and a large
  /// weight behind it makes that a large score. `nil` if no input is found that opens it.
  static func dormant(seed: UInt64) -> FoolingNetwork? {
    var random = SplitMix64(seed: seed)
    var tiny = randomNetwork(outputs: 1, &random)
    let (lower, upper) = randomBox(&random)
    let last = tiny.layers.count - 1
    guard
      let maximum = RegionEnumeration(network: tiny, lower: lower, upper: upper).maximum(of: [.one]),
      let bias = (tiny.layers[last].bias[0] - maximum).floatNotAbove
    else { return nil }
    tiny.layers[last].bias = [Rational(bias)]
    tiny.layers[last].activation = .relu
    let factor = Rational(powerOfTwo: 60)
    tiny.layers.append(TinyNetwork.Layer(weights: [[factor]], bias: [.zero]))
    guard let network = try? tiny.network(),
      let (input, score) = largestScore(network, lower, upper, &random), score > 0
    else { return nil }
    return FoolingNetwork(
      tiny: tiny, lower: lower, upper: upper,
      unsafe: HalfSpace(a: [.zero, .zero, Rational(-1)], b: Rational(score)),
      violation: input)
  }

  /// Two inputs and weights with all their bits.
  private static func randomNetwork(outputs: Int, _ random: inout SplitMix64) -> TinyNetwork {
    let widths = [2, Int.random(in: 2...5, using: &random), Int.random(in: 2...5, using: &random), outputs]
    let weight = { (random: inout SplitMix64) in Rational(Float.random(in: -1...1, using: &random)) }
    let layers = zip(widths, widths.dropFirst()).enumerated().map { index, widths in
      TinyNetwork.Layer(
        weights: (0..<widths.1).map { _ in (0..<widths.0).map { _ in weight(&random) } },
        bias: (0..<widths.1).map { _ in weight(&random) }, activation: index < 2 ? .relu : nil)
    }
    return TinyNetwork(inputs: 2, layers: layers)
  }

  private static func randomBox(_ random: inout SplitMix64) -> (lower: [Rational], upper: [Rational]) {
    let lower = (0..<2).map { _ in Float.random(in: -1...1, using: &random) }
    let upper = lower.map { $0 + Float.random(in: 0...0.5, using: &random) }
    return (lower.map { Rational($0) }, upper.map { Rational($0) })
  }

  /// Of corners, where the maxima mostly are, and of their neighbours within the box.
  private static func largestScore(
    _ network: Network, _ lower: [Rational], _ upper: [Rational], _ random: inout SplitMix64
  ) -> (input: [Float], score: Float)? {
    var best: (input: [Float], score: Float)?
    for sample in 0..<400 {
      let input = zip(lower, upper).enumerated().map { index, bounds in
        let (low, high) = (bounds.0.floatNotBelow ?? 0, bounds.1.floatNotAbove ?? 0)
        let steps = Float(sample < 4 ? 0 : Int.random(in: 0...20, using: &random))
        return sample >> index & 1 == 0 ? min(high, low + steps * low.ulp) : max(low, high - steps * high.ulp)
      }
      let score = network.evaluate(input)[0]
      if score > best?.score ?? -.infinity { best = (input, score) }
    }
    return best
  }
}
