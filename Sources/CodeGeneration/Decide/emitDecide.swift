import LoopIR
import SafetyLayers

/// The functions that decide: everything after the network, on physical inputs and raw scores.
func emitDecisions(_ context: EmissionContext) -> [Declaration] {
  let layout = context.layout
  let choosing =
    [.function(emitAbstain(context)), .function(emitScoresAreFinite(context))] + emitTieOrder(context)
    + [.function(emitRawChoice(context))]
  guard context.isSafe else { return choosing + [.function(emitPlainDecide(context))] }
  return choosing + emitTables(context) + [.function(emitFindRow(context))]
    + (layout.needsRepair ? emitCheck(context) : [])
    + (layout.needsRepair || context.head.readsFreeRows ? [.function(emitRankOutputs(context))] : [])
    + (layout.needsRepair
      ? emitOrder(context) + emitValues(context) + [.function(emitRepair(context))]
      : [])
    + [.function(emitDeliver(context)), .function(emitDecideRow(context)), .function(emitDecide(context))]
}

/// `result->field`.
func resultField(_ field: Identifier) -> Expression { .field(Names.result.expression, field) }

func resultParameter(_ context: EmissionContext) -> Variable {
  Variable(.pointer(.named(context.names.result)), Names.result)
}

/// `result->field` in a contract.
func resultTerm(_ field: Identifier) -> Term { .field(Names.result.term, field) }

// MARK: Results

private func emitAbstain(_ context: EmissionContext) -> Function {
  Function(
    .void, context.names[.abstain], [Variable(.int32, Names.reason), resultParameter(context)],
    comment: "An abstaining result: choice -1 and NaN scores, so that ignoring the status shows.",
    contract: Contract(
      requires: [.writable(.one(Names.result.term))], assigns: context.outcome,
      ensures: [
        resultTerm(Names.choice) == -1, context.hasStatus(context.names.status(.abstained)),
        resultTerm(Names.reason) == Names.reason.term,
      ])
  ) {
    provenLoop(
      Names.i, to: context.outputCount,
      changes: [.elements(resultTerm(Names.scores), count: context.outputCount)]
    ) {
      .assign(resultField(Names.scores)[Names.i.expression], .floatOfBits(.bits(Float.nan.bitPattern)))
    }
    Statement.assign(resultField(Names.choice), .signed(-1))
    Statement.assign(resultField(Names.status), context.names.status(.abstained).expression)
    Statement.assign(resultField(Names.reason), Names.reason.expression)
  }
}

/// An answer: the scores, and the best of them.
private func emitDeliver(_ context: EmissionContext) -> Function {
  let names = context.names
  let scores = context.everyOutput(of: Names.scores)
  let choice = Names.choice.term
  let isBest = context.tiesFollowDeclaration
  let kept = context.layout.disjuncts.indices.map { disjunct in
    Formula.implies(
      context.meaning(ofDisjunct: disjunct, Names.scores.term),
      context.meaning(ofDisjunct: disjunct, context.resultScores))
  }
  return Function(
    .void, names[.deliver],
    [
      floats(Names.scores), Variable(.uint32, Names.choice), Variable(.int32, Names.status),
      resultParameter(context),
    ], comment: "An answer: scores and the best of them.",
    contract: Contract(
      // Where nothing is checked, this is the first function that speaks of meaning.
      definitions: context.statesMeaning && !context.layout.needsRepair ? context.meaningDefinitions : [],
      requires: [
        .readable(scores), .writable(.one(Names.result.term)), .separated([scores, .one(Names.result.term)]),
        .range(0, choice, below: .integer(context.outputCount)),
      ] + (isBest ? [context.isBest(choice, of: Names.scores.term)] : []), assigns: context.outcome,
      ensures: [
        context.areDelivered(Names.scores), resultTerm(Names.choice) == choice,
        resultTerm(Names.status) == Names.status.term,
      ] + (isBest ? [context.isBest(choice, of: context.resultScores)] : [])
        + (context.statesMeaning ? kept : []))
  ) {
    provenLoop(
      Names.i, to: context.outputCount,
      changes: [.elements(resultTerm(Names.scores), count: context.outputCount)],
      invariants: [
        .forAll(
          [Names.k],
          .implies(
            .range(0, Names.k.term, below: Names.i.term),
            resultTerm(Names.scores)[Names.k.term] == Names.scores.term[Names.k.term]))
      ]
    ) { .assign(resultField(Names.scores)[Names.i.expression], Names.scores[Names.i.expression]) }
    Statement.assign(resultField(Names.choice), .cast(.int32, Names.choice.expression))
    Statement.assign(resultField(Names.status), Names.status.expression)
    Statement.assign(resultField(Names.reason), names.noReason.expression)
  }
}

private func emitScoresAreFinite(_ context: EmissionContext) -> Function {
  Function(
    .bool, context.names[.scoresAreFinite], [floats(Names.scores)],
    comment: "Whether no score is NaN or infinite.",
    contract: Contract(requires: [.readable(context.everyOutput(of: Names.scores))])
  ) {
    Statement.variable(.bool, Names.finite, .truth(true))
    provenLoop(Names.i, to: context.outputCount, changes: [.one(Names.finite.term)]) {
      .when(context.names[.isStrange](Names.scores[Names.i.expression])) {
        .assign(Names.finite.expression, .truth(false))
      }
    }
    Statement.give(Names.finite.expression)
  }
}

// MARK: One row

/// Check and repair under the row of the active properties. What is given is checked, so that no fault of the
/// repair can make a wrong answer of it.
private func emitDecideRow(_ context: EmissionContext) -> Function {
  let names = context.names
  let raw = context.everyOutput(of: Names.raw)
  let meaning = context.layout.rows.indices.flatMap { row -> [Formula] in
    let isRow = Names.row.term == .integer(row)
    return [
      context.answered(.implies(isRow, context.meaning(ofRow: row, context.resultScores))),
      context.isTransparent(row, where: isRow),
    ]
  }
  let choice = Statement.constant(.uint32, Names.choice, names[.rawChoice](Names.raw.expression))
  let give = deliver(context, Names.raw, Names.choice, names.status(.ok))
  return Function(
    .void, names[.decideRow],
    [floats(Names.raw), Variable(.uint32, Names.row), resultParameter(context)],
    comment: context.layout.needsRepair
      ? "Check and repair under the row of the active properties."
      : "The answer under the row of the active properties: none of them asks for a check.",
    contract: Contract(
      requires: [
        .readable(raw), .writable(.one(Names.result.term)), .separated([raw, .one(Names.result.term)]),
        .range(0, Names.row.term, below: .integer(context.layout.rows.count)),
      ], assigns: context.outcome,
      ensures: context.answerIsSound + (context.statesMeaning ? meaning : []))
  ) {
    if context.layout.needsRepair {
      choice
      Statement.when(
        names[.rowHolds](Names.raw.expression, Names.choice.expression, Names.row.expression)
      ) {
        give
      } otherwise: {
        repairUnlessConflict(context)
      }
    } else if context.layout.hasConflicts {
      Statement.when(isEmptyRow(context)) {
        abstain(context, .conflict)
      } otherwise: {
        choice
        give
      }
    } else {
      Statement.discard(Names.row.expression)
      choice
      give
    }
  }
}

/// The call, and what is known of the scores before and of the result after: steps of the proof that the row is
/// satisfied.
@BlockBuilder
private func deliver(
  _ context: EmissionContext, _ scores: Identifier, _ choice: Identifier, _ status: Identifier
) -> [Statement] {
  context.rowSteps(.address(scores.term[0]))
  Statement.call(
    context.names[.deliver](
      scores.expression, choice.expression, status.expression, Names.result.expression))
  context.rowSteps(context.resultScores)
}

private func isEmptyRow(_ context: EmissionContext) -> Expression {
  let starts = context.names[.rowStart]
  return starts[Names.row.expression] == starts[Names.row.expression + 1]
}

private func repairUnlessConflict(_ context: EmissionContext) -> [Statement] {
  if !context.layout.hasConflicts { return emitRepairAndCheck(context) }
  return [
    .branch(isEmptyRow(context), then: [abstain(context, .conflict)], else: emitRepairAndCheck(context))
  ]
}

@BlockBuilder
private func emitRepairAndCheck(_ context: EmissionContext) -> [Statement] {
  let names = context.names
  let scores = Names.scores.expression
  Statement.zeroed(.float, Names.scores, count: context.outputCount)
  Statement.when(names[.repair](Names.raw.expression, Names.row.expression, scores)) {
    Statement.constant(.uint32, Names.repaired, names[.rawChoice](scores))
    Statement.when(
      .all([
        names[.scoresAreFinite](scores),
        names[.rowHolds](scores, Names.repaired.expression, Names.row.expression),
      ])
    ) {
      deliver(context, Names.scores, Names.repaired, names.status(.repaired))
    } otherwise: {
      abstain(context, .unrepaired)
    }
  } otherwise: {
    abstain(context, .unrepaired)
  }
}

extension EmissionContext {
  /// Scores satisfy the row that is decided.
  fileprivate func rowSteps(_ scores: Term) -> [Statement] {
    if !statesMeaning { return [] }
    return layout.rows.indices.map { row in
      .annotation(.assertion(.implies(Names.row.term == .integer(row), meaning(ofRow: row, scores))))
    }
  }
}

// MARK: The decision

private func emitDecide(_ context: EmissionContext) -> Function {
  let names = context.names
  return Function(
    .void, names[.decide], [floats(Names.input), floats(Names.raw), resultParameter(context)],
    comment: """
      Guards\(context.layout.needsRepair ? ", check and repair" : ""): the result for an input in the domain and the \
      network's scores.
      """, contract: context.decideContract
  ) {
    Statement.zeroed(.uint32, Names.active, count: context.activeWords)
    if !context.guards.uses.contains(where: \.inputs) { Statement.discard(Names.input.expression) }
    for word in 0..<context.activeWords { Statement.assign(resultField(Names.active)[.count(word)], 0) }
    Statement.when(names[.scoresAreFinite](Names.raw.expression)) {
      if context.guards.uses.contains(where: \.choice) {
        Statement.constant(.uint32, Names.choice, names[.rawChoice](Names.raw.expression))
      }
      Statement.call(callEvaluateGuards(context))
      for word in 0..<context.activeWords {
        Statement.assign(resultField(Names.active)[.count(word)], Names.active[.count(word)])
      }
      Statement.constant(.uint32, Names.row, names[.findRow](Names.active.expression))
      Statement.when(Names.row.expression == .count(context.layout.rows.count)) {
        abstain(context, .unlistedActivation)
      } otherwise: {
        Statement.call(
          names[.decideRow](Names.raw.expression, Names.row.expression, Names.result.expression))
        context.rowFacts
      }
    } otherwise: {
      abstain(context, .nonFiniteScore)
    }
  }
}

private func abstain(_ context: EmissionContext, _ reason: AbstentionReason) -> Statement {
  .call(context.names[.abstain](context.names.reason(reason).expression, Names.result.expression))
}
