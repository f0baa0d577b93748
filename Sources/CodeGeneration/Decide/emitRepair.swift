import LoopIR

/// The repair of scores that satisfy no disjunct of their row.
func emitRepair(_ context: EmissionContext) -> Function {
  let names = context.names
  let outputs = Expression.count(context.outputCount)
  let place = Names.i.expression
  let alternatives = context.layout.hasAlternatives
  return Function(
    .void, names[.repair],
    [floats(Names.raw), Variable(.uint32, Names.first)]
      + (alternatives ? [Variable(.uint32, Names.end)] : []) + [resultParameter(context)],
    comment: """
      The least change from the top: the safe order that comes first in raw rank, with the sorted raw
      scores, moved to neighbouring numbers only where equal ones would break it.
      """
  ) {
    for name in [Names.rank, Names.byRank, Names.order] {
      Statement.zeroed(.uint32, name, count: context.outputCount)
    }
    Statement.zeroed(.float, Names.sorted, count: context.outputCount)
    Statement.variable(.int, Names.distinct, .signed(1))
    Statement.call(names[.rankOutputs](Names.raw.expression, Names.rank.expression, Names.byRank.expression))
    chooseOrder(context)
    Statement.each(Names.i, to: outputs) {
      Statement.assign(Names.sorted[place], Names.raw[Names.byRank[place]])
      Statement.assign(Names.order[place], Names.byRank[Names.order[place]])
    }
    Statement.each(Names.i, from: 1, to: outputs) {
      .update(Names.distinct.expression, .bitAnd, Names.sorted[place - 1] != Names.sorted[place])
    }
    Statement.when(Names.distinct.expression) {
      handOut(context, Names.sorted)
    } otherwise: {
      separate(context)
    }
    Statement.assign(resultField(Names.choice), .cast(.int32, Names.order[0]))
    Statement.assign(resultField(Names.status), names.statusRepaired.expression)
    Statement.assign(resultField(Names.reason), names.noReason.expression)
  }
}

@BlockBuilder
private func chooseOrder(_ context: EmissionContext) -> [Statement] {
  let names = context.names
  if context.layout.hasAlternatives {
    Statement.constant(
      .uint32, Names.disjunct,
      .call(
        names[.leastOrder],
        rankArgument(context) + [
          Names.byRank.expression, Names.first.expression, Names.end.expression, Names.order.expression,
        ]))
  } else {
    Statement.constant(.uint32, Names.disjunct, names[.rowDisjuncts][Names.first.expression])
    Statement.call(
      .call(
        names[.orderDisjunct],
        [Names.disjunct.expression] + rankArgument(context)
          + [Names.byRank.expression, Names.order.expression]))
  }
}

private func handOut(_ context: EmissionContext, _ values: Identifier) -> Statement {
  .each(Names.i, to: .count(context.outputCount)) {
    .assign(resultField(Names.scores)[Names.order[Names.i.expression]], values[Names.i.expression])
  }
}

/// Equal scores: the downward run; if that leaves the finite range, the upward run; if that does as
/// well (raw scores at both ends of the range), the upward run from the downward one's values.
@BlockBuilder
private func separate(_ context: EmissionContext) -> [Statement] {
  let i = Names.i.expression
  let outputs = Expression.count(context.outputCount)
  let worst = Expression.float(context.finiteExtreme(worst: true))
  Statement.zeroed(.float, Names.values, count: context.outputCount)
  if context.needsPlaces(lower: true) || context.needsPlaces(lower: false) {
    Statement.zeroed(.uint32, Names.places, count: context.outputCount)
    Statement.each(Names.i, to: outputs) { .assign(Names.places[Names.order[i]], i) }
  }
  Statement.when(!context.run(lower: true, from: Names.sorted, into: Names.values)) {
    Statement.zeroed(.float, Names.other, count: context.outputCount)
    Statement.when(!context.run(lower: false, from: Names.sorted, into: Names.other)) {
      Statement.each(Names.i, to: outputs) {
        .when(context.better(worst, Names.values[i])) { .assign(Names.values[i], worst) }
      }
      Statement.discard(context.run(lower: false, from: Names.values, into: Names.other))
    }
    Statement.each(Names.i, to: outputs) { .assign(Names.values[i], Names.other[i]) }
  }
  handOut(context, Names.values)
}
