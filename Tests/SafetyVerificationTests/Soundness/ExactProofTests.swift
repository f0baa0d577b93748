import Diagnostics
import ExactArithmetic
import SafetyVerification
import TestSupport
import Testing
import VNNLIB

/// The first questions without an answer whose proofs have several leaves and rows.
private func provedQuestions(_ count: Int) throws -> [(question: ExactQuestion, proof: ExactProof)] {
  var found: [(question: ExactQuestion, proof: ExactProof)] = []
  var seed = UInt64(0)
  while found.count < count {
    let tiny = TinyQuestion(seed: seed)
    seed += 1
    let unsafe = try parseVNNLIB(SourceFile(name: "tiny", utf8: Array(tiny.text.utf8)))
    for question in unsafe.questions(try tiny.network.network()) {
      guard case .infeasible(let proof) = question.decide(within: ExactBudget(systems: 10_000)) else {
        continue
      }
      found.append((question, proof))
    }
  }
  return found
}

@Test func tamperedProofsAreRejected() throws {
  for (question, proof) in try provedQuestions(150) {
    #expect(proof.proves(question))
    for tampered in proof.tampered { #expect(!tampered.proves(question), "\(tampered)") }
  }
}

/// What holds of one question need not hold of another: no proof is accepted for a question with an answer.
@Test func proofsOfOtherQuestionsAreRejected() throws {
  for (question, proof) in try provedQuestions(150) {
    let width = Rational(1)
    let wider = ExactQuestion(
      question.network, lower: question.lower.map { $0 - width }, upper: question.upper.map { $0 + width },
      rows: question.rows.filter { row in
        row.coefficients.dropFirst(question.lower.count).contains { $0.signum != 0 }
      }
    )
    if case .feasible = wider.decide(within: ExactBudget(systems: 10_000)) { #expect(!proof.proves(wider)) }
  }
}

extension ExactProof {
  /// Each with one thing changed that it needs.
  fileprivate var tampered: [ExactProof] {
    switch self {
    case .leaf(let multipliers):
      // With one multiplier alone, its factor does not matter; with more the variables no longer cancel.
      var result: [ExactProof] = [.leaf(multipliers.map { ($0.row, -$0.multiplier) }), .leaf([])]
      if multipliers.count > 1 {
        for index in multipliers.indices {
          var changed = multipliers
          changed[index].multiplier = changed[index].multiplier * Rational(1_000_001, over: 1_000_000)
          result.append(.leaf(changed))
          changed.remove(at: index)
          result.append(.leaf(changed))
        }
      }
      return result
    case .split(let gate, let inactive, let active):
      return inactive.tampered.map { .split(gate, inactive: $0, active: active) }
        + active.tampered.map { .split(gate, inactive: inactive, active: $0) }
        + [.split(Gate(node: gate.node, element: gate.element + 100), inactive: inactive, active: active)]
    }
  }
}
