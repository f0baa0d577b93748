import LoopIR

/// The functions that find the chosen order: a list of ranks, lexicographically smallest over the row's
/// disjuncts.
func emitOrder(_ context: EmissionContext) -> [Declaration] {
  (context.layout.hasDeadlines ? [.function(emitSchedulable(context))] : [])
    + [.function(emitOrderDisjunct(context))]
    + (context.layout.hasAlternatives ? [.function(emitLeastOrder(context))] : [])
}

extension EmissionContext {
  fileprivate var orderContract: Contract {
    let all = Term.integer(outputCount)
    let disjuncts = Term.integer(layout.disjuncts.count)
    return Contract(
      requires: [
        .range(0, Names.disjunct.term, below: disjuncts), .readable(everyOutput(of: Names.byRank)),
        .writable(everyOutput(of: Names.order)), areOutputs(Names.byRank, first: all),
        .separated(
          [everyOutput(of: Names.order), everyOutput(of: Names.byRank)]
            + (layout.hasAlternatives ? [everyOutput(of: Names.best)] : [])),
      ] + (layout.hasAlternatives ? [.readable(everyOutput(of: Names.best))] : []),
      assigns: [everyOutput(of: Names.order)],
      ensures: [
        .implies(
          .holds(.result), .all([areOutputs(Names.order, first: all), areDistinct(Names.order, first: all)]))
      ])
  }

  /// The ranks placed so far are different, and their outputs are marked.
  fileprivate var placeInvariants: [Formula] {
    let (p, place) = (Names.p.term, Names.place.term)
    let marked = Names.placed.term[Names.byRank.term[Names.order.term[p]]]
    return [
      areOutputs(Names.order, first: place), areDistinct(Names.order, first: place),
      .forAll([Names.p], .implies(.range(0, p, below: place), marked == 1)),
    ]
  }

  fileprivate var waitingType: ValueType { .unsigned(holding: Int(layout.pending.max() ?? 0)) }
}

/// One disjunct's order, by places: take the best-ranked output that waits for nothing, release those
/// that waited for it. Ends early once the order is behind the best one so far.
private func emitOrderDisjunct(_ context: EmissionContext) -> Function {
  let layout = context.layout
  let outputs = context.outputCount
  let alternatives = layout.hasAlternatives
  let names = context.names
  let changes = [Names.order, Names.waiting, Names.placed].map { context.everyOutput(of: $0) }
  return Function(
    .bool, names[.orderDisjunct],
    [Variable(.uint32, Names.disjunct), indices(Names.byRank)]
      + (alternatives ? [indices(Names.best), Variable(.bool, Names.isLimited)] : [])
      + [Variable(.pointer(.uint32), Names.order)],
    comment: orderComment(alternatives), contract: context.orderContract
  ) {
    Statement.zeroed(context.waitingType, Names.waiting, count: outputs)
    Statement.zeroed(.uint8, Names.placed, count: outputs)
    if alternatives { Statement.variable(.bool, Names.tied, Names.isLimited.expression) }
    if layout.hasDeadlines {
      Statement.constant(.uint32, Names.urgent, names[.deadlineIndex][Names.disjunct.expression])
      Statement.variable(.uint32, Names.open, 0)
      eachDeadline(context, changes: [.one(Names.open.term)]) { .update(Names.open.expression, .add, 1) }
    }
    provenLoop(Names.i, to: outputs, changes: [context.everyOutput(of: Names.waiting)]) {
      .assign(
        Names.waiting[Names.i.expression],
        names[.pending][Names.disjunct.expression * .count(outputs) + Names.i.expression])
    }
    provenLoop(
      Names.place, to: outputs,
      changes: changes + (alternatives ? [.one(Names.tied.term)] : [])
        + (layout.hasDeadlines ? [.one(Names.open.term)] : []), invariants: context.placeInvariants
    ) { placeOne(context) }
    Statement.give(alternatives ? !Names.tied.expression : .truth(true))
  }
}

private func orderComment(_ alternatives: Bool) -> String {
  let order =
    "The order of a disjunct, as the rank at each place: always the best-ranked output that can follow."
  return alternatives
    ? order
      + "\nWhether there is one; if limited, one that comes strictly before best, which it is compared with on the way."
    : order + " Whether there is one."
}

@BlockBuilder
private func placeOne(_ context: EmissionContext) -> [Statement] {
  let layout = context.layout
  let pick = Names.pick.expression
  if layout.readsEarliest { releaseWindows(context) }
  firstReady(context)
  if layout.hasDeadlines {
    Statement.when(.all([Names.open.expression > 0, pick < .count(context.outputCount)])) {
      pickSchedulable(context)
    }
  }
  Statement.when(pick == .count(context.outputCount)) { .give(false) }
  if layout.hasAlternatives {
    Statement.when(.all([Names.tied.expression, pick != Names.best[Names.place.expression]])) {
      Statement.when(pick > Names.best[Names.place.expression]) { .give(false) }
      Statement.assign(Names.tied.expression, .truth(false))
    }
  }
  Statement.assign(Names.order[Names.place.expression], pick)
  Statement.assign(Names.placed[Names.byRank[pick]], 1)
  if layout.hasDeadlines {
    eachDeadline(context, changes: [.one(Names.open.term)]) {
      .when(context.names[.windowOutput][Names.k.expression] == Names.byRank[pick]) {
        .update(Names.open.expression, .subtract, 1)
      }
    }
  }
  if layout.hasPrecedences { releaseSuccessors(context) }
}

/// For each window of the disjunct that ends before the last place. While such an output is not placed,
/// the best-ranked output that waits for nothing may be one too many.
private func eachDeadline(
  _ context: EmissionContext, changes: [MemoryRange], @BlockBuilder _ body: () -> [Statement]
) -> [Statement] {
  let names = context.names
  return provenLoop(
    Names.k, over: names[.disjunctWindows], part: (Names.disjunct.expression, Names.disjunct.term),
    atMost: context.layout.mostWindows, changes: changes
  ) {
    .branch(names[.windowEnd][Names.k.expression] < .count(context.outputCount), then: body(), else: [])
  }
}

/// Outputs whose window starts at this place stop waiting for it.
private func releaseWindows(_ context: EmissionContext) -> Statement {
  let names = context.names
  return .when(Names.place.expression > 0) {
    provenLoop(
      Names.k, over: names[.disjunctWindows], part: (Names.disjunct.expression, Names.disjunct.term),
      atMost: context.layout.mostWindows, changes: [context.everyOutput(of: Names.waiting)]
    ) {
      .when(names[.windowEarliest][Names.k.expression] == Names.place.expression) {
        release(names[.windowOutput][Names.k.expression], context)
      }
    }
  }
}

private func releaseSuccessors(_ context: EmissionContext) -> [Statement] {
  let names = context.names
  let outputs = context.outputCount
  return provenLoop(
    Names.k, over: names[.successorStart],
    part: (
      Names.disjunct.expression * .count(outputs) + Names.byRank[Names.pick.expression],
      Names.disjunct.term * .integer(outputs) + Names.byRank.term[Names.pick.term]
    ), atMost: context.layout.mostSuccessors, changes: [context.everyOutput(of: Names.waiting)]
  ) { release(names[.precedenceAfter][Names.k.expression], context) }
}

/// One thing less to wait for.
@BlockBuilder
private func release(_ output: Expression, _ context: EmissionContext) -> [Statement] {
  let waiting = Names.waiting[Names.output.expression]
  Statement.constant(.uint32, Names.output, output)
  Statement.assign(waiting, .cast(context.waitingType, waiting - 1))
}

/// Whether the output at rank `i` is neither placed nor waits.
private func isReady(_ output: Identifier) -> [Expression] {
  [Names.placed[output.expression] == 0, Names.waiting[output.expression] == 0]
}

/// `pick` becomes the lowest rank that is ready, or the number of outputs if none is, which the analysis excludes:
/// it kept only disjuncts that some order satisfies.
@BlockBuilder
private func firstReady(_ context: EmissionContext) -> [Statement] {
  let outputs = context.outputCount
  Statement.variable(.uint32, Names.pick, .count(outputs))
  provenLoop(
    Names.i, to: outputs, changes: [.one(Names.pick.term)], invariants: [isFree(Names.pick, context)]
  ) {
    Statement.constant(.uint32, Names.output, Names.byRank[Names.i.expression])
    Statement.when(.all([Names.pick.expression == .count(outputs)] + isReady(Names.output))) {
      .assign(Names.pick.expression, Names.i.expression)
    }
  }
}

/// `pick` is no rank or that of an output which is not placed.
private func isFree(_ pick: Identifier, _ context: EmissionContext) -> Formula {
  .any([
    pick.term == .integer(context.outputCount),
    .all([
      .range(0, pick.term, below: .integer(context.outputCount)),
      Names.placed.term[Names.byRank.term[pick.term]] == 0,
    ]),
  ])
}

/// The first ready rank after which every deadline can still be kept. If placing an output fails, so does
/// placing one with the same or a later end: exchanging the two in a schedule would show otherwise.
@BlockBuilder
private func pickSchedulable(_ context: EmissionContext) -> [Statement] {
  let outputs = context.outputCount
  let first = (Names.urgent.expression - 1) * .count(outputs)
  let candidate = Names.candidate.expression
  Statement.variable(.uint32, Names.candidate, .count(outputs))
  Statement.variable(.uint32, Names.hint, .count(outputs + 1))
  provenLoop(
    Names.i, to: outputs,
    changes: [.one(Names.candidate.term), .one(Names.hint.term), context.everyOutput(of: Names.placed)],
    invariants: context.placeInvariants + [isFree(Names.candidate, context)]
  ) {
    Statement.constant(.uint32, Names.output, Names.byRank[Names.i.expression])
    tryCandidate(context, end: context.names[.deadlineEnd][first + Names.output.expression])
  }
  Statement.assign(Names.pick.expression, candidate)
}

@BlockBuilder
private func tryCandidate(_ context: EmissionContext, end: Expression) -> [Statement] {
  let output = Names.output.expression
  Statement.when(
    .all(
      [Names.candidate.expression == .count(context.outputCount)] + isReady(Names.output) + [
        end < Names.hint.expression
      ])
  ) {
    Statement.assign(Names.placed[output], 1)
    Statement.when(
      context.names[.schedulable](
        Names.urgent.expression - 1, Names.place.expression + 1, Names.placed.expression)
    ) {
      Statement.assign(Names.candidate.expression, Names.i.expression)
    } otherwise: {
      Statement.assign(Names.hint.expression, end)
    }
    Statement.assign(Names.placed[output], 0)
  }
}
