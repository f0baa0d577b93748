import LoopIR

/// The function that chooses among several disjuncts.
///
/// First it finds the best-ranked output that any disjunct without deadlines can put first; then it
/// builds the orders only of those that can put it (or a better one) first.
func emitLeastOrder(_ context: EmissionContext) -> Function {
  let names = context.names
  let outputs = context.outputCount
  let k = Names.k.expression
  return Function(
    .uint32, names[.leastOrder],
    (context.layout.releases ? [indices(Names.rank)] : []) + [
      indices(Names.byRank), Variable(.uint32, Names.first), Variable(.uint32, Names.end),
      Variable(.pointer(.uint32), Names.order),
    ],
    comment: """
      The lexicographically first order of ranks over the disjuncts row_disjuncts[first ..< end];
      returns the first disjunct that has it.
      """
  ) {
    Statement.zeroed(.uint32, Names.other, count: outputs)
    Statement.variable(.pointer(.uint32), Names.best, Names.order.expression)
    Statement.variable(.pointer(.uint32), Names.candidate, Names.other.expression)
    Statement.variable(.uint32, Names.found, names[.rowDisjuncts][Names.first.expression])
    Statement.variable(.uint32, Names.limit, .count(outputs))
    Statement.variable(.int, Names.tied, .signed(0))
    Statement.loop(
      Names.k, from: Names.first.expression, while: k < Names.end.expression, update: k + 1,
      atMost: context.layout.mostDisjuncts, lowerLimit(context))
    Statement.loop(
      Names.k, from: Names.first.expression, while: k < Names.end.expression, update: k + 1,
      atMost: context.layout.mostDisjuncts, orderCandidate(context))
    Statement.when(Names.best.expression != Names.order.expression) {
      .each(Names.i, to: .count(outputs)) {
        .assign(Names.order[Names.i.expression], Names.best[Names.i.expression])
      }
    }
    Statement.give(Names.found.expression)
  }
}

/// `rank`, where outputs that are released are looked up in it.
func rankArgument(_ context: EmissionContext) -> [Expression] {
  context.layout.releases ? [Names.rank.expression] : []
}

private func waits(_ context: EmissionContext, _ rank: Expression) -> Expression {
  context.names[.pending][
    Names.disjunct.expression * .count(context.outputCount) + Names.byRank[rank]]
}

@BlockBuilder
private func lowerLimit(_ context: EmissionContext) -> [Statement] {
  let i = Names.i.expression
  let search = Statement.loop(
    Names.i, from: 0, while: i < Names.limit.expression, update: i + 1, atMost: context.outputCount,
    [.when(waits(context, i) == 0) { .assign(Names.limit.expression, i) }])
  Statement.constant(.uint32, Names.disjunct, context.names[.rowDisjuncts][Names.k.expression])
  if context.layout.hasDeadlines {
    // Deadlines may keep the best-ranked output that waits for nothing from the first place.
    Statement.when(context.names[.deadlineIndex][Names.disjunct.expression] == 0) { search }
  } else {
    search
  }
}

@BlockBuilder
private func orderCandidate(_ context: EmissionContext) -> [Statement] {
  let i = Names.i.expression
  Statement.constant(.uint32, Names.disjunct, context.names[.rowDisjuncts][Names.k.expression])
  Statement.variable(.uint32, Names.open, 0)
  Statement.loop(
    Names.i, from: 0,
    while: .all([Names.open.expression == 0, i <= Names.limit.expression, i < .count(context.outputCount)]),
    update: i + 1, atMost: context.outputCount,
    [.when(waits(context, i) == 0) { .assign(Names.open.expression, 1) }])
  Statement.when(
    .all([
      Names.open.expression != 0,
      .call(
        context.names[.orderDisjunct],
        [Names.disjunct.expression] + rankArgument(context)
          + [
            Names.byRank.expression, Names.best.expression, Names.tied.expression, Names.candidate.expression,
          ]),
    ])
  ) {
    Statement.variable(.pointer(.uint32), Names.swap, Names.best.expression)
    Statement.assign(Names.best.expression, Names.candidate.expression)
    Statement.assign(Names.candidate.expression, Names.swap.expression)
    Statement.assign(Names.found.expression, Names.disjunct.expression)
    Statement.assign(Names.tied.expression, .signed(1))
  }
}
