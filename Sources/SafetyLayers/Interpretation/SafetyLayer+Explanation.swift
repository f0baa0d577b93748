import ExactArithmetic
import SpecificationLanguage

extension SafetyLayer {
  /// The explanation of ``decide(input:rawScores:)``.
  ///
  /// - Parameters:
  ///   - normalizedInput: what the network was given, to be shown.
  ///   - rawScores: ignored if an input is refused.
  public func explain(input: [Float], normalizedInput: [Float], rawScores: [Float]) -> Explanation {
    let refused = refusal(of: input)
    let isRefused = refused != nil
    let result = decide(input: input, rawScores: rawScores)
    let isRanked = !isRefused && rawScores.allSatisfy(\.isFinite)
    let ranking = isRanked ? Ranking(of: rawScores, by: interface.preference) : nil
    let row = ranking == nil ? nil : table.rows.firstIndex { $0.activation == result.activation }
    return Explanation(
      input: input, result: result, refusedInput: refused?.input,
      normalizedInput: isRefused ? [] : normalizedInput, rawScores: isRefused ? [] : rawScores,
      rawRanking: ranking?.byRank ?? [],
      properties: ranking.map { explainProperties(input: input, rawChoice: $0.choice) } ?? [], row: row,
      outcome: outcome(of: result, row: row, ranking: ranking),
      finalRanking: result.choice < 0 ? [] : Ranking(of: result.scores, by: interface.preference).byRank)
  }

  private func outcome(of result: InferenceResult, row: Int?, ranking: Ranking?) -> Explanation.Outcome {
    if case .abstained(let reason) = result.status { return .abstained(reason) }
    guard let row, let ranking else { preconditionFailure("an answer comes from a row and a ranking") }
    let disjuncts = table.rows[row].disjuncts
    if let kept = satisfiedDisjunct(of: disjuncts, by: ranking) { return .kept(disjunct: kept) }
    return .repaired(disjunct: repair(ranking, under: disjuncts).disjunct)
  }

  private func explainProperties(input: [Float], rawChoice: Int) -> [PropertyExplanation] {
    let conditions = guards.map { $0.property.condition.explained(at: input, rawChoice: rawChoice) }
    return guards.indices.map { index in
      PropertyExplanation(
        name: guards[index].property.name, title: guards[index].property.title,
        condition: conditions[index],
        overriddenBy: guards[index].overriders.filter { conditions[$0].holds })
    }
  }
}

extension Condition {
  fileprivate func explained(at input: [Float], rawChoice: Int) -> ConditionExplanation {
    switch self {
    case .constant(let value): .constant(value)
    case .atom(let atom, let provenance):
      .atom(
        AtomExplanation(
          text: provenance.text, range: provenance.range,
          holds: atom.isTrue(of: input, rawChoice: rawChoice),
          actual: atom.actual(at: input, rawChoice: rawChoice)))
    case .all(let parts): .all(parts.map { $0.explained(at: input, rawChoice: rawChoice) })
    case .any(let parts): .any(parts.map { $0.explained(at: input, rawChoice: rawChoice) })
    }
  }
}

extension Atom {
  fileprivate func actual(at input: [Float], rawChoice: Int) -> AtomExplanation.Actual {
    switch self {
    case .atLeast(let index, _), .atMost(let index, _): .input(index, value: input[index])
    case .linear(let inequality): .sum(inequality.sum { Rational(input[$0]) })
    case .rawChoice: .rawChoice(rawChoice)
    }
  }
}
