import ExactArithmetic
import TestSupport

/// A generated network with a generated set of unsafe inputs and outputs, as text and for the oracle.
struct TinyQuestion {
  let network: TinyNetwork
  /// The box of all inputs; what the assertions say besides is within it.
  let lower: [Rational]
  let upper: [Rational]
  /// All of them hold of unsafe pairs.
  let assertions: [TinyQuery]

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let inputs = Int.random(in: 1...3, using: &random)
    network = TinyNetwork(inputs: inputs, &random)
    lower = (0..<inputs).map { _ in Rational(Int.random(in: -6...4, using: &random), over: 4) }
    // One input in five has no width.
    upper = lower.map { bound in
      bound
        + (Int.random(in: 0..<5, using: &random) == 0
          ? .zero : Rational(Int.random(in: 1...8, using: &random), over: 4))
    }
    var generator = QueryMaker(
      network: network, lower: lower, upper: upper, random: SplitMix64(seed: random.next()))
    assertions = generator.assertions()
  }

  var text: String {
    let inputs = network.inputCount
    let declarations =
      (0..<inputs).map { "(declare-const X_\($0) Real)\n" }
      + (0..<network.outputCount).map { "(declare-const Y_\($0) Real)\n" }
    return (declarations + assertions.map { "(assert \($0.text(inputs: inputs)))\n" }).joined()
  }

  /// Whether the network has an unsafe pair over the reals.
  var isViolated: Bool {
    RegionEnumeration(network: network, lower: lower, upper: upper)
      .isSatisfiable(TinyQuery.all(assertions).conjunctions())
  }
}

private struct QueryMaker {
  let network: TinyNetwork
  let lower: [Rational]
  let upper: [Rational]
  var random: SplitMix64

  private var variables: Int { network.inputCount + network.outputCount }

  mutating func assertions() -> [TinyQuery] {
    var result = (0..<network.inputCount).flatMap {
      [bound(input: $0, lower[$0], isUpper: false), bound(input: $0, upper[$0], isUpper: true)]
    }
    if chance(3) { result.append(inputDisjunction()) }
    if chance(5) { result.append(inputAtom()) }
    let first = outputFormula()
    result.append(first)
    // `or` after an assertion about outputs, with and without inputs in it.
    if chance(3) {
      result.append(
        .any(
          (0..<Int.random(in: 1...3, using: &random)).map { _ in
            .all(chance(2) ? [inputAtom(), outputAtom()] : [outputAtom(), outputAtom()])
          }))
    }
    // The box need not come first.
    if chance(4) { result.shuffle(using: &random) }
    return result
  }

  private mutating func outputFormula() -> TinyQuery {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return .any([outputAtom(), outputAtom()])
    case 1: return .all([outputAtom(), .any([outputAtom(), outputAtom()])])
    case 2: return .not(.all([outputAtom(), outputAtom()]))
    case 3: return .any([.all([outputAtom(), outputAtom()]), outputAtom()])
    default: return outputAtom()
    }
  }

  /// Two or three boxes within the box; some touch.
  private mutating func inputDisjunction() -> TinyQuery {
    .any(
      (0..<Int.random(in: 2...3, using: &random)).map { _ in
        let input = Int.random(in: 0..<network.inputCount, using: &random)
        let points = [point(input), point(input)].sorted()
        return .all([
          bound(input: input, points[0], isUpper: false), bound(input: input, points[1], isUpper: true),
        ])
      })
  }

  private mutating func inputAtom() -> TinyQuery {
    var a = [Rational](repeating: .zero, count: variables)
    for input in 0..<network.inputCount { a[input] = Rational(Int.random(in: -2...2, using: &random)) }
    if a.allSatisfy({ $0.signum == 0 }) { a[0] = .one }
    return through(a)
  }

  /// A comparison of outputs, sometimes with an input, that often touches what the network reaches.
  private mutating func outputAtom() -> TinyQuery {
    var a = [Rational](repeating: .zero, count: variables)
    let outputs = (network.inputCount..<variables).shuffled(using: &random)
    a[outputs[0]] = Rational(chance(2) ? 1 : -1)
    if outputs.count > 1, chance(2) { a[outputs[1]] = -a[outputs[0]] }
    if chance(8) { a[0] = .one }
    // a y >= its exact maximum over the box touches, > fails.
    if network.inputCount < 3, a[0].signum == 0, chance(2) {
      let oracle = RegionEnumeration(network: network, lower: lower, upper: upper)
      if let maximum = oracle.maximum(of: Array(a.dropFirst(network.inputCount))) {
        return .atom(a.map { -$0 }, maximum, chance(2) ? .below : .atMost)
      }
    }
    return through(a)
  }

  /// `a` compared with its value at some point of the box.
  private mutating func through(_ a: [Rational]) -> TinyQuery {
    let input = (0..<network.inputCount).map { point($0) }
    let values = input + network.evaluate(input)
    let shift = chance(2) ? Rational.zero : Rational(Int.random(in: -4...4, using: &random), over: 4)
    let constant = shift - zip(a, values).reduce(.zero) { $0 + $1.0 * $1.1 }
    return .atom(a, constant, chance(8) ? .equal : chance(2) ? .below : .atMost)
  }

  private func bound(input: Int, _ value: Rational, isUpper: Bool) -> TinyQuery {
    var a = [Rational](repeating: .zero, count: variables)
    a[input] = isUpper ? .one : Rational(-1)
    return .atom(a, isUpper ? -value : value, .atMost)
  }

  /// A corner or an eighth of the input's interval.
  private mutating func point(_ input: Int) -> Rational {
    lower[input] + (upper[input] - lower[input])
      * Rational([0, 0, 8, 8, 4, 3, 5][Int.random(in: 0..<7, using: &random)], over: 8)
  }

  private mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }
}
