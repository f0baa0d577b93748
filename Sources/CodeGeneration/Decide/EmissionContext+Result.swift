import LoopIR
import SafetyLayers

// What contracts say of results.

extension EmissionContext {
  /// All that an answer or an abstention writes; the active properties are written before.
  var outcome: [MemoryRange] {
    [.elements(resultTerm(Names.scores), count: outputCount)]
      + [Names.choice, Names.status, Names.reason].map { .one(resultTerm($0)) }
  }

  var resultScores: Term { .address(resultTerm(Names.scores)[0]) }

  /// The result's scores are those of an array.
  func areDelivered(_ scores: Identifier) -> Formula {
    forEveryOutput(resultTerm(Names.scores)[Names.i.term] == scores.term[Names.i.term])
  }

  func hasStatus(_ status: Identifier) -> Formula { resultTerm(Names.status) == status.term }

  /// What a result says whatever the row: the status, and that the choice is the best of the scores.
  var answerIsSound: [Formula] {
    [
      .any([names.status(.ok), names.status(.repaired), names.status(.abstained)].map { hasStatus($0) }),
      .implies(hasStatus(names.status(.ok)), areDelivered(Names.raw)),
      .implies(hasStatus(names.status(.abstained)), resultTerm(Names.choice) == -1),
    ] + (tiesFollowDeclaration ? [answered(isBest(resultTerm(Names.choice), of: resultScores))] : [])
  }

  func answered(_ claim: Formula) -> Formula {
    .implies(.not(hasStatus(names.status(.abstained))), claim)
  }
}

extension EmissionContext {
  /// Raw scores that satisfy a row are given as they are.
  func isTransparent(_ row: Int, where isRow: Formula) -> Formula {
    .implies(.all([isRow, meaning(ofRow: row, Names.raw.term)]), hasStatus(names.status(.ok)))
  }
}

extension EmissionContext {
  var decideContract: Contract {
    let input = MemoryRange.elements(Names.input.term, count: inputCount)
    let raw = everyOutput(of: Names.raw)
    let posts = program.guards.enumerated().map { position, property in
      // What the network was proved to keep, `decide` keeps of scores that have it.
      let given: [Formula] =
        switch property.enforcement {
        case .repair: []
        case .proof, .proofAndRepair: [.predicate(names[.post, position], [Names.raw.term])]
        }
      return answered(
        .implies(.all([isActive(position)] + given), .predicate(names[.post, position], [resultScores])))
    }
    return Contract(
      requires: [
        .readable(input), .readable(raw), .writable(.one(Names.result.term)),
        .separated([input, .one(Names.result.term)]), .separated([raw, .one(Names.result.term)]),
      ], assigns: outcome + [.elements(resultTerm(Names.active), count: activeWords)],
      ensures: answerIsSound + (statesMeaning ? posts + transparency : []))
  }

  /// Finite raw scores under which every active property holds are given as they are; stated for each listed set of
  /// active properties.
  private var transparency: [Formula] {
    let isDecided: [Formula] = [.nonFiniteScore, .unlistedActivation].map { (reason: AbstentionReason) in
      .not(resultTerm(Names.reason) == names.reason(reason).term)
    }
    return layout.rows.map { row in
      let posts = row.activation.active.map { Formula.predicate(names[.post, $0], [Names.raw.term]) }
      return .implies(.all(isDecided + isActive(row) + posts), hasStatus(names.status(.ok)))
    }
  }

  /// The active properties are those of a row.
  private func isActive(_ row: RepairTable.Row) -> [Formula] {
    row.activation.words.enumerated().map {
      resultTerm(Names.active)[.integer($0)] == .integer(Int($1))
    }
  }

  /// The bit of a property in the result, in arithmetic, which provers know better than bits.
  private func isActive(_ position: Int) -> Formula {
    (resultTerm(Names.active)[.integer(position / 32)] / .integer(1 << (position % 32))) % 2 == 1
  }

  /// What is known of a row where it is decided, as the provers' steps from rows to properties.
  var rowFacts: [Statement] {
    if !statesMeaning { return [] }
    return layout.rows.enumerated().flatMap { number, row -> [Statement] in
      let isRow = Names.row.term == .integer(number)
      let facts: [Formula] = [
        answered(.implies(isRow, meaning(ofRow: number, resultScores))), .implies(isRow, .all(isActive(row))),
        isTransparent(number, where: isRow),
      ]
      return facts.map { .annotation(.assertion($0)) }
    }
  }
}
