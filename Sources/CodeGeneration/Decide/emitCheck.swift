import LoopIR
import SafetyLayers

/// The function that says whether raw scores satisfy one disjunct; only the tests for kinds of literals
/// that some disjunct has.
func emitCheck(_ context: EmissionContext) -> Function {
  let layout = context.layout
  return Function(
    .int, context.names[.holds],
    [floats(Names.raw)] + checkExtremes(layout).map { Variable(.float, $0) }
      + [Variable(.uint32, Names.disjunct)],
    comment: "Whether the raw scores satisfy a disjunct."
  ) {
    if layout.hasPrecedences { checkPrecedences(context) }
    if layout.hasWindows { checkWindows(context) }
    Statement.give(true)
  }
}

/// The parameters that hold the best and the worst raw score, if windows are tested against them.
func checkExtremes(_ layout: RepairLayout) -> [Identifier] {
  let last = layout.outputCount - 1
  return (layout.hasWindow { $0.earliest == 1 } ? [Names.best] : [])
    + (layout.hasWindow { $0.end == last } ? [Names.worst] : [])
}

@BlockBuilder
private func checkPrecedences(_ context: EmissionContext) -> [Statement] {
  let first = Names.disjunct.expression * .count(context.outputCount)
  Statement.constant(.uint32, Names.end, context.names[.successorStart][first + .count(context.outputCount)])
  Statement.loop(
    Names.k, from: context.names[.successorStart][first], while: Names.k.expression < Names.end.expression,
    update: Names.k.expression + 1, atMost: context.layout.mostPrecedences,
    [
      .when(
        !context.better(
          Names.raw[context.names[.precedenceBefore][Names.k.expression]],
          Names.raw[context.names[.precedenceAfter][Names.k.expression]])
      ) { .give(false) }
    ])
}

@BlockBuilder
private func checkWindows(_ context: EmissionContext) -> [Statement] {
  let layout = context.layout
  let last = layout.outputCount - 1
  let names = context.names
  Statement.loop(
    Names.k, from: names[.disjunctWindows][Names.disjunct.expression],
    while: Names.k.expression < names[.disjunctWindows][Names.disjunct.expression + 1],
    update: Names.k.expression + 1, atMost: layout.mostWindows,
    checkWindow(
      context, countsBetter: layout.hasWindow { $0.earliest > 1 },
      countsWorse: layout.hasWindow { $0.end < last }))
}

@BlockBuilder
private func checkWindow(
  _ context: EmissionContext, countsBetter: Bool, countsWorse: Bool
) -> [Statement] {
  let layout = context.layout
  let outputs = layout.outputCount
  let names = context.names
  let earliest = names[.windowEarliest][Names.k.expression]
  let end = names[.windowEnd][Names.k.expression]
  Statement.constant(.float, Names.value, Names.raw[names[.windowOutput][Names.k.expression]])
  if layout.hasWindow(where: { $0.earliest == 1 }) {
    Statement.when(
      .all([earliest == 1, !context.better(Names.best.expression, Names.value.expression)])
    ) { .give(false) }
  }
  if layout.hasWindow(where: { $0.end == outputs - 1 }) {
    Statement.when(
      .all([
        end == .count(outputs - 1), !context.better(Names.value.expression, Names.worst.expression),
      ])
    ) { .give(false) }
  }
  if countsBetter {
    Statement.when(earliest > 1) {
      Statement.variable(.uint32, Names.count, 0)
      countScores(context) { context.better($0, Names.value.expression) }
      Statement.when(Names.count.expression < earliest) { .give(false) }
    }
  }
  if countsWorse {
    Statement.when(end < .count(outputs - 1)) {
      Statement.variable(.uint32, Names.count, 0)
      countScores(context) { context.better(Names.value.expression, $0) }
      Statement.when(Names.count.expression < .count(outputs) - end) { .give(false) }
    }
  }
}

private func countScores(_ context: EmissionContext, _ counts: (Expression) -> Expression) -> Statement {
  .each(Names.i, to: .count(context.outputCount)) {
    .update(
      Names.count.expression, .add,
      .conditional(counts(Names.raw[Names.i.expression]), then: 1, else: 0))
  }
}
