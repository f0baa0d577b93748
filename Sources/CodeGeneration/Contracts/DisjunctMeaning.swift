import LoopIR
import SafetyLayers
import SpecificationLanguage

// What rows and properties demand, written out over scores and not through the repair table: the contracts of the
// check and of the decision say that the code that reads the table establishes it.

extension EmissionContext {
  /// Whether contracts say what rows and properties demand. Larger tables would drown the code in contracts, and
  /// counts of better scores or another tie order than the declared one need induction, which the provers lack:
  /// the contracts say then that memory is safe, that loops end, and what is copied.
  var statesMeaning: Bool {
    let literals = layout.disjuncts.reduce(0) { $0 + $1.precedences.count + $1.windows.count }
    let demands = layout.needsRepair || program.guards.contains { $0.enforcement != .repair }
    return tiesFollowDeclaration && demands && layout.rows.count <= 64 && literals <= 128
      && !layout.hasWindow { $0.earliest > 1 || $0.end < outputCount - 1 }
      && program.guards.allSatisfy { meaning(of: $0.property.post) != nil }
  }

  /// The predicates that state the meaning: every disjunct's and every property's.
  var meaningDefinitions: [PredicateDefinition] {
    let scores = PredicateDefinition.Parameter.floats(Names.scores)
    let some = [scores, .integer(Names.output)]
    let (i, output) = (Names.scores.term[Names.i.term], Names.scores.term[Names.output.term])
    return [
      PredicateDefinition(names[.hasBetter], some, forSomeOutput(better(i, output))),
      PredicateDefinition(names[.hasWorse], some, forSomeOutput(better(output, i))),
    ]
      + layout.disjuncts.indices.map {
        PredicateDefinition(names[.disjunct, $0], [scores], meaning(of: layout.disjuncts[$0]))
      }
      + program.guards.indices.map {
        PredicateDefinition(
          names[.post, $0], [scores], meaning(of: program.guards[$0].property.post) ?? .truth(true))
      }
  }

  /// A row is satisfied where one of its disjuncts is.
  func meaning(ofRow row: Int, _ scores: Term) -> Formula {
    .any(
      layout.rowDisjuncts[layout.rowStart[row]..<layout.rowStart[row + 1]].map {
        meaning(ofDisjunct: $0, scores)
      })
  }

  func meaning(ofDisjunct disjunct: Int, _ scores: Term) -> Formula {
    .predicate(names[.disjunct, disjunct], [scores])
  }

  func meaning(of precedence: OrderConstraint.Precedence) -> Formula {
    better(Names.scores.term[.integer(precedence.before)], Names.scores.term[.integer(precedence.after)])
  }

  func meaning(of window: OrderConstraint.Window) -> Formula {
    .all(
      (window.earliest > 0 ? [hasBetter(window.output)] : [])
        + (window.end < outputCount ? [hasWorse(window.output)] : []))
  }

  private func meaning(of disjunct: OrderConstraint) -> Formula {
    .all(disjunct.precedences.map { meaning(of: $0) } + disjunct.windows.map { meaning(of: $0) })
  }

  /// `nil` if it counts scores.
  private func meaning(of post: Post) -> Formula? {
    switch post {
    case .precedes(let above, let below):
      return better(Names.scores.term[.integer(above)], Names.scores.term[.integer(below)])
    case .before(let output, let end):
      return end >= outputCount ? .truth(true) : end == outputCount - 1 ? hasWorse(output) : nil
    case .notBefore(let output, let start):
      return start <= 0 ? .truth(true) : start == 1 ? hasBetter(output) : nil
    case .all(let parts): return meanings(of: parts).map { .all($0) }
    case .any(let parts): return meanings(of: parts).map { .any($0) }
    }
  }

  private func meanings(of parts: [Post]) -> [Formula]? {
    let meanings = parts.compactMap { meaning(of: $0) }
    return meanings.count == parts.count ? meanings : nil
  }

  /// Some score is strictly better than the output's.
  private func hasBetter(_ output: Int) -> Formula {
    .predicate(names[.hasBetter], [Names.scores.term, .integer(output)])
  }

  /// Some score is strictly worse than the output's.
  private func hasWorse(_ output: Int) -> Formula {
    .predicate(names[.hasWorse], [Names.scores.term, .integer(output)])
  }
}
