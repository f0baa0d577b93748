/// The test that a partial order can still keep every deadline: fills the remaining places, earliest
/// deadline first among the outputs whose window is open. For unit tasks whose release times and
/// deadlines grow along precedences this finds a schedule if there is one (Jackson's rule for
/// 1 | prec, r_j, p_j = 1 | Lmax).
func emitSchedulable(_ context: EmissionContext) -> CFunction {
  let outputs = CExpression.count(context.outputCount)
  let i = Names.i.expression
  return CFunction(
    .int, context.names[.schedulable],
    [
      CVariable(.uint32, Names.disjunct), CVariable(.uint32, Names.start),
      CVariable(.constPointer(.uint8), Names.placed),
    ],
    comment: "Whether the outputs not yet placed can fill the places from start within their windows."
  ) {
    CStatement.constant(.uint32, Names.first, Names.disjunct.expression * outputs)
    CStatement.declare(.uint8, Names.taken, count: context.outputCount)
    CStatement.variable(.uint32, Names.open, 0)
    CStatement.each(Names.i, to: outputs) {
      CStatement.assign(Names.taken[i], Names.placed[i])
      CStatement.when(.all([Names.placed[i] == 0, deadline(context, i) < outputs])) {
        .update(Names.open.expression, .add, 1)
      }
    }
    CStatement.loop(
      Names.place, from: Names.start.expression,
      while: .all([Names.place.expression < outputs, Names.open.expression > 0]),
      update: Names.place.expression + 1, fillPlace(context))
    CStatement.give(true)
  }
}

@CBlock
private func fillPlace(_ context: EmissionContext) -> [CStatement] {
  let outputs = CExpression.count(context.outputCount)
  let i = Names.i.expression
  let pick = Names.pick.expression
  CStatement.variable(.uint32, Names.pick, 0)
  CStatement.variable(.uint32, Names.end, outputs + 1)
  CStatement.each(Names.i, to: outputs) {
    .when(
      .all([
        Names.taken[i] == 0,
        context.names[.deadlineEarliest][Names.first.expression + i] <= Names.place.expression,
        deadline(context, i) < Names.end.expression,
      ])
    ) {
      CStatement.assign(pick, i)
      CStatement.assign(Names.end.expression, deadline(context, i))
    }
  }
  CStatement.when(
    .any([Names.end.expression > outputs, Names.end.expression <= Names.place.expression])
  ) { .give(false) }
  CStatement.assign(Names.taken[pick], 1)
  CStatement.when(Names.end.expression < outputs) { .update(Names.open.expression, .subtract, 1) }
}

private func deadline(_ context: EmissionContext, _ output: CExpression) -> CExpression {
  context.names[.deadlineEnd][Names.first.expression + output]
}
