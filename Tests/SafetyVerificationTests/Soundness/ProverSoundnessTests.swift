import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyVerification
import TestSupport
import Testing
import VNNLIB

private func unsafeSet(_ text: String) throws -> UnsafeSet {
  try parseVNNLIB(SourceFile(name: "test", utf8: Array(text.utf8)))
}

extension Verdict {
  fileprivate var holds: Bool { if case .holds = self { true } else { false } }
  fileprivate var counterexample: Counterexample? {
    if case .violated(let found) = self { found } else { nil }
  }
}

extension TinyQuestion {
  /// Whether these inputs with these outputs are unsafe, by the test's own reading.
  fileprivate func isUnsafe(_ input: [Rational], _ outputs: [Rational]) -> Bool {
    TinyQuery.all(assertions).conjunctions().contains { rows in
      rows.allSatisfy { row in
        let value = zip(row.a, input + outputs).reduce(row.b) { $0 + $1.0 * $1.1 }
        return row.isStrict ? value.signum < 0 : value.signum <= 0
      }
    }
  }
}

/// The prover's verdicts about reals are the enumeration's; its counterexamples are counterexamples; and what it says
/// holds of floats is not broken by floats near a real witness.
@Test(arguments: 0..<10)
func proverAgreesWithTheEnumeration(block: Int) throws {
  let size = sampleCount(50, full: 500)
  for seed in UInt64(block * size)..<UInt64((block + 1) * size) {
    let tiny = TinyQuestion(seed: seed)
    let set = try unsafeSet(tiny.text)
    let network = try tiny.network.network()
    let result: ProverResult
    do throws(ProverRefusal) {
      result = try prove(set, of: network, ProverOptions(boxes: 1_000))
    } catch {
      guard case .mixedComparison = error else { throw error }
      continue
    }
    if let found = result.real.counterexample {
      #expect(tiny.isUnsafe(found.exact, tiny.network.evaluate(found.exact)), "seed \(seed)")
    } else {
      #expect(result.real.holds && !tiny.isViolated, "seed \(seed): \(result.real)\n\(tiny.text)")
    }
    if let found = result.float.counterexample {
      let floats = try #require(found.floats)
      let scores = network.evaluate(floats)
      #expect(
        tiny.isUnsafe(floats.map { Rational($0) }, scores.map { Rational($0) }), "seed \(seed): \(floats)")
    }
    guard result.float.holds, tiny.isViolated else { continue }
    for question in set.questions(network) {
      guard case .feasible(let witness) = question.decide(within: ExactBudget(systems: 10_000)) else {
        continue
      }
      let replay = CounterexampleReplay(
        network, lower: question.lower, upper: question.upper, rows: question.rows)
      #expect(replay.nearbyViolation(of: witness) == nil, "seed \(seed)")
    }
  }
}

/// The real verdict is the enumeration's; where a float input is known to violate, nothing is said to hold of floats.
private func check(_ fooling: FoolingNetwork, _ seed: UInt64) throws {
  let result = try prove(
    unsafeSet(fooling.text), of: try fooling.tiny.network(), ProverOptions(boxes: 400))
  #expect(result.real.holds == !fooling.isViolated, "seed \(seed): \(result.real)")
  #expect((result.real.counterexample != nil) == fooling.isViolated, "seed \(seed)")
  if fooling.violation != nil { #expect(!result.float.holds, "seed \(seed)") }
  if let found = result.float.counterexample {
    let floats = try #require(found.floats)
    let values = (floats + (try fooling.tiny.network()).evaluate(floats)).map { Rational($0) }
    let excess = zip(fooling.unsafe.a, values).reduce(fooling.unsafe.b) { $0 + $1.0 * $1.1 }
    #expect(excess.signum <= 0, "seed \(seed)")
  }
}

@Test func proverIsNotFooledByNeuronsThatCancel() throws {
  for seed in 0..<UInt64(sampleCount(25, full: 1_000)) {
    try check(.cancelling(seed: seed, hidesViolation: false), seed)
    try check(.cancelling(seed: seed, hidesViolation: true), seed)
  }
}

@Test func proverIsNotFooledByBoundsThatOnlyRealsKeep() throws {
  for seed in 0..<UInt64(sampleCount(100, full: 1_000)) {
    if let fooling = FoolingNetwork.exceeding(seed: seed) { try check(fooling, seed) }
  }
}

@Test func proverIsNotFooledByDormantNeurons() throws {
  for seed in 0..<UInt64(sampleCount(100, full: 1_000)) {
    if let fooling = FoolingNetwork.dormant(seed: seed) { try check(fooling, seed) }
  }
}

private let identity = TinyNetwork(inputs: 1, layers: [TinyNetwork.Layer(weights: [[.one]], bias: [.zero])])

private func verdicts(_ assertions: String, _ network: Network) throws -> ProverResult {
  try prove(
    unsafeSet("(declare-const X_0 Real)(declare-const Y_0 Real)" + assertions), of: network,
    ProverOptions(boxes: 1_000))
}

/// 1/3 is no float: there is no float input to hold for.
@Test func inputsWithoutWidthThatAreNoFloatsAreJudgedAsReals() throws {
  let network = try identity.network()
  let third = "(assert (<= (* 3.0 X_0) 1.0))(assert (>= (* 3.0 X_0) 1.0))"
  let violated = try verdicts(third + "(assert (>= Y_0 0.25))", network)
  #expect(violated.real.counterexample?.exact == [Rational(1, over: 3)])
  #expect(!violated.float.holds && violated.float.counterexample == nil)
  #expect(try verdicts(third + "(assert (>= Y_0 0.5))", network).real.holds)
  let equal = try verdicts(third + "(assert (= (* 3.0 Y_0) 1.0))", network)
  #expect(!equal.real.holds && !equal.float.holds)
}

@Test func strictInputBoundsAreOpen() throws {
  let network = try identity.network()
  let box = "(assert (>= X_0 0.0))(assert (<= X_0 1.0))"
  for (bound, isReached) in [
    ("(assert (< X_0 1.0))", false), ("(assert (not (>= X_0 1.0)))", false), ("", true),
  ] {
    let result = try verdicts(box + bound + "(assert (>= Y_0 1.0))", network)
    #expect((result.real.counterexample != nil) == isReached)
    #expect((result.float.counterexample != nil) == isReached)
    #expect(!isReached || !result.real.holds)
  }
}

/// Numbers that no binary64 number is near to.
@Test func numbersBeyondBinary64NeverMakeItHold() throws {
  let network = try identity.network()
  let box = "(assert (>= X_0 -2.0))(assert (<= X_0 2.0))"
  for unsafe in [
    "(<= (* 1e400 Y_0) -1.0)", "(<= (+ (* 1e400 Y_0) 1e400) 0.0)", "(<= Y_0 1e400)",
    "(>= (* 1e-400 Y_0) 1e-400)",
    "(and (<= X_0 1e400) (<= Y_0 0.0))", "(and (<= (* 1e400 X_0) 1.0) (<= Y_0 0.0))",
  ] {
    #expect(!(try verdicts(box + "(assert \(unsafe))", network).real.holds), "\(unsafe)")
  }
  for safe in ["(<= (* 1e400 Y_0) -3e400)", "(>= Y_0 1e400)", "(>= (* 1e-400 Y_0) 3e-400)"] {
    #expect(try verdicts(box + "(assert \(safe))", network).real.counterexample == nil, "\(safe)")
  }
}

/// A clip whose bounds cross gives the upper one, whatever its operand is; so wide a network is not decided by rows.
@Test func clipsWithCrossingBoundsGiveTheUpperOne() throws {
  let count = 100
  let network = try Network(
    identity: ModelIdentity(name: "clip", format: "made", hash: ContentHash(of: [])),
    inputShape: .vector(count),
    nodes: [
      Node(
        name: "clip", operation: .clip(Clip(lower: 1, upper: 0)), operands: [.networkInput],
        shape: .vector(count))
    ], output: .result(ofNodeAt: 0))
  let declarations = (0..<count).map {
    "(declare-const X_\($0) Real)(declare-const Y_\($0) Real)(assert (>= X_\($0) -1.0))(assert (<= X_\($0) 2.0))"
  }.joined()
  for (unsafe, isReached) in [("(<= Y_0 0.0)", true), ("(>= Y_0 0.5)", false), ("(<= Y_0 -0.5)", false)] {
    let result = try prove(
      unsafeSet(declarations + "(assert \(unsafe))"), of: network, ProverOptions(boxes: 100))
    #expect((result.real.counterexample != nil) == isReached, "\(unsafe)")
    #expect(!isReached || !result.float.holds)
  }
}

/// The number of threads and the seed don't change a verdict.
@Test func threadsAndSeedsDoNotChangeVerdicts() throws {
  func kind(_ verdict: Verdict) -> String {
    switch verdict {
    case .holds: "holds"
    case .violated: "violated"
    case .undecided(let reason): "\(reason)"
    }
  }
  for seed in 0..<40 as Range<UInt64> {
    let tiny = TinyQuestion(seed: seed)
    let set = try unsafeSet(tiny.text)
    let network = try tiny.network.network()
    guard let first = try? prove(set, of: network, ProverOptions(boxes: 1_000)) else { continue }
    for options in [ProverOptions(boxes: 1_000, jobs: 3), ProverOptions(boxes: 1_000, seed: 77)] {
      let other = try prove(set, of: network, options)
      #expect(kind(other.real) == kind(first.real), "seed \(seed)")
      if options.seed == 1 { #expect(kind(other.float) == kind(first.float) && other.boxes == first.boxes) }
    }
  }
}
