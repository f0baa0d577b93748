import Diagnostics
import ExactArithmetic
import TestSupport
import Testing
import VNNLIB

/// Exports of generated specifications against an oracle of the language: a point violates a property iff it is in
/// the exported set, apart from ties and edges, which are always in it. Where nothing is exported no point violates it.
@Suite struct GeneratedSpecTests {
  @Test(arguments: 0..<UInt64(12)) func violationsAreUnsafe(seed: UInt64) throws {
    var random = SplitMix64(seed: seed &+ 77)
    var comparisons = 0
    var violations = 0
    let rounds = sampleCount(12, full: 120)
    for round in 0..<UInt64(rounds) {
      var generator = SpecGenerator(seed: seed &* 1000 &+ round)
      let spec = generator.spec()
      let oracle = Oracle(spec)
      for property in spec.properties.indices {
        let text = try exportedUnlessEmpty(spec, property)
        let assertions = try text.map(QueryTree.assertions)
        for _ in 0..<40 {
          let input = generator.point(inputs: spec.inputCount)
          let hasTies = Bool.random(using: &random)
          let scores = (0..<spec.outputCount).map { _ in
            hasTies ? Float(Int.random(in: 0...2, using: &random)) : Float.random(in: -1...1, using: &random)
          }
          let isActive = oracle.activeProperties(for: input, rawScores: scores).contains(property)
          let isViolated = isActive && !oracle.holds([property], ofGoodness: oracle.goodness(scores))
          let isUnsafe = assertions?.allSatisfy { $0.holds(at: Self.point(input, scores)) } ?? false
          let isOnGrid = hasTies || input.contains { ($0 * 8).rounded() == $0 * 8 }
          if isViolated || !isOnGrid {
            comparisons += 1
            violations += isViolated ? 1 : 0
            #expect(
              isUnsafe == isViolated, "\(spec)\np\(property) at \(input), \(scores):\n\(text ?? "refused")")
          }
        }
      }
    }
    #expect(comparisons >= 30 * rounds && violations >= 15 * rounds, "too few cases to tell anything")
  }

  /// `nil` where nothing violates a property, or its condition holds of floats only beyond the domain.
  private func exportedUnlessEmpty(_ spec: GeneratedSpec, _ property: Int) throws -> String? {
    do {
      return try exported(spec.source, "p\(property)", "Net")
    } catch let refusal as Refusal {
      #expect(refusal.diagnostics.diagnostics.map(\.code) == [.nothingToExport])
      return nil
    }
  }

  private static func point(_ input: [Float], _ scores: [Float]) -> [String: Rational] {
    var point: [String: Rational] = [:]
    for (index, value) in input.enumerated() { point["X_\(index)"] = Rational(value) }
    for (index, value) in scores.enumerated() { point["Y_\(index)"] = Rational(value) }
    return point
  }
}
