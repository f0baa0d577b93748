/// The tables of the tie order, as far as they are needed.
func emitTieOrder(_ context: EmissionContext) -> [CDeclaration] {
  if context.tiesFollowDeclaration { return [] }
  let order = context.table(context.names[.tieOrder], context.tieOrder.map(UInt32.init))
  if !context.layout.needsRepair { return [order] }
  return [order, context.table(context.names[.tiePriority], context.tiePriority.map(UInt32.init))]
}

/// `tie_order[i]`, or `i` where ties follow the declaration.
private func tieOrder(_ context: EmissionContext, _ index: CExpression) -> CExpression {
  context.tiesFollowDeclaration ? index : context.names[.tieOrder][index]
}

/// `tie_priority[o]`, or `o` where ties follow the declaration.
func tiePriority(_ context: EmissionContext, _ output: CExpression) -> CExpression {
  context.tiesFollowDeclaration ? output : context.names[.tiePriority][output]
}

/// The arg-best output by the tie rule.
func emitRawChoice(_ context: EmissionContext) -> CFunction {
  let best = Names.best.expression
  return CFunction(
    .uint32, context.names[.rawChoice], [floats(Names.raw)],
    comment: "The output with the best score; of equal ones the first in the tie order."
  ) {
    CStatement.variable(.uint32, Names.best, .count(context.tieOrder[0]))
    CStatement.each(Names.i, from: 1, to: .count(context.outputCount)) {
      CStatement.constant(.uint32, Names.other, tieOrder(context, Names.i.expression))
      CStatement.when(context.better(Names.raw[Names.other.expression], Names.raw[best])) {
        .assign(best, Names.other.expression)
      }
    }
    CStatement.give(best)
  }
}

/// Outputs are ranked by counting the better ones: no branch depends on a score, and the loop over a
/// block of outputs vectorises. Above this many outputs the blocks have this size.
private let blockSize = 16

/// The ranking of the outputs, best first, ties by the tie rule.
func emitRankOutputs(_ context: EmissionContext) -> [CDeclaration] {
  let counting = context.outputCount > blockSize ? [CDeclaration.function(emitCountBetter(context))] : []
  return counting + [.function(emitRank(context))]
}

private func emitCountBetter(_ context: EmissionContext) -> CFunction {
  let lane = Names.block[Names.i.expression]
  return CFunction(
    .void, context.names[.countBetter],
    [floats(Names.raw), floats(Names.block), CVariable(.pointer(.uint32), Names.count)],
    comment: "For each of \(blockSize) scores of a block, the number of outputs with a better one."
  ) {
    CStatement.zeroed(.uint32, Names.sums, count: blockSize)
    CStatement.each(Names.j, to: .count(context.outputCount)) {
      CStatement.constant(.float, Names.other, Names.raw[Names.j.expression])
      CStatement.each(Names.i, to: .count(blockSize)) {
        .update(
          Names.sums[Names.i.expression], .add,
          .conditional(context.better(Names.other.expression, lane), then: 1, else: 0))
      }
    }
    CStatement.each(Names.i, to: .count(blockSize)) {
      .assign(Names.count[Names.i.expression], Names.sums[Names.i.expression])
    }
  }
}

private func emitRank(_ context: EmissionContext) -> CFunction {
  let outputs = context.outputCount
  let isBlocked = outputs > blockSize
  let padded = isBlocked ? (outputs + blockSize - 1) / blockSize * blockSize : outputs
  let output = Names.output.expression
  let place = Names.place.expression
  return CFunction(
    .void, context.names[.rankOutputs],
    [
      floats(Names.raw), CVariable(.pointer(.uint32), Names.rank), CVariable(.pointer(.uint32), Names.byRank),
    ],
    comment: """
      Ranks the outputs, the best first: by_rank[r] is the output of rank r, rank its inverse.
      Equal scores have the same count of better ones and follow each other in the tie order.
      """
  ) {
    CStatement.zeroed(.uint32, Names.count, count: padded)
    CStatement.zeroed(.uint32, Names.seen, count: outputs)
    if isBlocked { countInBlocks(context, padded) } else { countDirectly(context) }
    CStatement.each(Names.i, to: .count(outputs)) {
      CStatement.constant(.uint32, Names.output, tieOrder(context, Names.i.expression))
      CStatement.constant(.uint32, Names.place, Names.count[output] + Names.seen[Names.count[output]])
      CStatement.update(Names.seen[Names.count[output]], .add, 1)
      CStatement.assign(Names.rank[output], place)
      CStatement.assign(Names.byRank[place], output)
    }
  }
}

@CBlock
private func countDirectly(_ context: EmissionContext) -> [CStatement] {
  CStatement.each(Names.j, to: .count(context.outputCount)) {
    .each(Names.i, to: .count(context.outputCount)) {
      .update(
        Names.count[Names.i.expression], .add,
        .conditional(
          context.better(Names.raw[Names.j.expression], Names.raw[Names.i.expression]), then: 1, else: 0))
    }
  }
}

@CBlock
private func countInBlocks(_ context: EmissionContext, _ padded: Int) -> [CStatement] {
  CStatement.zeroed(.float, Names.values, count: padded)
  CStatement.each(Names.i, to: .count(context.outputCount)) {
    .assign(Names.values[Names.i.expression], Names.raw[Names.i.expression])
  }
  CStatement.loop(
    Names.i, from: 0, while: Names.i.expression < .count(padded),
    update: Names.i.expression + .count(blockSize),
    [
      .call(
        context.names[.countBetter](
          Names.raw.expression, .unary(.addressOf, Names.values[Names.i.expression]),
          .unary(.addressOf, Names.count[Names.i.expression])))
    ])
}
