import SafetyLayers
import TestSupport
import Testing

/// No set of active properties is missed, whatever is left out of the clauses that block known ones.
@Suite struct ActivationLaws {
  static let specCount = UInt64(sampleCount(240, full: 4_000))

  /// Boxes that are narrow enough for most pairs to be disjoint, a union of two and a negation among them.
  private static func boxed(_ seed: UInt64) -> GeneratedSpec {
    var generator = SpecGenerator(seed: 130_000 + seed)
    var spec = generator.spec(outputCount: 2, propertyCount: 4)
    var random = SplitMix64(seed: seed)
    func interval(_ input: Int) -> GeneratedCondition {
      let start = Int.random(in: -32...28, using: &random)
      let end = Int.random(in: start...min(32, start + 22), using: &random)
      return .all([
        .compare(input: input, .atLeast, eighths: start), .compare(input: input, .atMost, eighths: end),
      ])
    }
    func box() -> GeneratedCondition { .all((0..<spec.inputCount).map { interval($0) }) }
    let whole = GeneratedCondition.any([
      .compare(input: 0, .less, eighths: -31), .compare(input: 0, .greater, eighths: 31),
    ])
    let conditions = [box(), box(), box(), .any([box(), box()]), interval(0), .not(whole)]
    for condition in conditions {
      var property = spec.properties[0]
      (property.condition, property.post, property.overriders) = (condition, .above([0, 1]), [])
      spec.properties.append(property)
    }
    return spec
  }

  @Test(arguments: 0..<4) func everySampledSetIsARow(part: UInt64) throws {
    var (disjoint, overlapping) = (0, 0)
    for seed in part * Self.specCount / 4..<(part + 1) * Self.specCount / 4 {
      let spec = Self.boxed(seed)
      let compiled = try CompiledSpec(spec.source)
      let layer = try #require(compiled.layer, "\(spec)\(compiled.diagnostics.text)")
      let rows = Set(layer.table.rows.map(\.activation.active))
      let oracle = Oracle(spec)
      var generator = SpecGenerator(seed: seed)
      for _ in 0..<400 {
        let input = generator.point(inputs: spec.inputCount)
        for choice in 0..<spec.outputCount {
          var scores = [Float](repeating: 0, count: spec.outputCount)
          scores[choice] = spec.choosesHighest ? 1 : -1
          let active = oracle.activeProperties(for: input, rawScores: scores)
          #expect(rows.contains(active), "\(active) at \(input)\n\(spec)")
        }
      }
      for a in 4..<7 {
        for b in a + 1..<7 {
          if rows.contains(where: { $0.contains(a) && $0.contains(b) }) {
            overlapping += 1
          } else {
            disjoint += 1
          }
        }
      }
    }
    #expect(disjoint >= 30 && overlapping >= 10, "\(disjoint) \(overlapping)")
  }
}
