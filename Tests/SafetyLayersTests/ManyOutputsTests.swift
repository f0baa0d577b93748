import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// Up to 100 outputs: what can be said without enumerating orders.
@Test(arguments: UInt64(0)..<10)
func guaranteesHoldForManyOutputs(part: UInt64) throws {
  var repaired = 0
  for seed in 10_000 + 12 * part..<10_000 + 12 * (part + 1) {
    var generator = SpecGenerator(seed: seed)
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 6...100, using: &random)
    let spec = generator.spec(outputCount: count, propertyCount: 3)
    let compiled = try CompiledSpec(spec.source, options: AnalysisOptions(maxDisjuncts: 400))
    // A negated `every above every` of large groups has too many disjuncts: reported, no table.
    guard let layer = compiled.layer else {
      #expect(compiled.diagnostics.diagnostics.contains { $0.code == .tooManyDisjuncts })
      continue
    }
    let oracle = Oracle(spec)
    for row in layer.table.rows {
      for _ in 0..<6 {
        let scores = manyScores(count, &random)
        let ranking = Ranking(of: scores, by: layer.interface.preference)
        let result = layer.decide(ranking, under: row)
        if row.disjuncts.isEmpty {
          #expect(result.status == .abstained(.conflict))
          continue
        }
        let active = row.activation.active
        #expect(oracle.holds(active, ofGoodness: oracle.goodness(result.scores)), "\(spec)")
        #expect(oracle.ranking(of: result.scores)[0] == result.choice)
        let isSafe = oracle.holds(active, ofGoodness: oracle.goodness(scores))
        #expect((result.status == .ok) == isSafe)
        if isSafe { #expect(result.scores.map(\.bitPattern) == scores.map(\.bitPattern)) }
        if Set(scores).count == count { #expect(result.scores.sorted() == scores.sorted()) }
        if result.status == .repaired {
          repaired += 1
          #expect((result.choice == ranking.choice) == canKeep(ranking.choice, under: row), "\(spec)")
        }
      }
    }
  }
  #expect(repaired > 0)
}

/// Whether some disjunct allows an order with `choice` in front, by satisfiability instead of search.
private func canKeep(_ choice: Int, under row: RepairTable.Row) -> Bool {
  row.disjuncts.contains { disjunct in
    let others = (0..<disjunct.outputCount).filter { $0 != choice }
    return OrderConstraint(
      outputCount: disjunct.outputCount,
      precedences: disjunct.precedences + others.map { .init(before: choice, after: $0) },
      windows: disjunct.windows) != nil
  }
}

private func manyScores(_ count: Int, _ random: inout SplitMix64) -> [Float] {
  switch Int.random(in: 0..<4, using: &random) {
  case 0: (0..<count).map { _ in Float.random(in: -10...10, using: &random) }
  // Mostly ties.
  case 1: (0..<count).map { _ in Float(Int.random(in: 0...3, using: &random)) }
  case 2:
    (0..<count).map { _ in
      Bool.random(using: &random) ? Float.greatestFiniteMagnitude : -Float.greatestFiniteMagnitude
    }
  case _:
    (0..<count).shuffled(using: &random).map { Float(bitPattern: Float(1e8).bitPattern + UInt32($0)) }
  }
}
