import SafetyLayers

/// The function that says whether raw scores satisfy one disjunct; only the tests for kinds of literals
/// that some disjunct has.
func emitCheck(_ context: EmissionContext) -> CFunction {
  let layout = context.layout
  return CFunction(
    .int, context.names[.holds],
    [floats(Names.raw)] + checkExtremes(layout).map { CVariable(.float, $0) }
      + [CVariable(.uint32, Names.disjunct)],
    comment: "Whether the raw scores satisfy a disjunct."
  ) {
    if layout.hasPrecedences { checkPrecedences(context) }
    if layout.hasWindows { checkWindows(context) }
    CStatement.give(true)
  }
}

/// The parameters that hold the best and the worst raw score, if windows are tested against them.
func checkExtremes(_ layout: RepairLayout) -> [CName] {
  let last = layout.outputCount - 1
  return (layout.hasWindow { $0.earliest == 1 } ? [Names.best] : [])
    + (layout.hasWindow { $0.end == last } ? [Names.worst] : [])
}

@CBlock
private func checkPrecedences(_ context: EmissionContext) -> [CStatement] {
  let first = Names.disjunct.expression * .count(context.outputCount)
  CStatement.constant(.uint32, Names.end, context.names[.successorStart][first + .count(context.outputCount)])
  CStatement.loop(
    Names.k, from: context.names[.successorStart][first], while: Names.k.expression < Names.end.expression,
    update: Names.k.expression + 1,
    [
      .when(
        !context.better(
          Names.raw[context.names[.precedenceBefore][Names.k.expression]],
          Names.raw[context.names[.precedenceAfter][Names.k.expression]])
      ) { .give(false) }
    ])
}

@CBlock
private func checkWindows(_ context: EmissionContext) -> [CStatement] {
  let layout = context.layout
  let last = layout.outputCount - 1
  let names = context.names
  CStatement.loop(
    Names.k, from: names[.disjunctWindows][Names.disjunct.expression],
    while: Names.k.expression < names[.disjunctWindows][Names.disjunct.expression + 1],
    update: Names.k.expression + 1,
    checkWindow(
      context, countsBetter: layout.hasWindow { $0.earliest > 1 },
      countsWorse: layout.hasWindow { $0.end < last }))
}

@CBlock
private func checkWindow(
  _ context: EmissionContext, countsBetter: Bool, countsWorse: Bool
) -> [CStatement] {
  let layout = context.layout
  let outputs = layout.outputCount
  let names = context.names
  let earliest = names[.windowEarliest][Names.k.expression]
  let end = names[.windowEnd][Names.k.expression]
  CStatement.constant(.float, Names.value, Names.raw[names[.windowOutput][Names.k.expression]])
  if layout.hasWindow(where: { $0.earliest == 1 }) {
    CStatement.when(
      .all([earliest == 1, !context.better(Names.best.expression, Names.value.expression)])
    ) { .give(false) }
  }
  if layout.hasWindow(where: { $0.end == outputs - 1 }) {
    CStatement.when(
      .all([
        end == .count(outputs - 1), !context.better(Names.value.expression, Names.worst.expression),
      ])
    ) { .give(false) }
  }
  if countsBetter {
    CStatement.when(earliest > 1) {
      CStatement.variable(.uint32, Names.count, 0)
      countScores(context) { context.better($0, Names.value.expression) }
      CStatement.when(Names.count.expression < earliest) { .give(false) }
    }
  }
  if countsWorse {
    CStatement.when(end < .count(outputs - 1)) {
      CStatement.variable(.uint32, Names.count, 0)
      countScores(context) { context.better(Names.value.expression, $0) }
      CStatement.when(Names.count.expression < .count(outputs) - end) { .give(false) }
    }
  }
}

private func countScores(_ context: EmissionContext, _ counts: (CExpression) -> CExpression) -> CStatement {
  .each(Names.i, to: .count(context.outputCount)) {
    .update(
      Names.count.expression, .add,
      .conditional(counts(Names.raw[Names.i.expression]), then: 1, else: 0))
  }
}
