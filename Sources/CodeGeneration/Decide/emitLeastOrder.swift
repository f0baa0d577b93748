/// The function that chooses among several disjuncts.
///
/// First it finds the best-ranked output that any disjunct without deadlines can put first; then it
/// builds the orders only of those that can put it (or a better one) first.
func emitLeastOrder(_ context: EmissionContext) -> CFunction {
  let names = context.names
  let outputs = context.outputCount
  let k = Names.k.expression
  return CFunction(
    .uint32, names[.leastOrder],
    (context.layout.releases ? [indices(Names.rank)] : []) + [
      indices(Names.byRank), CVariable(.uint32, Names.first), CVariable(.uint32, Names.end),
      CVariable(.pointer(.uint32), Names.order),
    ],
    comment: """
      The lexicographically first order of ranks over the disjuncts row_disjuncts[first ..< end];
      returns the first disjunct that has it.
      """
  ) {
    CStatement.zeroed(.uint32, Names.other, count: outputs)
    CStatement.variable(.pointer(.uint32), Names.best, Names.order.expression)
    CStatement.variable(.pointer(.uint32), Names.candidate, Names.other.expression)
    CStatement.variable(.uint32, Names.found, names[.rowDisjuncts][Names.first.expression])
    CStatement.variable(.uint32, Names.limit, .count(outputs))
    CStatement.variable(.int, Names.tied, .signed(0))
    CStatement.loop(
      Names.k, from: Names.first.expression, while: k < Names.end.expression, update: k + 1,
      lowerLimit(context))
    CStatement.loop(
      Names.k, from: Names.first.expression, while: k < Names.end.expression, update: k + 1,
      orderCandidate(context))
    CStatement.when(Names.best.expression != Names.order.expression) {
      .each(Names.i, to: .count(outputs)) {
        .assign(Names.order[Names.i.expression], Names.best[Names.i.expression])
      }
    }
    CStatement.give(Names.found.expression)
  }
}

/// `rank`, where outputs that are released are looked up in it.
func rankArgument(_ context: EmissionContext) -> [CExpression] {
  context.layout.releases ? [Names.rank.expression] : []
}

private func waits(_ context: EmissionContext, _ rank: CExpression) -> CExpression {
  context.names[.pending][
    Names.disjunct.expression * .count(context.outputCount) + Names.byRank[rank]]
}

@CBlock
private func lowerLimit(_ context: EmissionContext) -> [CStatement] {
  let i = Names.i.expression
  let search = CStatement.each(Names.i, to: Names.limit.expression) {
    .when(waits(context, i) == 0) {
      CStatement.assign(Names.limit.expression, i)
    }
  }
  CStatement.constant(.uint32, Names.disjunct, context.names[.rowDisjuncts][Names.k.expression])
  if context.layout.hasDeadlines {
    // Deadlines may keep the best-ranked output that waits for nothing from the first place.
    CStatement.when(context.names[.deadlineIndex][Names.disjunct.expression] == 0) { search }
  } else {
    search
  }
}

@CBlock
private func orderCandidate(_ context: EmissionContext) -> [CStatement] {
  let i = Names.i.expression
  CStatement.constant(.uint32, Names.disjunct, context.names[.rowDisjuncts][Names.k.expression])
  CStatement.variable(.uint32, Names.open, 0)
  CStatement.loop(
    Names.i, from: 0,
    while: .all([Names.open.expression == 0, i <= Names.limit.expression, i < .count(context.outputCount)]),
    update: i + 1,
    [.when(waits(context, i) == 0) { .assign(Names.open.expression, 1) }])
  CStatement.when(
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
    CStatement.variable(.pointer(.uint32), Names.swap, Names.best.expression)
    CStatement.assign(Names.best.expression, Names.candidate.expression)
    CStatement.assign(Names.candidate.expression, Names.swap.expression)
    CStatement.assign(Names.found.expression, Names.disjunct.expression)
    CStatement.assign(Names.tied.expression, .signed(1))
  }
}
