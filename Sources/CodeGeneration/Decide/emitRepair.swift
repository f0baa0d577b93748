/// The repair of scores that satisfy no disjunct of their row.
func emitRepair(_ context: EmissionContext) -> CFunction {
  let names = context.names
  let outputs = CExpression.count(context.outputCount)
  let place = Names.i.expression
  let alternatives = context.layout.hasAlternatives
  return CFunction(
    .void, names[.repair],
    [floats(Names.raw), CVariable(.uint32, Names.first)]
      + (alternatives ? [CVariable(.uint32, Names.end)] : []) + [resultParameter(context)],
    comment: """
      The least change from the top: the safe order that comes first in raw rank, with the sorted raw
      scores, moved to neighbouring numbers only where equal ones would break it.
      """
  ) {
    for name in [Names.rank, Names.byRank, Names.order] {
      CStatement.zeroed(.uint32, name, count: context.outputCount)
    }
    CStatement.zeroed(.float, Names.sorted, count: context.outputCount)
    CStatement.variable(.int, Names.distinct, .signed(1))
    CStatement.call(names[.rankOutputs](Names.raw.expression, Names.rank.expression, Names.byRank.expression))
    chooseOrder(context)
    CStatement.each(Names.i, to: outputs) {
      CStatement.assign(Names.sorted[place], Names.raw[Names.byRank[place]])
      CStatement.assign(Names.order[place], Names.byRank[Names.order[place]])
    }
    CStatement.each(Names.i, from: 1, to: outputs) {
      .update(Names.distinct.expression, .bitAnd, Names.sorted[place - 1] != Names.sorted[place])
    }
    CStatement.when(Names.distinct.expression) {
      handOut(context, Names.sorted)
    } otherwise: {
      separate(context)
    }
    CStatement.assign(resultField(Names.choice), .cast(.int32, Names.order[0]))
    CStatement.assign(resultField(Names.status), names.statusRepaired.expression)
    CStatement.assign(resultField(Names.reason), names.noReason.expression)
  }
}

@CBlock
private func chooseOrder(_ context: EmissionContext) -> [CStatement] {
  let names = context.names
  if context.layout.hasAlternatives {
    CStatement.constant(
      .uint32, Names.disjunct,
      .call(
        names[.leastOrder],
        rankArgument(context) + [
          Names.byRank.expression, Names.first.expression, Names.end.expression, Names.order.expression,
        ]))
  } else {
    CStatement.constant(.uint32, Names.disjunct, names[.rowDisjuncts][Names.first.expression])
    CStatement.call(
      .call(
        names[.orderDisjunct],
        [Names.disjunct.expression] + rankArgument(context)
          + [Names.byRank.expression, Names.order.expression]))
  }
}

private func handOut(_ context: EmissionContext, _ values: CName) -> CStatement {
  .each(Names.i, to: .count(context.outputCount)) {
    .assign(resultField(Names.scores)[Names.order[Names.i.expression]], values[Names.i.expression])
  }
}

/// Equal scores: the downward run; if that leaves the finite range, the upward run; if that does as
/// well (raw scores at both ends of the range), the upward run from the downward one's values.
@CBlock
private func separate(_ context: EmissionContext) -> [CStatement] {
  let i = Names.i.expression
  let outputs = CExpression.count(context.outputCount)
  let worst = CExpression.float(context.finiteExtreme(worst: true))
  CStatement.zeroed(.float, Names.values, count: context.outputCount)
  if context.needsPlaces(lower: true) || context.needsPlaces(lower: false) {
    CStatement.zeroed(.uint32, Names.places, count: context.outputCount)
    CStatement.each(Names.i, to: outputs) { .assign(Names.places[Names.order[i]], i) }
  }
  CStatement.when(!context.run(lower: true, from: Names.sorted, into: Names.values)) {
    CStatement.zeroed(.float, Names.other, count: context.outputCount)
    CStatement.when(!context.run(lower: false, from: Names.sorted, into: Names.other)) {
      CStatement.each(Names.i, to: outputs) {
        .when(context.better(worst, Names.values[i])) { .assign(Names.values[i], worst) }
      }
      CStatement.discard(context.run(lower: false, from: Names.values, into: Names.other))
    }
    CStatement.each(Names.i, to: outputs) { .assign(Names.values[i], Names.other[i]) }
  }
  handOut(context, Names.values)
}
