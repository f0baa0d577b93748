import LoopIR

/// For each number of best outputs whether they stay the best within a ball, and how far they stay it at least, where no
/// property is enforced.
///
/// ``StaticHead`` says why, and computes the same bits.
func emitKeep(_ context: EmissionContext, _ ball: Int) -> Function {
  let names = context.names
  let scale = context.head.balls[ball].scale
  let (k, pair) = (Names.k.expression, Names.pair.expression)
  let (margin, distance, limit) = (
    Names.margin.expression, Names.distance.expression, Names.limit.expression
  )
  return Function(
    .void, names[.keep, ball],
    [
      floats(Names.raw), indices(Names.order), Variable(.pointer(.uint32), Names.kept),
      Variable(.pointer(.float), Names.limits),
    ],
    comment: """
      kept[k]: 1 if the k + 1 best outputs stay the best within \(text(context.head.balls[ball])); limits[k]: a
      distance within which they do.
      """
  ) {
    .each(Names.k, to: .count(context.head.balls[ball].places)) {
      Statement.variable(.uint32, Names.holds, 1)
      Statement.variable(.double, Names.limit, .double(Double(Float.greatestFiniteMagnitude)))
      eachPair(context) {
        Statement.constant(
          .double, Names.margin, context.margin(Names.output.expression, over: Names.other.expression))
        Statement.constant(
          .uint32, Names.pair, Names.output.expression * .count(context.outputCount) + Names.other.expression)
        Statement.constant(
          .double, Names.distance, (margin - names[.errors, scale][pair]) * names[.inverses, scale][pair])
        Statement.when(margin <= names[.thresholds, ball][pair]) { .assign(Names.holds.expression, 0) }
        Statement.when(distance < limit) { .assign(limit, distance) }
      }
      Statement.assign(Names.kept[k], Names.holds.expression)
      Statement.assign(Names.limits[k], .float(0))
      Statement.when(limit >= .double(Double(Float.leastNormalMagnitude))) {
        .assign(Names.limits[k], .cast(.float, limit))
      }
    }
  }
}

/// The same under a row of properties, in a ball on which the row is the active one; no limits.
func emitGuardedKeep(_ context: EmissionContext, _ ball: Int) -> Function {
  let needsRows = context.head.readsRows
  let places = context.head.balls[ball].places
  return Function(
    .void, context.names[.keep, ball],
    [floats(Names.raw)] + (needsRows ? [Variable(.uint32, Names.row)] : [])
      + [indices(Names.order), Variable(.pointer(.uint32), Names.kept)],
    comment: """
      kept[k]: 1 if the k + 1 best outputs of the result stay the best within \(text(context.head.balls[ball])), where
      the same properties are active.
      """
  ) {
    if needsRows { keepChoice(context, ball) } else { keepSets(context, ball, from: 0) }
    if needsRows, places > 1 {
      Statement.when(context.names[.rowIsFree][Names.row.expression] != 0) {
        keepSets(context, ball, from: 1)
      } otherwise: {
        keepOrder(context, ball)
      }
    }
  }
}

/// The choice against all others that can be chosen.
@BlockBuilder
private func keepChoice(_ context: EmissionContext, _ ball: Int) -> [Statement] {
  let (choice, i) = (Names.choice.expression, Names.i.expression)
  let words = context.outputWords
  let word = words == 1 ? Names.row.expression : Names.row.expression * .count(words) + (i >> 5)
  Statement.constant(.uint32, Names.choice, Names.order[0])
  Statement.assign(Names.kept[0], 1)
  Statement.each(Names.i, to: .count(context.outputCount)) {
    .when(
      .all([
        i != choice, ((context.names[.firsts][word] >> (i & 31)) & 1) != 0,
        !context.staysBetter(choice, than: i, ball: ball),
      ])
    ) { .assign(Names.kept[0], 0) }
  }
}

/// The best outputs against all others.
@BlockBuilder
private func keepSets(_ context: EmissionContext, _ ball: Int, from first: Int) -> [Statement] {
  let k = Names.k.expression
  Statement.each(Names.k, from: .count(first), to: .count(context.head.balls[ball].places)) {
    Statement.assign(Names.kept[k], 1)
    eachPair(context) {
      .when(!context.staysBetter(Names.output.expression, than: Names.other.expression, ball: ball)) {
        .assign(Names.kept[k], 0)
      }
    }
  }
}

/// Every output against the next one by raw score.
@BlockBuilder
private func keepOrder(_ context: EmissionContext, _ ball: Int) -> [Statement] {
  let (i, j) = (Names.i.expression, Names.j.expression)
  let rank = Names.byRank
  Statement.declare(.uint32, rank, count: context.outputCount)
  Statement.variable(.uint32, Names.holds, 1)
  Statement.call(context.names[.rankOutputs](Names.raw.expression, rank.expression))
  Statement.each(Names.i, from: 1, to: .count(context.outputCount)) {
    .when(!context.staysBetter(rank[i - 1], than: rank[i], ball: ball)) {
      .assign(Names.holds.expression, 0)
    }
  }
  Statement.each(Names.j, from: 1, to: .count(context.head.balls[ball].places)) {
    .assign(Names.kept[j], Names.holds.expression)
  }
}

/// For each `output` of the `k + 1` best and each `other` one.
private func eachPair(
  _ context: EmissionContext, @BlockBuilder _ body: () -> [Statement]
) -> Statement {
  .each(Names.p, to: Names.k.expression + 1) {
    Statement.constant(.uint32, Names.output, Names.order[Names.p.expression])
    Statement.each(Names.i, from: Names.k.expression + 1, to: .count(context.outputCount)) {
      Statement.constant(.uint32, Names.other, Names.order[Names.i.expression])
      body()
    }
  }
}
