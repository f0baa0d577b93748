import CertifiedBounds
import Diagnostics
import ExactArithmetic
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// Certificates of repaired decisions: no point of a certified ball has another decision. The program's own inference
/// answers for every point, so whatever guards, repair and rounding do is in it.
@Suite struct CompositionTests {
  struct Tally {
    var points = 0
    var certified = 0
    var repaired = 0
    var severalUnderConstraints = 0
    var broken: [String] = []
  }

  /// Attacks what a program certifies.
  private func attack(
    _ program: SafetyProgram, seed: UInt64, centers: Int, neighbours: Int, _ tally: inout Tally
  ) {
    var sampler = BallSampler(program, seed: seed)
    for number in 0..<centers {
      let clauses = program.certification.clauses
      let radius = clauses[number % clauses.count].clause.radius.nearestDouble ?? 0
      let center = sampler.center(radius)
      let result = program.infer(center)
      tally.points += 1
      for (clause, isCertified) in zip(clauses, result.certified) where isCertified {
        tally.certified += 1
        if result.status == .repaired { tally.repaired += 1 }
        var open = permitted(result, clause.head.decision, program)
        if open == [2] { tally.severalUnderConstraints += result.status == .repaired ? 1 : 0 }
        for _ in 0..<neighbours {
          let point = sampler.neighbour(of: center, clause, towards: sampler.slope(at: center))
          let other = program.infer(point)
          open.removeAll { best(other, $0, program) != best(result, $0, program) }
          if open.isEmpty {
            tally.broken.append("seed \(seed), \(clause.clause.name) at \(center): \(point)")
            break
          }
        }
      }
    }
  }

  /// The numbers of best outputs for which the clause may hold.
  private func permitted(
    _ result: InferenceResult, _ decision: KeptDecision, _ program: SafetyProgram
  ) -> [Int] {
    (1...decision.places).filter { places in
      guard let set = best(result, places, program), let groups = decision.groups, places > 1 else {
        return true
      }
      return groups.contains { set.isSubset(of: $0) }
    }
  }

  /// The best outputs of an answer; `nil` if there is none.
  private func best(_ result: InferenceResult, _ places: Int, _ program: SafetyProgram) -> Set<Int>? {
    if result.choice < 0 { return nil }
    return Set(Ranking(of: result.scores, by: program.interface.preference).byRank[..<places])
  }

  private func tally(
    seeds: Range<UInt64>, centers: Int = 60, neighbours: Int = 40,
    _ change: (SafetyProgram) -> SafetyProgram = { $0 }
  ) throws -> Tally {
    var tally = Tally()
    for seed in seeds {
      var spec = GuardedSpec(seed: seed)
      guard let program = try spec.program() else { continue }
      attack(change(program), seed: seed, centers: centers, neighbours: neighbours, &tally)
    }
    return tally
  }

  @Test(arguments: 0..<UInt64(sampleCount(4, full: 40)))
  func certifiedDecisionsStay(batch: UInt64) throws {
    let tally = try tally(seeds: 30 * batch..<30 * (batch + 1))
    #expect(tally.broken.isEmpty, "\(tally.broken.count): \(tally.broken.prefix(3))")
    #expect(tally.points >= 1000, "\(tally)")
    #expect(tally.certified >= 1000, "\(tally)")
    #expect(tally.repaired >= 50, "\(tally)")
  }

  // Each of these faults has to be found, or the test above would say little.

  /// As if the ball never left the region of a guard.
  @Test func guardsThatAreIgnoredAreFound() throws {
    let tally = try tally(seeds: 0..<30) { program in
      let clauses = program.certification.clauses.map { clause in
        CertifiedClause(
          clause.clause, clause.head, surely: program.guards.map(\.property.condition),
          possibly: program.guards.map(\.property.condition))
      }
      return program.certifying(Certification(clauses, program.table))
    }
    #expect(tally.broken.count >= 10, "\(tally.broken.count)")
  }

  /// As if scores did not move.
  @Test func missingThresholdsAreFound() throws {
    let tally = try tally(seeds: 0..<30) { program in
      let count = program.interface.outputs.count
      let nothing = [UpperBound](repeating: .zero, count: count * count)
      let clauses = program.certification.clauses.map { clause in
        CertifiedClause(
          clause.clause,
          StaticHead(
            clause.head.decision, radius: clause.clause.radius, pairwise: nothing, executionErrors: nothing,
            scoreMagnitudes: Array(nothing.prefix(count))), surely: clause.surely, possibly: clause.possibly)
      }
      return program.certifying(Certification(clauses, program.table))
    }
    #expect(tally.broken.count >= 10, "\(tally.broken.count)")
  }

  /// As if a repair could choose nothing but what it chose.
  @Test func missingRivalsAreFound() throws {
    let tally = try tally(seeds: 0..<60) { program in
      program.certifying(
        Certification(program.certification.clauses, firsts: program.table.rows.map { _ in [] }))
    }
    #expect(tally.broken.count >= 5, "\(tally.broken.count)")
  }
}
