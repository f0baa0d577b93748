import SafetyLayers

/// The functions that decide: everything after the network, on physical inputs and raw scores.
func emitDecisions(_ context: EmissionContext) -> [CDeclaration] {
  let layout = context.layout
  return [.function(emitAbstain(context)), .function(emitScoresAreFinite(context))]
    + emitTieOrder(context) + [.function(emitRawChoice(context))]
    + emitTables(context) + [.function(emitFindRow(context))]
    + (layout.needsRepair
      ? [.function(emitCheck(context))] + emitRankOutputs(context) + emitOrder(context) + emitValues(context)
        + [.function(emitRepair(context))]
      : [])
    + [.function(emitDecide(context))]
}

/// `result->field`.
func resultField(_ field: CName) -> CExpression { .arrow(Names.result.expression, field) }

func resultParameter(_ context: EmissionContext) -> CVariable {
  CVariable(.pointer(.named(context.names.result)), Names.result)
}

private func emitAbstain(_ context: EmissionContext) -> CFunction {
  CFunction(
    .void, context.names[.abstain], [CVariable(.int32, Names.reason), resultParameter(context)],
    comment: "An abstaining result: choice -1 and NaN scores, so that ignoring the status shows."
  ) {
    CStatement.constant(.uint32, Names.bits, .bits(Float.nan.bitPattern))
    CStatement.each(Names.i, to: .count(context.outputCount)) {
      .discard(
        Names.memcpy(
          .unary(.addressOf, resultField(Names.scores)[Names.i.expression]),
          .unary(.addressOf, Names.bits.expression), .sizeof(Names.bits.expression)))
    }
    CStatement.assign(resultField(Names.choice), .signed(-1))
    CStatement.assign(resultField(Names.status), context.names.statusAbstained.expression)
    CStatement.assign(resultField(Names.reason), Names.reason.expression)
  }
}

private func emitScoresAreFinite(_ context: EmissionContext) -> CFunction {
  CFunction(
    .int, context.names[.scoresAreFinite], [floats(Names.raw)],
    comment: "Whether no score is NaN or infinite."
  ) {
    CStatement.variable(.int, Names.finite, .signed(1))
    CStatement.each(Names.i, to: .count(context.outputCount)) {
      .update(
        Names.finite.expression, .bitAnd,
        !context.names[.isStrange](Names.raw[Names.i.expression]))
    }
    CStatement.give(Names.finite.expression)
  }
}

private func emitDecide(_ context: EmissionContext) -> CFunction {
  let names = context.names
  return CFunction(
    .void, names[.decide], [floats(Names.input), floats(Names.raw), resultParameter(context)],
    comment: """
      Guards, check and repair: the result for an input in the domain and the network's scores.
      """
  ) {
    CStatement.zeroed(.uint32, Names.active, count: context.activeWords)
    if !context.guards.uses.contains(where: \.inputs) { CStatement.discard(Names.input.expression) }
    CStatement.each(Names.i, to: .count(context.activeWords)) {
      .assign(resultField(Names.active)[Names.i.expression], 0)
    }
    CStatement.when(!names[.scoresAreFinite](Names.raw.expression)) { abstain(context, .nonFiniteScore) }
    CStatement.constant(.uint32, Names.choice, names[.rawChoice](Names.raw.expression))
    CStatement.call(callEvaluateGuards(context))
    CStatement.each(Names.i, to: .count(context.activeWords)) {
      .assign(resultField(Names.active)[Names.i.expression], Names.active[Names.i.expression])
    }
    CStatement.constant(.uint32, Names.row, names[.findRow](Names.active.expression))
    CStatement.when(Names.row.expression == .count(context.layout.rows.count)) {
      abstain(context, .unlistedActivation)
    }
    if context.layout.needsRepair || context.layout.hasConflicts { decideByRow(context) }
    CStatement.each(Names.i, to: .count(context.outputCount)) {
      .assign(resultField(Names.scores)[Names.i.expression], Names.raw[Names.i.expression])
    }
    CStatement.assign(resultField(Names.choice), .cast(.int32, Names.choice.expression))
    CStatement.assign(resultField(Names.status), names.statusOK.expression)
    CStatement.assign(resultField(Names.reason), names.noReason.expression)
  }
}

@CBlock
private func abstain(_ context: EmissionContext, _ reason: AbstentionReason) -> [CStatement] {
  CStatement.call(
    context.names[.abstain](context.names.reason(reason).expression, Names.result.expression))
  CStatement.result(nil)
}

@CBlock
private func decideByRow(_ context: EmissionContext) -> [CStatement] {
  let rowStart = context.names[.rowStart]
  CStatement.constant(.uint32, Names.first, rowStart[Names.row.expression])
  CStatement.constant(.uint32, Names.end, rowStart[Names.row.expression + 1])
  if context.layout.hasConflicts {
    CStatement.when(Names.first.expression == Names.end.expression) { abstain(context, .conflict) }
  }
  if context.layout.needsRepair { repairUnlessOneHolds(context) }
}

@CBlock
private func repairUnlessOneHolds(_ context: EmissionContext) -> [CStatement] {
  let names = context.names
  let extremes = checkExtremes(context.layout)
  if extremes.contains(Names.best) {
    CStatement.constant(.float, Names.best, Names.raw[Names.choice.expression])
  }
  if extremes.contains(Names.worst) { findWorst(context) }
  CStatement.variable(.int, Names.holds, .signed(0))
  CStatement.loop(
    Names.k, from: Names.first.expression,
    while: .all([!Names.holds.expression, Names.k.expression < Names.end.expression]),
    update: Names.k.expression + 1,
    [
      .assign(
        Names.holds.expression,
        .call(
          names[.holds],
          [Names.raw.expression] + extremes.map(\.expression)
            + [names[.rowDisjuncts][Names.k.expression]]))
    ])
  CStatement.when(!Names.holds.expression) {
    CStatement.call(
      .call(
        names[.repair],
        [Names.raw.expression, Names.first.expression]
          + (context.layout.hasAlternatives ? [Names.end.expression] : []) + [Names.result.expression]))
    CStatement.result(nil)
  }
}

@CBlock
private func findWorst(_ context: EmissionContext) -> [CStatement] {
  CStatement.variable(.float, Names.worst, Names.raw[0])
  CStatement.each(Names.i, from: 1, to: .count(context.outputCount)) {
    .when(context.better(Names.worst.expression, Names.raw[Names.i.expression])) {
      .assign(Names.worst.expression, Names.raw[Names.i.expression])
    }
  }
}
