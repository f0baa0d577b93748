import LoopIR

/// The test that a partial order can still keep every deadline: fills the remaining places, earliest
/// deadline first among the outputs whose window is open. For unit tasks whose release times and
/// deadlines grow along precedences this finds a schedule if there is one (Jackson's rule for
/// 1 | prec, r_j, p_j = 1 | Lmax).
func emitSchedulable(_ context: EmissionContext) -> Function {
  let outputs = Expression.count(context.outputCount)
  let i = Names.i.expression
  return Function(
    .bool, context.names[.schedulable],
    [
      Variable(.uint32, Names.disjunct), Variable(.uint32, Names.start),
      Variable(.constPointer(.uint8), Names.placed),
    ],
    comment: "Whether the outputs not yet placed can fill the places from start within their windows.",
    contract: context.schedulableContract
  ) {
    Statement.constant(.uint32, Names.first, Names.disjunct.expression * outputs)
    Statement.zeroed(.uint8, Names.taken, count: context.outputCount)
    Statement.variable(.uint32, Names.open, 0)
    provenLoop(
      Names.i, to: context.outputCount,
      changes: [context.everyOutput(of: Names.taken), .one(Names.open.term)]
    ) {
      Statement.assign(Names.taken[i], Names.placed[i])
      Statement.when(.all([Names.placed[i] == 0, deadline(context, i) < outputs])) {
        .update(Names.open.expression, .add, 1)
      }
    }
    provenLoop(
      Names.place, to: context.outputCount,
      changes: [context.everyOutput(of: Names.taken), .one(Names.open.term)]
    ) {
      Statement.branch(
        .all([Names.start.expression <= Names.place.expression, Names.open.expression > 0]),
        then: fillPlace(context), else: [])
    }
    Statement.give(true)
  }
}

@BlockBuilder
private func fillPlace(_ context: EmissionContext) -> [Statement] {
  let outputs = Expression.count(context.outputCount)
  let i = Names.i.expression
  let pick = Names.pick.expression
  Statement.variable(.uint32, Names.pick, 0)
  Statement.variable(.uint32, Names.end, outputs + 1)
  provenLoop(
    Names.i, to: context.outputCount, changes: [.one(Names.pick.term), .one(Names.end.term)],
    invariants: [.range(0, Names.pick.term, below: .integer(context.outputCount))]
  ) {
    .when(
      .all([
        Names.taken[i] == 0,
        context.names[.deadlineEarliest][Names.first.expression + i] <= Names.place.expression,
        deadline(context, i) < Names.end.expression,
      ])
    ) {
      Statement.assign(pick, i)
      Statement.assign(Names.end.expression, deadline(context, i))
    }
  }
  Statement.when(
    .any([Names.end.expression > outputs, Names.end.expression <= Names.place.expression])
  ) { .give(false) }
  Statement.assign(Names.taken[pick], 1)
  Statement.when(Names.end.expression < outputs) { .update(Names.open.expression, .subtract, 1) }
}

extension EmissionContext {
  fileprivate var schedulableContract: Contract {
    Contract(requires: [
      .range(0, Names.disjunct.term, below: .integer(layout.withDeadlines.count)),
      .readable(everyOutput(of: Names.placed)),
    ])
  }
}

private func deadline(_ context: EmissionContext, _ output: Expression) -> Expression {
  context.names[.deadlineEnd][Names.first.expression + output]
}
