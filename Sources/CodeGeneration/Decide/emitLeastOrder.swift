import LoopIR

extension EmissionContext {
  fileprivate var leastOrderContract: Contract {
    let none = Term.integer(layout.disjuncts.count)
    return Contract(
      requires: [
        .readable(everyOutput(of: Names.byRank)), .writable(everyOutput(of: Names.order)),
        .separated([everyOutput(of: Names.order), everyOutput(of: Names.byRank)]),
        areOutputs(Names.byRank, first: .integer(outputCount)),
        .range(0, Names.row.term, below: .integer(layout.rows.count)),
      ],
      assigns: [everyOutput(of: Names.order)],
      ensures: [.any([.result == none, .all([.range(0, .result, below: none), orderIsDistinct])])])
  }

  fileprivate var orderIsDistinct: Formula {
    let all = Term.integer(outputCount)
    return .all([areOutputs(Names.order, first: all), areDistinct(Names.order, first: all)])
  }

  /// No order was found, or `order` is one.
  fileprivate var leastOrderInvariants: [Formula] {
    let none = Term.integer(layout.disjuncts.count)
    let found = Names.found.term
    return [.any([found == none, .all([.range(0, found, below: none), orderIsDistinct])])]
  }
}

/// The function that chooses among several disjuncts.
///
/// First it finds the best-ranked output that any disjunct without deadlines can put first; then it
/// builds the orders only of those that can put it (or a better one) first.
func emitLeastOrder(_ context: EmissionContext) -> Function {
  let names = context.names
  let outputs = context.outputCount
  let none = Expression.count(context.layout.disjuncts.count)
  let row = (Names.row.expression, Names.row.term)
  return Function(
    .uint32, names[.leastOrder],
    [indices(Names.byRank), Variable(.uint32, Names.row), Variable(.pointer(.uint32), Names.order)],
    comment: """
      The lexicographically first order of ranks over a row's disjuncts; returns the first disjunct that has it,
      the number of disjuncts if none has an order.
      """, contract: context.leastOrderContract
  ) {
    Statement.zeroed(.uint32, Names.candidate, count: outputs)
    Statement.variable(.uint32, Names.found, none)
    Statement.variable(.uint32, Names.limit, .count(outputs))
    provenLoop(
      Names.k, over: names[.rowStart], part: row, atMost: context.layout.mostDisjuncts,
      changes: [.one(Names.limit.term)]
    ) { lowerLimit(context) }
    provenLoop(
      Names.k, over: names[.rowStart], part: row,
      atMost: context.layout.mostDisjuncts,
      changes: [
        .one(Names.found.term), context.everyOutput(of: Names.order),
        context.everyOutput(of: Names.candidate),
      ],
      invariants: context.leastOrderInvariants
    ) { orderCandidate(context, none: none) }
    Statement.give(Names.found.expression)
  }
}

private func waits(_ context: EmissionContext, _ rank: Expression) -> Expression {
  context.names[.pending][
    Names.disjunct.expression * .count(context.outputCount) + Names.byRank[rank]]
}

@BlockBuilder
private func lowerLimit(_ context: EmissionContext) -> [Statement] {
  let i = Names.i.expression
  let search = provenLoop(Names.i, to: context.outputCount, changes: [.one(Names.limit.term)]) {
    .when(.all([i < Names.limit.expression, waits(context, i) == 0])) {
      .assign(Names.limit.expression, i)
    }
  }
  Statement.constant(.uint32, Names.disjunct, context.names[.rowDisjuncts][Names.k.expression])
  if context.layout.hasDeadlines {
    // Deadlines may keep the best-ranked output that waits for nothing from the first place.
    Statement.branch(
      context.names[.deadlineIndex][Names.disjunct.expression] == 0, then: search, else: [])
  } else {
    search
  }
}

@BlockBuilder
private func orderCandidate(_ context: EmissionContext, none: Expression) -> [Statement] {
  let i = Names.i.expression
  let outputs = context.outputCount
  Statement.constant(.uint32, Names.disjunct, context.names[.rowDisjuncts][Names.k.expression])
  Statement.variable(.bool, Names.canStart, .truth(false))
  provenLoop(Names.i, to: outputs, changes: [.one(Names.canStart.term)]) {
    .when(.all([i <= Names.limit.expression, waits(context, i) == 0])) {
      .assign(Names.canStart.expression, .truth(true))
    }
  }
  Statement.when(Names.canStart.expression) {
    Statement.when(
      context.names[.orderDisjunct](
        Names.disjunct.expression, Names.byRank.expression, Names.order.expression,
        Names.found.expression != none, Names.candidate.expression)
    ) {
      provenLoop(
        Names.i, to: outputs, changes: [context.everyOutput(of: Names.order)],
        invariants: [
          .forAll(
            [Names.p],
            .implies(
              .range(0, Names.p.term, below: Names.i.term),
              Names.order.term[Names.p.term] == Names.candidate.term[Names.p.term]))
        ]
      ) { .assign(Names.order[i], Names.candidate[i]) }
      Statement.assign(Names.found.expression, Names.disjunct.expression)
    }
  }
}
