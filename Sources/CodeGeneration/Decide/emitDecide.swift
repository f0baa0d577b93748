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
    + (layout.needsRepair
      ? [.function(emitCheck(context))] + emitRankOutputs(context) + emitOrder(context) + emitValues(context)
        + [.function(emitRepair(context))]
      : [])
    + [.function(emitDecide(context))]
}

/// `result->field`.
func resultField(_ field: Identifier) -> Expression { .field(Names.result.expression, field) }

func resultParameter(_ context: EmissionContext) -> Variable {
  Variable(.pointer(.named(context.names.result)), Names.result)
}

private func emitAbstain(_ context: EmissionContext) -> Function {
  Function(
    .void, context.names[.abstain], [Variable(.int32, Names.reason), resultParameter(context)],
    comment: "An abstaining result: choice -1 and NaN scores, so that ignoring the status shows."
  ) {
    Statement.each(Names.i, to: .count(context.outputCount)) {
      .assign(
        resultField(Names.scores)[Names.i.expression], .floatOfBits(.bits(Float.nan.bitPattern)))
    }
    Statement.assign(resultField(Names.choice), .signed(-1))
    Statement.assign(resultField(Names.status), context.names.statusAbstained.expression)
    Statement.assign(resultField(Names.reason), Names.reason.expression)
  }
}

private func emitScoresAreFinite(_ context: EmissionContext) -> Function {
  Function(
    .int, context.names[.scoresAreFinite], [floats(Names.raw)],
    comment: "Whether no score is NaN or infinite."
  ) {
    Statement.variable(.int, Names.finite, .signed(1))
    Statement.each(Names.i, to: .count(context.outputCount)) {
      .update(
        Names.finite.expression, .bitAnd,
        !context.names[.isStrange](Names.raw[Names.i.expression]))
    }
    Statement.give(Names.finite.expression)
  }
}

private func emitDecide(_ context: EmissionContext) -> Function {
  let names = context.names
  return Function(
    .void, names[.decide], [floats(Names.input), floats(Names.raw), resultParameter(context)],
    comment: """
      Guards, check and repair: the result for an input in the domain and the network's scores.
      """
  ) {
    Statement.zeroed(.uint32, Names.active, count: context.activeWords)
    if !context.guards.uses.contains(where: \.inputs) { Statement.discard(Names.input.expression) }
    Statement.each(Names.i, to: .count(context.activeWords)) {
      .assign(resultField(Names.active)[Names.i.expression], 0)
    }
    Statement.when(!names[.scoresAreFinite](Names.raw.expression)) { abstain(context, .nonFiniteScore) }
    Statement.constant(.uint32, Names.choice, names[.rawChoice](Names.raw.expression))
    Statement.call(callEvaluateGuards(context))
    Statement.each(Names.i, to: .count(context.activeWords)) {
      .assign(resultField(Names.active)[Names.i.expression], Names.active[Names.i.expression])
    }
    Statement.constant(.uint32, Names.row, names[.findRow](Names.active.expression))
    Statement.when(Names.row.expression == .count(context.layout.rows.count)) {
      abstain(context, .unlistedActivation)
    }
    if context.layout.needsRepair || context.layout.hasConflicts { decideByRow(context) }
    Statement.each(Names.i, to: .count(context.outputCount)) {
      .assign(resultField(Names.scores)[Names.i.expression], Names.raw[Names.i.expression])
    }
    Statement.assign(resultField(Names.choice), .cast(.int32, Names.choice.expression))
    Statement.assign(resultField(Names.status), names.statusOK.expression)
    Statement.assign(resultField(Names.reason), names.noReason.expression)
  }
}

@BlockBuilder
private func abstain(_ context: EmissionContext, _ reason: AbstentionReason) -> [Statement] {
  Statement.call(
    context.names[.abstain](context.names.reason(reason).expression, Names.result.expression))
  Statement.result(nil)
}

@BlockBuilder
private func decideByRow(_ context: EmissionContext) -> [Statement] {
  let rowStart = context.names[.rowStart]
  Statement.constant(.uint32, Names.first, rowStart[Names.row.expression])
  Statement.constant(.uint32, Names.end, rowStart[Names.row.expression + 1])
  if context.layout.hasConflicts {
    Statement.when(Names.first.expression == Names.end.expression) { abstain(context, .conflict) }
  }
  if context.layout.needsRepair { repairUnlessOneHolds(context) }
}

@BlockBuilder
private func repairUnlessOneHolds(_ context: EmissionContext) -> [Statement] {
  let names = context.names
  let extremes = checkExtremes(context.layout)
  if extremes.contains(Names.best) {
    Statement.constant(.float, Names.best, Names.raw[Names.choice.expression])
  }
  if extremes.contains(Names.worst) { findWorst(context) }
  Statement.variable(.int, Names.holds, .signed(0))
  Statement.loop(
    Names.k, from: Names.first.expression,
    while: .all([!Names.holds.expression, Names.k.expression < Names.end.expression]),
    update: Names.k.expression + 1, atMost: context.layout.mostDisjuncts,
    [
      .assign(
        Names.holds.expression,
        .call(
          names[.holds],
          [Names.raw.expression] + extremes.map(\.expression)
            + [names[.rowDisjuncts][Names.k.expression]]))
    ])
  Statement.when(!Names.holds.expression) {
    Statement.call(
      .call(
        names[.repair],
        [Names.raw.expression, Names.first.expression]
          + (context.layout.hasAlternatives ? [Names.end.expression] : []) + [Names.result.expression]))
    Statement.result(nil)
  }
}

@BlockBuilder
private func findWorst(_ context: EmissionContext) -> [Statement] {
  Statement.variable(.float, Names.worst, Names.raw[0])
  Statement.each(Names.i, from: 1, to: .count(context.outputCount)) {
    .when(context.better(Names.worst.expression, Names.raw[Names.i.expression])) {
      .assign(Names.worst.expression, Names.raw[Names.i.expression])
    }
  }
}
