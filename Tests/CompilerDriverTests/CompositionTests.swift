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
    var abstained = 0
    /// Certificates that nothing but the order of all scores gives: under a row that asks for something, and the choice
    /// alone is not sure.
    var byOrder = 0
    var broken: [String] = []
    var brokenByOrder = 0
  }

  /// What is certified of an input, by `program` or by one with a fault; the answers are those of a program without.
  private typealias Certifier = (_ program: SafetyProgram, _ input: [Float]) -> SafetyProgram

  /// Attacks what is certified of a program.
  private func attack(
    _ program: SafetyProgram, by certifier: Certifier, seed: UInt64, centers: Int, neighbours: Int,
    _ tally: inout Tally
  ) {
    var sampler = BallSampler(program, seed: seed)
    for number in 0..<centers {
      let clauses = program.certification.clauses
      let radius = clauses[number % clauses.count].clause.radius.nearestDouble ?? 0
      let center = sampler.center(radius)
      let claimant = certifier(program, center)
      let result = claimant.infer(center)
      tally.points += 1
      if result.choice < 0 {
        tally.abstained += result.status == .abstained(.uncertified) ? 1 : 0
        if !mayAbstain(result, clauses) { tally.broken.append("seed \(seed): no answer at \(center)") }
        continue
      }
      let others = rivals(result, claimant)
      let raw = claimant.explain(center).rawScores
      for (clause, isCertified) in zip(claimant.certification.clauses, result.certified) where isCertified {
        tally.certified += 1
        if result.status == .repaired { tally.repaired += 1 }
        let isByOrder = !others.allSatisfy { clause.head.keeps(result.choice, above: $0, raw) }
        if isByOrder { tally.byOrder += 1 }
        var open = permitted(result, clause.head.decision, program).filter { $0 > 1 || !isByOrder }
        for _ in 0..<neighbours {
          let point = sampler.neighbour(of: center, clause, towards: sampler.slope(at: center))
          let other = program.infer(point)
          if other.status == .abstained(.uncertified) { continue }
          open.removeAll { best(other, $0, program) != best(result, $0, program) }
          if open.isEmpty {
            tally.broken.append("seed \(seed), \(clause.clause.name) at \(center): \(point)")
            if isByOrder { tally.brokenByOrder += 1 }
            break
          }
        }
      }
    }
  }

  /// Whether the program says no more than it may where it gives no answer: nothing is certified, or a clause that is
  /// not asks for this.
  private func mayAbstain(_ result: InferenceResult, _ clauses: [CertifiedClause]) -> Bool {
    if result.status == .abstained(.uncertified) {
      return zip(clauses, result.certified).contains { $0.clause.abstainsWhenUncertified && !$1 }
    }
    return !result.certified.contains(true)
  }

  /// What else could be the choice under the row of an answer; empty if the row asks for nothing.
  private func rivals(_ result: InferenceResult, _ program: SafetyProgram) -> [Int] {
    let rows = program.table.rows
    guard let row = rows.firstIndex(where: { $0.activation == result.activation }), !rows[row].isFree
    else { return [] }
    return program.certification.rows[row].firsts.filter { $0 != result.choice }
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
    by certifier: (SafetyProgram) -> Certifier = { _ in { program, _ in program } }
  ) throws -> Tally {
    var tally = Tally()
    for seed in seeds {
      var spec = GuardedSpec(seed: seed)
      guard let program = try spec.program() else { continue }
      attack(
        program, by: certifier(program), seed: seed, centers: centers, neighbours: neighbours, &tally)
    }
    return tally
  }

  /// The same with one certification for all inputs.
  private func tallyCertifying(
    _ seeds: Range<UInt64>, _ certification: (SafetyProgram) -> Certification
  ) throws -> Tally {
    try tally(seeds: seeds) { program in
      let changed = program.certifying(certification(program))
      return { _, _ in changed }
    }
  }

  /// Rows that are said to allow every output in the first place. That is less than is known, so what is certified has
  /// to hold all the same, and certificates of repaired choices are left to the order of all scores.
  private func anyFirst(_ program: SafetyProgram, _ clauses: [CertifiedClause]) -> Certification {
    let outputs = Array(program.interface.outputs.indices)
    return Certification(
      clauses, rows: program.certification.rows.map { .init(firsts: outputs, isFree: $0.isFree) })
  }

  /// As if scores did not move.
  private func withoutThresholds(_ program: SafetyProgram) -> [CertifiedClause] {
    let count = program.interface.outputs.count
    let nothing = [UpperBound](repeating: .zero, count: count * count)
    return program.certification.clauses.map { clause in
      CertifiedClause(
        clause.clause,
        StaticHead(
          clause.head.decision, radius: clause.clause.radius, pairwise: nothing, executionErrors: nothing,
          scoreMagnitudes: Array(nothing.prefix(count))), surely: clause.surely, possibly: clause.possibly)
    }
  }

  @Test(arguments: 0..<UInt64(sampleCount(4, full: 40)))
  func certifiedDecisionsStay(batch: UInt64) throws {
    let tally = try tally(seeds: 30 * batch..<30 * (batch + 1))
    #expect(tally.broken.isEmpty, "\(tally.broken.count): \(tally.broken.prefix(3))")
    #expect(tally.points >= 1000, "\(tally)")
    #expect(tally.certified >= 1000, "\(tally)")
    #expect(tally.repaired >= 50, "\(tally)")
    #expect(tally.abstained >= 20, "\(tally)")
  }

  @Test(arguments: 0..<UInt64(sampleCount(4, full: 40)))
  func decisionsThatAreCertifiedByOrderStay(batch: UInt64) throws {
    let tally = try tallyCertifying(30 * batch..<30 * (batch + 1)) {
      anyFirst($0, $0.certification.clauses)
    }
    #expect(tally.broken.isEmpty, "\(tally.broken.count): \(tally.broken.prefix(3))")
    #expect(tally.byOrder >= 20, "\(tally)")
  }

  // Each of these faults has to be found, or the tests above would say little.

  /// As if the ball never left the region of a guard.
  @Test func guardsThatAreIgnoredAreFound() throws {
    let tally = try tallyCertifying(0..<30) { program in
      let clauses = program.certification.clauses.map { clause in
        CertifiedClause(
          clause.clause, clause.head, surely: program.guards.map(\.property.condition),
          possibly: program.guards.map(\.property.condition))
      }
      return Certification(clauses, program.table)
    }
    #expect(tally.broken.count >= 10, "\(tally.broken.count)")
  }

  @Test func missingThresholdsAreFound() throws {
    let tally = try tallyCertifying(0..<30) { Certification(withoutThresholds($0), $0.table) }
    #expect(tally.broken.count >= 10, "\(tally.broken.count)")
  }

  /// As if a repair could choose nothing but what it chose.
  @Test func missingRivalsAreFound() throws {
    let tally = try tallyCertifying(0..<60) { program in
      Certification(
        program.certification.clauses,
        rows: program.certification.rows.map { .init(firsts: [], isFree: $0.isFree) })
    }
    #expect(tally.broken.count >= 5, "\(tally.broken.count)")
  }

  /// As if outputs of adjacent ranks never changed places.
  @Test func ranksThatAreNotComparedAreFound() throws {
    let tally = try tallyCertifying(0..<30) { anyFirst($0, withoutThresholds($0)) }
    #expect(tally.brokenByOrder >= 10, "\(tally.brokenByOrder)")
  }

  /// As if no guard read the raw choice: each has the truth that it has at the input.
  @Test func rawChoicesThatAreIgnoredAreFound() throws {
    let tally = try tally(seeds: 0..<60) { _ in
      { program, input in
        let guards = zip(program.guards, holding(program, input)).map { original, holds in
          let property = original.property
          return Guard(
            property: Property(
              name: property.name, title: property.title, interface: property.interface,
              condition: .constant(holds), post: property.post, overriders: property.overriders,
              range: property.range), overriders: original.overriders)
        }
        return program.certifying(guards: guards)
      }
    }
    #expect(tally.broken.count >= 3, "\(tally.broken.count)")
  }

  /// As if a property that does not override another at the input did not around it.
  @Test func overridersThatAreIgnoredAreFound() throws {
    let tally = try tally(seeds: 0..<120) { _ in
      { program, input in
        let holds = holding(program, input)
        return program.certifying(
          guards: program.guards.map { original in
            Guard(property: original.property, overriders: original.overriders.filter { holds[$0] })
          })
      }
    }
    #expect(tally.broken.count >= 3, "\(tally.broken.count)")
  }

  /// For each guard whether its condition holds.
  private func holding(_ program: SafetyProgram, _ input: [Float]) -> [Bool] {
    program.explain(input).properties.map(\.condition.holds)
  }
}
