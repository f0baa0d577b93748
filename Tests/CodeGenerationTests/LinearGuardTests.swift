import CodeGeneration
import Diagnostics
import ExactArithmetic
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

// Linear guards decide exactly: a guard and its negation against rational arithmetic, on inputs that lie
// within a few ulps of the boundary.

/// Two properties whose conditions are `inequality` and its negation; nothing is enforced, so the result
/// shows which are active.
private func program(_ inequality: LinearInequality, lowest: Float, highest: Float) throws -> SafetyProgram {
  let range = RandomProgram.range
  let names = ["x", "y", "z"]
  let inputs = names.map {
    InputScalar(
      name: $0, unit: "", domain: nil, normalization: .identity, range: range, lowest: lowest,
      highest: highest)
  }
  let conditions = [Atom.linear(inequality), .linear(inequality.negated)].map {
    Condition.atom($0, Condition.Provenance(range: range, text: "a half-space"))
  }
  let guards = conditions.enumerated().map { index, condition in
    Guard(
      property: Property(
        name: "p\(index)", title: "", interface: 0, condition: condition, post: .all([]), overriders: [],
        range: range), overriders: [])
  }
  let free = try disjuncts(satisfying: [], outputCount: 2)
  let rows = (0..<4).map { set in
    RepairTable.Row(
      activation: ActivationSet(active: (0..<2).filter { set >> $0 & 1 == 1 }, propertyCount: 2),
      disjuncts: free)
  }
  return SafetyProgram(
    specName: "linear", specVersion: "1.0.0", specHash: ContentHash(of: []), networkName: "Net",
    interface: Interface(
      name: "Linear", inputs: inputs, outputs: ["a", "b"], groups: [], better: .highest, tieOrder: [0, 1],
      abstainsOnConflict: false, range: range),
    network: try denseNetwork([3, 2], seed: 1), guards: guards, table: RepairTable(rows: rows))
}

/// Inputs in the domain whose last element puts the sum as near to the bound as floats can, and a few
/// ulps to either side.
private func nearBoundary(
  _ inequality: LinearInequality, lowest: Float, highest: Float, _ generator: inout SplitMix64
) -> [[Float]] {
  (0..<60).flatMap { round -> [[Float]] in
    var input = (0..<3).map { _ in
      round % 3 == 0
        ? Float(bitPattern: UInt32.random(in: 0...(.max), using: &generator))
        : Float.random(in: max(-100, lowest)...min(100, highest), using: &generator)
    }
    input = input.map { $0.isFinite ? min(max($0, lowest), highest) : lowest }
    guard let last = inequality.terms.last else { return [] }
    let others = inequality.terms.dropLast().reduce(Rational.zero) {
      $0 + $1.coefficient * Rational(input[$1.input])
    }
    guard let exact = ((inequality.bound - others) / last.coefficient).nearestFloat else { return [input] }
    return [exact.nextDown.nextDown, exact.nextDown, exact, exact.nextUp, exact.nextUp.nextUp].map {
      input[last.input] = min(max($0, lowest), highest)
      return input
    }
  }
}

@Test(arguments: 0..<8 as Range<UInt64>) func linearGuardsAreExact(seed: UInt64) throws {
  var generator = SplitMix64(seed: seed)
  let (lowest, highest): (Float, Float) =
    seed % 2 == 0 ? (-.greatestFiniteMagnitude, .greatestFiniteMagnitude) : (-1000, 1000)
  let denominators = [1, 3, 7, 1000, 123_456_789_012_345]
  let inequality = LinearInequality(
    terms: (0..<3).map {
      .init(
        input: $0,
        coefficient: Rational(
          [1, -1, 2, -5, 987_654_321_987][Int.random(in: 0..<5, using: &generator)],
          over: denominators[Int.random(in: 0..<5, using: &generator)]))
    }, bound: Rational([0, 3, -1, 22][Int.random(in: 0..<4, using: &generator)], over: 7),
    isStrict: seed % 3 == 0)
  let harness = try EmittedHarness(program(inequality, lowest: lowest, highest: highest))
  let build = CBuild.all[Int(seed * 5) % CBuild.all.count]
  let executable = try harness.folder.executable("main.c", build)
  let inputs = nearBoundary(inequality, lowest: lowest, highest: highest, &generator)
  let outcomes = try harness.decide(inputs.map { ($0, [1, 2]) }, executable: executable)
  #expect(outcomes.count == inputs.count)
  for (input, outcome) in zip(inputs, outcomes) {
    let sum = inequality.terms.reduce(Rational.zero) { $0 + $1.coefficient * Rational(input[$1.input]) }
    let holds = inequality.isStrict ? sum > inequality.bound : sum >= inequality.bound
    #expect(outcome.report == [holds ? 1 : 2], "\(build), \(inequality), \(input)")
  }
}
