import Foundation
import SafetyLayers
import TestSupport
import Testing

// Proof by exhaustion for small outputs: the emitted decision sees only the weak order of the scores
// and the active properties. The interpreter is checked against the oracle on the same cases
// (SafetyLayersTests/GuaranteeTests); the case studies are checked against an oracle here.

@Test(arguments: 0..<UInt64(240 / 8)) func generatedTablesAgreeOnEveryWeakOrder(part: UInt64) throws {
  for seed in part * 8..<(part + 1) * 8 {
    var generator = SpecGenerator(seed: seed)
    let spec = generator.spec()
    let layer = try #require(try CompiledSpec(spec.source).layer, "\(spec)")
    let program = try rowDriven(layer)
    let harness = try EmittedHarness(program)
    let cases = everyRowAndWeakOrder(of: program, seed: seed)
    let expected = cases.map { Outcome(program.decide(input: $0.input, rawScores: $0.raw)) }
    for build in [CBuild("gcc", "-std=c99", "-O1"), CBuild("clang", "-std=c99", "-O2")] {
      let outcomes = try harness.decide(
        cases, executable: try harness.folder.executable("main.c", build, named: "rows-" + build.compiler))
      #expect(outcomes.count == cases.count)
      for (index, outcome) in outcomes.enumerated() where outcome != expected[index] {
        Issue.record("\(build): \(outcome) for \(cases[index])\n\(spec)")
        return
      }
    }
  }
}

/// What each ACAS Xu property demands of costs (lower is better), written down from its description:
/// of scores with ties, strictly.
private let acasXuMeaning: [String: @Sendable ([Float]) -> Bool] = {
  @Sendable func isStrictlyLeast(_ output: Int, _ costs: [Float]) -> Bool {
    costs.indices.allSatisfy { $0 == output || costs[output] < costs[$0] }
  }
  @Sendable func isBeaten(_ output: Int, _ costs: [Float]) -> Bool { costs.contains { $0 < costs[output] } }
  return [
    "p2": { costs in costs.contains { $0 > costs[0] } },
    "p3": { isBeaten(0, $0) },
    "p4": { isBeaten(0, $0) },
    "p5": { isStrictlyLeast(4, $0) },
    "p6": { isStrictlyLeast(0, $0) },
    "p7": { isBeaten(3, $0) && isBeaten(4, $0) },
    "p8": { costs in (2...4).allSatisfy { isBeaten($0, costs) } },
    "p9": { isStrictlyLeast(3, $0) },
    "p10": { isStrictlyLeast(0, $0) },
  ]
}()

private let cartpoleMeaning: [String: @Sendable ([Float]) -> Bool] = [
  "catch_right": { $0[1] > $0[0] }, "catch_left": { $0[0] > $0[1] },
]

/// All permutations of `0 ..< count`.
private func permutations(_ count: Int) -> [[Int]] {
  (0..<count).reduce([[]]) { prefixes, next in
    prefixes.flatMap { prefix in
      (0...prefix.count).map { Array(prefix[..<$0]) + [next] + Array(prefix[$0...]) }
    }
  }
}

@Test(arguments: [
  ("cartpole", "Policy"), ("acasxu", "N[1,1]"), ("acasxu", "N[1,9]"), ("acasxu", "N[2,1]"),
  ("acasxu", "N[2,9]"), ("acasxu", "N[3,3]"), ("acasxu", "N[4,5]"),
])
func caseStudiesKeepTheGuaranteesOnEveryWeakOrder(study: String, network: String) throws {
  let source = try String(
    contentsOfFile: packageRoot + "/Specs/\(study)/\(study).ordain", encoding: .utf8)
  let original = try #require(try programs(ofSpec: source, network: network).first)
  let program = try rowDriven(
    SafetyLayer(interface: original.interface, guards: original.guards, table: original.table))
  let harness = try EmittedHarness(program)
  let cases = everyRowAndWeakOrder(of: program)
  let outcomes = try harness.decide(
    cases,
    executable: try harness.folder.executable("main.c", CBuild("gcc", "-std=c99", "-O2"), named: "rows"))
  #expect(outcomes.count == cases.count)
  let meaning = study == "acasxu" ? acasXuMeaning : cartpoleMeaning
  let sign: Float = study == "acasxu" ? 1 : -1
  let orders = permutations(program.interface.outputs.count)
  for (given, outcome) in zip(cases, outcomes) {
    let active = program.guards.indices.filter { given.input[$0] == 1 }.map {
      program.guards[$0].property.name
    }
    func isSafe(_ scores: [Float]) -> Bool { active.allSatisfy { meaning[$0]?(scores) == true } }
    // The tie rule of both studies is the order of declaration.
    func ranking(_ scores: [Float]) -> [Int] {
      scores.indices.sorted { (sign * scores[$0], $0) < (sign * scores[$1], $1) }
    }
    let scores = outcome.scores.map { Float(bitPattern: $0) }
    let raw = ranking(given.raw)
    #expect(isSafe(scores) && Int(outcome.choice) == ranking(scores)[0], "1: \(given) gave \(outcome)")
    if isSafe(given.raw) {
      #expect(
        outcome.status == 0 && outcome.scores == given.raw.map(\.bitPattern), "2: \(given) gave \(outcome)")
      continue
    }
    let safe = orders.filter { order in
      var places = [Float](repeating: 0, count: order.count)
      for (place, output) in order.enumerated() { places[output] = sign * Float(place) }
      return isSafe(places)
    }
    let expected = safe.map { order in order.map { raw.firstIndex(of: $0) ?? 0 } }
      .min { $0.lexicographicallyPrecedes($1) }
    #expect(
      outcome.status == 1 && ranking(scores).map { raw.firstIndex(of: $0) ?? 0 } == expected,
      "5: \(given) gave \(outcome)")
    if safe.contains(where: { $0[0] == raw[0] }) {
      #expect(Int(outcome.choice) == raw[0], "3: \(given) gave \(outcome)")
    }
    if Set(given.raw).count == given.raw.count {
      #expect(scores.sorted() == given.raw.sorted(), "6: \(given) gave \(outcome)")
    }
  }
}
