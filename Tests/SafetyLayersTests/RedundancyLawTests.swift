import Diagnostics
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// The advice about properties, against brute force over all weak orders.
@Suite struct RedundancyLaws {
  static let specCount = UInt64(sampleCount(400, full: 4_000))

  private static func named(_ code: DiagnosticCode, _ compiled: CompiledSpec) -> Set<Int> {
    Set(
      compiled.spec.properties.indices.filter { index in
        compiled.diagnostics.diagnostics.contains {
          $0.code == code && $0.problem.hasPrefix("`\(compiled.spec.properties[index].name)` ")
        }
      })
  }

  @Test(arguments: 0..<4) func adviceIsWhatBruteForceSays(part: UInt64) throws {
    var (subsumed, redundant, tautologies) = (0, 0, 0)
    for seed in part * Self.specCount / 4..<(part + 1) * Self.specCount / 4 {
      var generator = SpecGenerator(seed: 70_000 + seed)
      let generated = generator.spec(outputCount: seed % 3 == 0 ? 2 : 3, propertyCount: 5)
      let compiled = try CompiledSpec(generated.source)
      let layer = try #require(compiled.layer, "\(generated)\(compiled.diagnostics.text)")
      let oracle = Oracle(generated)
      let orders = weakOrders(of: generated.outputCount).map { oracle.goodness($0.map(Float.init)) }
      func satisfying(_ set: [Int]) -> [[Int]] { orders.filter { oracle.holds(set, ofGoodness: $0) } }

      let empty = generated.properties.indices.filter { index in
        !orders.contains { !oracle.holds([index], ofGoodness: $0) }
      }
      #expect(Self.named(.tautologicalPost, compiled) == Set(empty), "\(generated)")

      let superfluous = Self.named(.subsumedProperty, compiled).union(
        Self.named(.redundantProperty, compiled))
      let sets = layer.table.rows.map(\.activation.active)
      for set in sets {
        let rest = set.filter { !superfluous.contains($0) }
        #expect(satisfying(set) == satisfying(rest), "removing \(superfluous) from \(set)\n\(generated)")
      }
      // What overrides, what demands nothing and what contradicts itself is not looked at; nor is it a reason.
      let contradictory = generated.properties.indices.filter { satisfying([$0]).isEmpty }
      let overriding = Set(generated.properties.flatMap(\.overriders))
      for property in generated.properties.indices
      where !superfluous.contains(property) && !overriding.contains(property) && !empty.contains(property)
        && !contradictory.contains(property)
      {
        let own = sets.filter { $0.contains(property) }
        let isNeeded = own.contains { set in
          let others = set.filter {
            $0 != property && !superfluous.contains($0) && !empty.contains($0) && !contradictory.contains($0)
          }
          return satisfying(others) != satisfying(others + [property])
        }
        let isVacuous = own.allSatisfy { set in
          satisfying(set.filter { $0 != property && !superfluous.contains($0) }).isEmpty
        }
        #expect(isNeeded || isVacuous, "p\(property) is needed nowhere\n\(generated)")
      }
      subsumed += Self.named(.subsumedProperty, compiled).count
      redundant += Self.named(.redundantProperty, compiled).count
      tautologies += empty.count
    }
    #expect(subsumed >= 10, "\(subsumed) \(redundant) \(tautologies)")
  }

  /// An input at which nothing is active is shown iff some sampled input is one, or the table says so.
  @Test func uncoveredInputsReplay() throws {
    var shown = 0
    for seed in UInt64(0)..<120 {
      var generator = SpecGenerator(seed: 90_000 + seed)
      let generated = generator.spec()
      let compiled = try CompiledSpec(generated.source, options: AnalysisOptions(coverage: true))
      let layer = try #require(compiled.layer)
      let isShown = compiled.diagnostics.diagnostics.contains { $0.code == .uncoveredDomain }
      #expect(isShown == layer.table.rows.contains { $0.activation.active.isEmpty }, "\(generated)")
      if isShown { shown += 1 }
    }
    #expect(shown >= 40)
  }
}
