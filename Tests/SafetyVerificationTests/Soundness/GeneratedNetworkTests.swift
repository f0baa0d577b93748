import Diagnostics
import ExactArithmetic
import SafetyVerification
import TestSupport
import Testing
import VNNLIB

/// 500 tiny networks, each with an unsafe set from its text: real verdicts are those of an enumeration of the
/// activation regions. Seeds in blocks, for fewer lines of output.
@Test(arguments: 0..<10)
func verdictsOfTinyNetworksAreTheEnumerations(block: Int) throws {
  let size = sampleCount(50, full: 500)
  for seed in UInt64(block * size)..<UInt64((block + 1) * size) {
    let tiny = TinyQuestion(seed: seed)
    let isViolated = try decide(tiny, seed: seed)
    #expect(isViolated == tiny.isViolated, "seed \(seed):\n\(tiny.text)")
  }
}

/// `nil` if it stays open.
private func decide(_ tiny: TinyQuestion, seed: UInt64) throws -> Bool? {
  let unsafe = try parseVNNLIB(SourceFile(name: "tiny", utf8: Array(tiny.text.utf8)))
  for question in unsafe.questions(try tiny.network.network()) {
    switch question.decide(within: ExactBudget(systems: 10_000)) {
    case .feasible(let input):
      let values = input + tiny.network.evaluate(input)
      #expect(question.rows.allSatisfy { $0.holds(at: values) }, "seed \(seed)")
      return true
    case .infeasible(let proof): #expect(proof.proves(question), "seed \(seed)")
    case .unknown: return nil
    }
  }
  return false
}

/// Both verdicts, sets that touch what the network reaches, inputs without width and disjunctions all occur.
@Test func tinyQuestionsAreOfAllKinds() {
  let questions = (0..<200 as Range<UInt64>).map { TinyQuestion(seed: $0) }
  #expect((60..<140).contains(questions.count(where: \.isViolated)))
  #expect(questions.count { zip($0.lower, $0.upper).contains { $0 == $1 } } > 40)
  #expect(questions.count { $0.text.contains("(or ") } > 80)
  #expect(questions.count { $0.text.contains("(< ") || $0.text.contains("(> ") } > 40)
  // A set that is touched changes its verdict with the strictness of its atoms.
  let touched = questions.count { question in
    var rows = TinyQuery.all(question.assertions).conjunctions()
    for index in rows.indices { for row in rows[index].indices { rows[index][row].isStrict.toggle() } }
    let oracle = RegionEnumeration(network: question.network, lower: question.lower, upper: question.upper)
    return oracle.isSatisfiable(rows) != question.isViolated
  }
  #expect(touched > 40)
}
