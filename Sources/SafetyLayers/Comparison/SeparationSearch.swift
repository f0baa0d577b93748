import ExactArithmetic
import SMTSolving
import SpecificationLanguage

/// Looks for scores that one set of demands allows and another forbids, at an input that both specifications
/// accept.
struct SeparationSearch {
  let common: CommonInterface
  /// How raw scores choose, where the demands are about raw scores; `nil` where they are about the scores that
  /// are returned: then the raw choice is any output.
  let rawPreference: OutputPreference?
  let timeoutMilliseconds: UInt32

  /// Decides whether some input, raw choice and scores satisfy all of `allowed` and violate one of `forbidden`.
  func callAsFunction(allowedBy allowed: [Demand], forbiddenBy forbidden: [Demand]) -> Separation.Answer {
    // What is also demanded by the others is not violated where they are satisfied.
    let shapes = Set(allowed.map(\.shape))
    let suspects = forbidden.filter { !shapes.contains($0.shape) }
    if suspects.isEmpty { return .none }
    let question = SeparationQuestion(
      allowed: allowed, suspects: suspects, common: common, rawPreference: rawPreference)
    let encoding = SeparationEncoding(question, timeoutMilliseconds: timeoutMilliseconds)
    switch encoding.check() {
    case .unsatisfiable: return .none
    case .unknown(let reason): return .undecided(reason: reason)
    case .satisfiable(let model):
      guard let point = encoding.point(in: model) else {
        return .undecided(reason: "the solver's example of a difference is incomplete")
      }
      guard let separation = replay(point, of: question, encoding) else {
        return .undecided(reason: "the solver's example of a difference does not replay")
      }
      return .found(separation)
    }
  }

  private func replay(
    _ point: SeparationEncoding.Point, of question: SeparationQuestion, _ encoding: SeparationEncoding
  ) -> Separation? {
    func points(with literals: [ImplicantLiteral], rawChoice: Int) -> ExampleSearch {
      ExampleSearch(
        problem: encoding.problem, claimed: [], literals: literals, values: point.values, rawChoice: rawChoice
      )
    }
    let exact = points(with: [], rawChoice: point.rawChoice).exactPoint
    let first = candidates(point.scores).lazy.compactMap { scores in
      question.violation(at: .rationals(exact), rawChoice: point.rawChoice, scores).map { (scores, $0) }
    }.first
    guard let (scores, violated) = first else { return nil }
    let rawChoice = question.rawChoice(point.rawChoice, scores)
    let literals = question.literals(at: exact, rawChoice: rawChoice, scores, violated)
    let region = Region(literals, in: common.interface)
    // In the region: beside it the same scores may separate for another reason, which is not shown.
    let shown = points(with: literals, rawChoice: rawChoice).candidates.first {
      literals.hold(at: $0, rawChoice: rawChoice)
        && question.violation(at: $0, rawChoice: rawChoice, scores) != nil
    }
    guard let shown else { return nil }
    let dependsOnChoice = literals.contains { if case .rawChoice = $0.atom { true } else { false } }
    return Separation(
      interface: common.interface, region: region,
      occursElsewhere: encoding.isPossible(outside: literals),
      example: ConflictExample(
        point: shown, rawChoice: dependsOnChoice && rawPreference == nil ? rawChoice : nil, active: [],
        inputs: Set(literals.flatMap(\.atom.inputs)).sorted()),
      scores: scores, boundsScores: question.boundsScores, violated: violated.name)
  }

  /// Scores to try: the solver's with its ties broken, each output preferred in turn, as a ranking is pleasant to
  /// read; then the solver's own.
  private func candidates(_ scores: [Rational]) -> [[Rational]] {
    scores.indices.prefix(16).map { untied(scores, preferring: $0) } + [scores]
  }

  /// Ranks in the order of `scores`; on ties the preferred output is better, then the one declared first.
  private func untied(_ scores: [Rational], preferring preferred: Int) -> [Rational] {
    let isHighest = common.interface.better == .highest
    let ascending = scores.indices.sorted { a, b in
      if scores[a] != scores[b] { return scores[a] < scores[b] }
      let aIsBetter = a == preferred || (b != preferred && a < b)
      return aIsBetter != isHighest
    }
    var untied = scores
    for (rank, output) in ascending.enumerated() { untied[output] = Rational(rank) }
    return untied
  }
}
