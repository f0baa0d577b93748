import LoopIR

/// The tables of the tie order, as far as they are needed.
func emitTieOrder(_ context: EmissionContext) -> [Declaration] {
  if context.tiesFollowDeclaration { return [] }
  let order = context.table(context.names[.tieOrder], context.tieOrder.map(UInt32.init))
  if !context.layout.needsRepair { return [order] }
  return [order, context.table(context.names[.tiePriority], context.tiePriority.map(UInt32.init))]
}

/// `tie_order[i]`, or `i` where ties follow the declaration.
private func tieOrder(_ context: EmissionContext, _ index: Expression) -> Expression {
  context.tiesFollowDeclaration ? index : context.names[.tieOrder][index]
}

/// `tie_priority[o]`, or `o` where ties follow the declaration.
func tiePriority(_ context: EmissionContext, _ output: Expression) -> Expression {
  context.tiesFollowDeclaration ? output : context.names[.tiePriority][output]
}

/// The arg-best output by the tie rule.
func emitRawChoice(_ context: EmissionContext) -> Function {
  let best = Names.best.expression
  return Function(
    .uint32, context.names[.rawChoice], [floats(Names.raw)],
    comment: "The output with the best score; of equal ones the first in the tie order."
  ) {
    Statement.variable(.uint32, Names.best, .count(context.tieOrder[0]))
    Statement.each(Names.i, from: 1, to: .count(context.outputCount)) {
      Statement.constant(.uint32, Names.other, tieOrder(context, Names.i.expression))
      Statement.when(context.better(Names.raw[Names.other.expression], Names.raw[best])) {
        .assign(best, Names.other.expression)
      }
    }
    Statement.give(best)
  }
}

/// Outputs are ranked by counting the better ones: no branch depends on a score, and the loop over a
/// block of outputs vectorises. Above this many outputs the blocks have this size.
private let blockSize = 16

/// The ranking of the outputs, best first, ties by the tie rule.
func emitRankOutputs(_ context: EmissionContext) -> [Declaration] {
  let counting = context.outputCount > blockSize ? [Declaration.function(emitCountBetter(context))] : []
  return counting + [.function(emitRank(context))]
}

private func emitCountBetter(_ context: EmissionContext) -> Function {
  let lane = Names.block[Names.i.expression]
  return Function(
    .void, context.names[.countBetter],
    [floats(Names.raw), floats(Names.block), Variable(.pointer(.uint32), Names.count)],
    comment: "For each of \(blockSize) scores of a block, the number of outputs with a better one."
  ) {
    Statement.zeroed(.uint32, Names.sums, count: blockSize)
    Statement.each(Names.j, to: .count(context.outputCount)) {
      Statement.constant(.float, Names.other, Names.raw[Names.j.expression])
      Statement.each(Names.i, to: .count(blockSize)) {
        .update(
          Names.sums[Names.i.expression], .add,
          .conditional(context.better(Names.other.expression, lane), then: 1, else: 0))
      }
    }
    Statement.each(Names.i, to: .count(blockSize)) {
      .assign(Names.count[Names.i.expression], Names.sums[Names.i.expression])
    }
  }
}

private func emitRank(_ context: EmissionContext) -> Function {
  let outputs = context.outputCount
  let isBlocked = outputs > blockSize
  let padded = isBlocked ? (outputs + blockSize - 1) / blockSize * blockSize : outputs
  let output = Names.output.expression
  let place = Names.place.expression
  return Function(
    .void, context.names[.rankOutputs],
    [
      floats(Names.raw), Variable(.pointer(.uint32), Names.rank), Variable(.pointer(.uint32), Names.byRank),
    ],
    comment: """
      Ranks the outputs, the best first: by_rank[r] is the output of rank r, rank its inverse.
      Equal scores have the same count of better ones and follow each other in the tie order.
      """
  ) {
    Statement.zeroed(.uint32, Names.count, count: padded)
    Statement.zeroed(.uint32, Names.seen, count: outputs)
    if isBlocked { countInBlocks(context, padded) } else { countDirectly(context) }
    Statement.each(Names.i, to: .count(outputs)) {
      Statement.constant(.uint32, Names.output, tieOrder(context, Names.i.expression))
      Statement.constant(.uint32, Names.place, Names.count[output] + Names.seen[Names.count[output]])
      Statement.update(Names.seen[Names.count[output]], .add, 1)
      Statement.assign(Names.rank[output], place)
      Statement.assign(Names.byRank[place], output)
    }
  }
}

@BlockBuilder
private func countDirectly(_ context: EmissionContext) -> [Statement] {
  Statement.each(Names.j, to: .count(context.outputCount)) {
    .each(Names.i, to: .count(context.outputCount)) {
      .update(
        Names.count[Names.i.expression], .add,
        .conditional(
          context.better(Names.raw[Names.j.expression], Names.raw[Names.i.expression]), then: 1, else: 0))
    }
  }
}

@BlockBuilder
private func countInBlocks(_ context: EmissionContext, _ padded: Int) -> [Statement] {
  Statement.zeroed(.float, Names.values, count: padded)
  Statement.each(Names.i, to: .count(context.outputCount)) {
    .assign(Names.values[Names.i.expression], Names.raw[Names.i.expression])
  }
  Statement.loop(
    Names.i, from: 0, while: Names.i.expression < .count(padded),
    update: Names.i.expression + .count(blockSize),
    [
      .call(
        context.names[.countBetter](
          Names.raw.expression, .unary(.addressOf, Names.values[Names.i.expression]),
          .unary(.addressOf, Names.count[Names.i.expression])))
    ])
}
