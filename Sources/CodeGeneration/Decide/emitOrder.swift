import LoopIR

/// The functions that find the chosen order: a list of ranks, lexicographically smallest over the row's
/// disjuncts.
func emitOrder(_ context: EmissionContext) -> [Declaration] {
  let table = Declaration.table(
    context.names[.lowestBitTable], .uint8, .unsigned(lowestBitTable), count: 32)
  return [table, .function(emitLowestBit(context))]
    + (context.layout.hasDeadlines ? [.function(emitSchedulable(context))] : [])
    + [.function(emitOrderDisjunct(context))]
    + (context.layout.hasAlternatives ? [.function(emitLeastOrder(context))] : [])
}

/// A de Bruijn sequence of order 5: the five bits that start at each position are all different.
private let deBruijn: UInt32 = 0x077C_B531

/// The position that the leading five bits of `deBruijn << position` stand for.
private let lowestBitTable: [UInt32] = {
  var table = [UInt32](repeating: 0, count: 32)
  for position in 0..<UInt32(32) { table[Int((deBruijn << position) >> 27)] = position }
  return table
}()

private func emitLowestBit(_ context: EmissionContext) -> Function {
  let bits = Names.bits.expression
  return Function(
    .uint32, context.names[.lowestBit], [Variable(.uint32, Names.bits)],
    comment: "The position of the lowest bit that is set; bits is not 0."
  ) {
    Statement.give(
      context.names[.lowestBitTable][((bits & (~bits + 1)) * .bits(deBruijn)) >> 27])
  }
}

/// One disjunct's order, by places: take the best-ranked output that waits for nothing, release those
/// that waited for it. Ends early once the order is behind the best one so far.
private func emitOrderDisjunct(_ context: EmissionContext) -> Function {
  let layout = context.layout
  let outputs = context.outputCount
  let alternatives = layout.hasAlternatives
  let names = context.names
  let readyWords = (outputs + 31) / 32
  return Function(
    alternatives ? .int : .void, names[.orderDisjunct],
    [Variable(.uint32, Names.disjunct)] + (layout.releases ? [indices(Names.rank)] : [])
      + [indices(Names.byRank)]
      + (alternatives ? [Variable(.constPointer(.uint32), Names.best), Variable(.int, Names.tied)] : [])
      + [Variable(.pointer(.uint32), Names.order)],
    comment: orderComment(alternatives)
  ) {
    Statement.declare(.unsigned(holding: Int(layout.pending.max() ?? 0)), Names.waiting, count: outputs)
    Statement.zeroed(.uint32, Names.ready, count: readyWords)
    if layout.hasDeadlines {
      Statement.constant(.uint32, Names.urgent, names[.deadlineIndex][Names.disjunct.expression])
      Statement.variable(.uint32, Names.open, 0)
      Statement.zeroed(.uint8, Names.placed, count: outputs)
      eachDeadline(context) { .update(Names.open.expression, .add, 1) }
    }
    Statement.each(Names.i, to: .count(outputs)) {
      .assign(
        Names.waiting[Names.i.expression],
        names[.pending][Names.disjunct.expression * .count(outputs) + Names.i.expression])
    }
    Statement.each(Names.i, to: .count(outputs)) {
      .when(Names.waiting[Names.byRank[Names.i.expression]] == 0) { setReady(Names.i.expression, context) }
    }
    Statement.each(Names.place, to: .count(outputs)) { placeOne(context) }
    if alternatives { Statement.give(.unary(.not, Names.tied.expression)) }
  }
}

extension RepairLayout {
  /// Whether some disjunct makes an output wait.
  var releases: Bool { hasPrecedences || readsEarliest }
}

private func orderComment(_ alternatives: Bool) -> String {
  let order =
    "The order of a disjunct, as the rank at each place: always the best-ranked output that can follow."
  return alternatives
    ? order
      + "\nIf tied, compares with best on the way. Whether the order comes strictly before it (or tied was 0)."
    : order
}

private func setReady(_ rank: Expression, _ context: EmissionContext) -> Statement {
  context.outputCount <= 32
    ? .update(Names.ready[0], .bitOr, .unsigned(1) << rank)
    : .update(Names.ready[rank >> 5], .bitOr, .unsigned(1) << (rank & 31))
}

private func clearReady(_ rank: Expression, _ context: EmissionContext) -> Statement {
  context.outputCount <= 32
    ? .update(Names.ready[0], .bitAnd, ~(.unsigned(1) << rank))
    : .update(Names.ready[rank >> 5], .bitAnd, ~(.unsigned(1) << (rank & 31)))
}

@BlockBuilder
private func placeOne(_ context: EmissionContext) -> [Statement] {
  let layout = context.layout
  let pick = Names.pick.expression
  if layout.readsEarliest { releaseWindows(context) }
  firstReady(context)
  if layout.hasDeadlines {
    Statement.when(Names.open.expression > 0) { pickSchedulable(context) }
  }
  if layout.hasAlternatives {
    Statement.when(.all([Names.tied.expression, pick != Names.best[Names.place.expression]])) {
      Statement.when(pick > Names.best[Names.place.expression]) { .give(false) }
      Statement.assign(Names.tied.expression, .signed(0))
    }
  }
  Statement.assign(Names.order[Names.place.expression], pick)
  clearReady(pick, context)
  if layout.hasDeadlines {
    Statement.assign(Names.placed[Names.byRank[pick]], 1)
    eachDeadline(context) {
      .when(context.names[.windowOutput][Names.k.expression] == Names.byRank[pick]) {
        .update(Names.open.expression, .subtract, 1)
      }
    }
  }
  if layout.hasPrecedences { releaseSuccessors(context) }
}

/// For each window of the disjunct that ends before the last place. While such an output is not placed,
/// the best-ranked output that waits for nothing may be one too many.
private func eachDeadline(_ context: EmissionContext, @BlockBuilder _ body: () -> [Statement]) -> Statement {
  let names = context.names
  return .loop(
    Names.k, from: names[.disjunctWindows][Names.disjunct.expression],
    while: Names.k.expression < names[.disjunctWindows][Names.disjunct.expression + 1],
    update: Names.k.expression + 1, atMost: context.layout.mostWindows,
    [.branch(names[.windowEnd][Names.k.expression] < .count(context.outputCount), then: body(), else: [])])
}

/// Outputs whose window starts at this place stop waiting for it.
private func releaseWindows(_ context: EmissionContext) -> Statement {
  let names = context.names
  let starts = names[.windowEarliest][Names.k.expression] == Names.place.expression
  return .when(Names.place.expression > 0) {
    .loop(
      Names.k, from: names[.disjunctWindows][Names.disjunct.expression],
      while: Names.k.expression < names[.disjunctWindows][Names.disjunct.expression + 1],
      update: Names.k.expression + 1, atMost: context.layout.mostWindows,
      [.when(starts) { release(names[.windowOutput][Names.k.expression], context) }])
  }
}

private func releaseSuccessors(_ context: EmissionContext) -> Statement {
  let names = context.names
  let first = Names.disjunct.expression * .count(context.outputCount) + Names.byRank[Names.pick.expression]
  return .loop(
    Names.k, from: names[.successorStart][first],
    while: Names.k.expression < names[.successorStart][first + 1],
    update: Names.k.expression + 1, atMost: context.layout.mostSuccessors,
    release(names[.precedenceAfter][Names.k.expression], context))
}

/// One thing less to wait for.
@BlockBuilder
private func release(_ output: Expression, _ context: EmissionContext) -> [Statement] {
  let waiting = Names.waiting[Names.output.expression]
  let type = ValueType.unsigned(holding: Int(context.layout.pending.max() ?? 0))
  Statement.constant(.uint32, Names.output, output)
  Statement.assign(waiting, .cast(type, waiting - 1))
  Statement.when(waiting == 0) { setReady(Names.rank[Names.output.expression], context) }
}

/// `pick` becomes the lowest rank that is ready. There is one: the analysis kept only disjuncts that
/// some order satisfies.
@BlockBuilder
private func firstReady(_ context: EmissionContext) -> [Statement] {
  let lowestBit = context.names[.lowestBit]
  if context.outputCount <= 32 {
    Statement.variable(.uint32, Names.pick, lowestBit(Names.ready[0]))
  } else {
    Statement.variable(.uint32, Names.word, 0)
    Statement.loop(
      Names.i, from: 0,
      while: .all([
        Names.ready[Names.word.expression] == 0, Names.i.expression < .count((context.outputCount - 1) / 32),
      ]), update: Names.i.expression + 1, atMost: (context.outputCount - 1) / 32,
      [.update(Names.word.expression, .add, 1)])
    Statement.variable(
      .uint32, Names.pick, Names.word.expression * 32 + lowestBit(Names.ready[Names.word.expression]))
  }
}

/// The first ready rank after which every deadline can still be kept. If placing an output fails, so does
/// placing one with the same or a later end: exchanging the two in a schedule would show otherwise.
@BlockBuilder
private func pickSchedulable(_ context: EmissionContext) -> [Statement] {
  let outputs = context.outputCount
  let first = (Names.urgent.expression - 1) * .count(outputs)
  let output = Names.output.expression
  let ready =
    outputs <= 32
    ? (Names.ready[0] >> Names.i.expression) & 1
    : (Names.ready[Names.i.expression >> 5] >> (Names.i.expression & 31)) & 1
  Statement.variable(.uint32, Names.hint, .count(outputs + 1))
  Statement.loop(
    Names.i, from: Names.pick.expression, while: Names.i.expression < .count(outputs),
    update: Names.i.expression + 1, atMost: outputs,
    tryCandidate(context, ready: ready, end: context.names[.deadlineEnd][first + output]))
}

@BlockBuilder
private func tryCandidate(
  _ context: EmissionContext, ready: Expression, end: Expression
) -> [Statement] {
  let output = Names.output.expression
  Statement.constant(.uint32, Names.output, Names.byRank[Names.i.expression])
  Statement.when(.all([ready != 0, end < Names.hint.expression])) {
    Statement.assign(Names.placed[output], 1)
    Statement.when(
      context.names[.schedulable](
        Names.urgent.expression - 1, Names.place.expression + 1, Names.placed.expression)
    ) {
      Statement.assign(Names.pick.expression, Names.i.expression)
      Statement.exitLoop
    }
    Statement.assign(Names.placed[output], 0)
    Statement.assign(Names.hint.expression, end)
  }
}
