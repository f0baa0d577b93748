import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// The guarantees of the article Guarantees on generated specifications, against the oracle.
@Suite struct GuaranteeTests {
  static let specCount: UInt64 = 240
  static let chunk: UInt64 = 12

  static func compiled(_ seed: UInt64) throws -> (GeneratedSpec, SafetyLayer) {
    var generator = SpecGenerator(seed: seed)
    let spec = generator.spec()
    let compiled = try CompiledSpec(spec.source)
    let layer = try #require(compiled.layer, "\(spec)\(compiled.diagnostics.text)")
    return (spec, layer)
  }

  /// Every weak order of the scores, each realised in every second style, under every row of the table.
  @Test(arguments: 0..<specCount / chunk)
  func everyWeakOrderUnderEveryRow(part: UInt64) throws {
    for seed in part * Self.chunk..<(part + 1) * Self.chunk {
      let (spec, layer) = try Self.compiled(seed)
      let oracle = Oracle(spec)
      for row in layer.table.rows {
        var verifier = RowVerifier(oracle: oracle, layer: layer, row: row)
        #expect(verifier.safeOrders.isEmpty == row.disjuncts.isEmpty, "\(spec)")
        for (index, levels) in weakOrders(of: spec.outputCount).enumerated() {
          for style in ScoreStyle.allCases where (style.rawValue + index + Int(seed)) % 2 == 0 {
            if let complaint = verifier.complaint(about: style.scores(of: levels)) {
              Issue.record("\(complaint)\nrow \(row.activation.active), \(style) \(levels)\n\(spec)")
              return
            }
          }
        }
      }
    }
  }

  /// Guards, row and result together, for sampled inputs: the activation set is the oracle's and listed.
  @Test(arguments: 0..<specCount / chunk)
  func sampledInputsActivateWhatTheOracleSays(part: UInt64) throws {
    for seed in part * Self.chunk..<(part + 1) * Self.chunk {
      let (spec, layer) = try Self.compiled(seed)
      let oracle = Oracle(spec)
      var generator = SpecGenerator(seed: seed ^ 0xFFFF)
      let orders = weakOrders(of: spec.outputCount)
      for sample in 0..<200 {
        let input = generator.point(inputs: spec.inputCount)
        let style = ScoreStyle.allCases[sample % ScoreStyle.allCases.count]
        let scores = style.scores(of: orders[(sample * 37) % orders.count])
        let result = layer.decide(input: input, rawScores: scores)
        let active = oracle.activeProperties(for: input, rawScores: scores)
        let row = layer.table.row(for: ActivationSet(active: active, propertyCount: spec.properties.count))
        guard let row else {
          Issue.record("activation \(active) at \(input) is not in the table\n\(spec)")
          return
        }
        #expect(result.activation.active == active, "\(spec) at \(input)")
        let expected = layer.decide(Ranking(of: scores, by: layer.interface.preference), under: row)
        #expect(isIdentical(result, expected), "\(spec) at \(input)")
      }
    }
  }

  /// What the two tests above range over is as varied as it should be.
  @Test func generatedSpecsCoverTheLanguage() throws {
    var forms: [PostForm: Int] = [:]
    var (severalDisjuncts, threeOverlapping, conflicting, dependOnRawChoice) = (0, 0, 0, 0)
    for seed in 0..<Self.specCount {
      let (spec, layer) = try Self.compiled(seed)
      let used = spec.properties.reduce(into: Set<PostForm>()) { $0.formUnion($1.post.forms) }
      for form in used { forms[form, default: 0] += 1 }
      let rows = layer.table.rows
      if rows.contains(where: { $0.disjuncts.count >= 2 }) { severalDisjuncts += 1 }
      if rows.contains(where: { $0.activation.active.count >= 3 }) { threeOverlapping += 1 }
      if rows.contains(where: \.disjuncts.isEmpty) { conflicting += 1 }
      if spec.properties.contains(where: \.condition.dependsOnRawChoice) { dependOnRawChoice += 1 }
    }
    for form in PostForm.allCases { #expect(forms[form, default: 0] >= 20, "\(form): \(forms)") }
    #expect(severalDisjuncts >= 100)
    #expect(threeOverlapping >= 50)
    #expect(conflicting >= 20)
    #expect(dependOnRawChoice >= 40)
  }
}

/// Equal bit for bit, NaN included.
func isIdentical(_ a: InferenceResult, _ b: InferenceResult) -> Bool {
  a.status == b.status && a.choice == b.choice && a.activation == b.activation
    && a.scores.map(\.bitPattern) == b.scores.map(\.bitPattern)
}
