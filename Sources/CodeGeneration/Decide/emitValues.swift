import LoopIR
import SpecificationLanguage

// The values of the chosen order where raw scores are equal (guarantee 6 of the article Guarantees). Without
// equal scores the sorted scores are the values and none of this runs.

private let p = Names.place.expression
private let o = Names.output.expression
private let k = Names.k.expression
private let limit = Names.limit.expression
private let value = Names.value.expression

/// `to_worse`, `to_better`, and the two runs.
func emitValues(_ context: EmissionContext) -> [Declaration] {
  emitNeighbours(context) + [.function(emitLowerValues(context)), .function(emitRaiseValues(context))]
}

private func runParameters(_ context: EmissionContext, lower: Bool) -> [Variable] {
  [Variable(.uint32, Names.disjunct), indices(Names.order)]
    + (context.needsPlaces(lower: lower) ? [indices(Names.places)] : [])
    + [floats(Names.sorted), Variable(.pointer(.float), Names.values)]
}

extension EmissionContext {
  /// Whether a run looks up at which place an output stands.
  func needsPlaces(lower: Bool) -> Bool {
    lower ? layout.hasDeadlines : layout.hasPrecedences || layout.readsEarliest
  }

  /// A run's call, from `start` into `values`.
  func run(lower: Bool, from start: Identifier, into values: Identifier) -> Expression {
    .call(
      names[lower ? .lowerValues : .raiseValues],
      [Names.disjunct.expression, Names.order.expression]
        + (needsPlaces(lower: lower) ? [Names.places.expression] : []) + [
          start.expression, values.expression,
        ])
  }

  /// The worst or the best finite score.
  func finiteExtreme(worst: Bool) -> Float {
    (program.interface.better == .highest) == worst ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
  }
}

/// The value moves to `limit` if it is better (going down; worse going up). Of two zeros the first stays.
private func bound(_ context: EmissionContext, by limit: Expression, lower: Bool) -> Statement {
  .when(lower ? context.better(value, limit) : context.better(limit, value)) { .assign(value, limit) }
}

/// The value stays strictly beyond one that is set already.
@BlockBuilder
private func bound(_ context: EmissionContext, beyond other: Expression, lower: Bool) -> [Statement] {
  Statement.constant(.float, Names.limit, context.names[lower ? .moveToWorse : .moveToBetter](other))
  bound(context, by: limit, lower: lower)
}

/// The value is not better (going down) than its neighbour's in the order, and strictly worse where the
/// tie rule would reverse the two.
@BlockBuilder
private func boundByNeighbour(_ context: EmissionContext, reversed: Expression, lower: Bool) -> [Statement] {
  let neighbour = Names.values[lower ? p - 1 : p + 1]
  Statement.variable(.float, Names.limit, neighbour)
  Statement.when(reversed) {
    .assign(limit, context.names[lower ? .moveToWorse : .moveToBetter](limit))
  }
  bound(context, by: limit, lower: lower)
}

private func eachSuccessor(
  _ context: EmissionContext, changes: [MemoryRange], @BlockBuilder _ body: () -> [Statement]
) -> [Statement] {
  let outputs = context.outputCount
  return provenLoop(
    Names.k, over: context.names[.successorStart],
    part: (
      Names.disjunct.expression * .count(outputs) + o,
      Names.disjunct.term * .integer(outputs) + Names.output.term
    ), atMost: context.layout.mostSuccessors, changes: changes, body)
}

private func eachWindow(_ context: EmissionContext, @BlockBuilder _ body: () -> [Statement]) -> [Statement] {
  provenLoop(
    Names.k, over: context.names[.disjunctWindows], part: (Names.disjunct.expression, Names.disjunct.term),
    atMost: context.layout.mostWindows, changes: [.one(Names.value.term)], body)
}

extension EmissionContext {
  /// A run reads the order and the scores that it starts from, and writes the values.
  fileprivate func runContract(lower: Bool) -> Contract {
    let all = Term.integer(outputCount)
    let read = [Names.order, Names.sorted] + (needsPlaces(lower: lower) ? [Names.places] : [])
    return Contract(
      requires: [.range(0, Names.disjunct.term, below: .integer(layout.disjuncts.count))]
        + read.map { .readable(everyOutput(of: $0)) }
        + [.writable(everyOutput(of: Names.values)), areOutputs(Names.order, first: all)]
        + (needsPlaces(lower: lower) ? [areOutputs(Names.places, first: all)] : [])
        + [.separated(([Names.values] + read).map { everyOutput(of: $0) })],
      assigns: [everyOutput(of: Names.values)])
  }
}

/// Whether a value left the finite range towards worse or better.
private func isBeyond(_ context: EmissionContext, _ value: Expression, worst: Bool) -> Expression {
  let bound = context.finiteExtreme(worst: worst)
  return bound < 0 ? value < .float(bound) : value > .float(bound)
}

// MARK: Downwards

private func emitLowerValues(_ context: EmissionContext) -> Function {
  Function(
    .bool, context.names[.lowerValues], runParameters(context, lower: true),
    comment: """
      Going down the order, the best value that is not better than the sorted score and keeps every
      constraint with the values above it. Whether all values are finite.
      """, contract: context.runContract(lower: true)
  ) {
    Statement.variable(.bool, Names.finite, .truth(true))
    if context.layout.hasPrecedences {
      Statement.zeroed(.float, Names.limits, count: context.outputCount)
      Statement.zeroed(.uint8, Names.seen, count: context.outputCount)
    }
    provenLoop(
      Names.place, to: context.outputCount,
      changes: [.one(Names.finite.term), context.everyOutput(of: Names.values)]
        + (context.layout.hasPrecedences
          ? [context.everyOutput(of: Names.limits), context.everyOutput(of: Names.seen)] : [])
    ) { lowerOne(context) }
    Statement.give(Names.finite.expression)
  }
}

@BlockBuilder
private func lowerOne(_ context: EmissionContext) -> [Statement] {
  Statement.constant(.uint32, Names.output, Names.order[p])
  Statement.variable(.float, Names.value, Names.sorted[p])
  Statement.when(p > 0) {
    boundByNeighbour(
      context, reversed: tiePriority(context, Names.order[p - 1]) > tiePriority(context, o), lower: true)
  }
  if context.layout.hasPrecedences {
    Statement.when(Names.seen[o] != 0) { bound(context, by: Names.limits[o], lower: true) }
  }
  if context.layout.hasWindows { lowerByWindows(context) }
  Statement.assign(Names.values[p], value)
  Statement.when(isBeyond(context, value, worst: true)) { .assign(Names.finite.expression, .truth(false)) }
  if context.layout.hasPrecedences { lowerSuccessors(context) }
}

private func lowerSuccessors(_ context: EmissionContext) -> [Statement] {
  let successor = Names.other.expression
  let changes = [context.everyOutput(of: Names.limits), context.everyOutput(of: Names.seen)]
  return eachSuccessor(context, changes: changes) {
    Statement.constant(.uint32, Names.other, context.names[.precedenceAfter][k])
    Statement.constant(.float, Names.x, context.names[.moveToWorse](value))
    Statement.when(
      .any([
        Names.seen[successor] == 0, context.better(Names.limits[successor], Names.x.expression),
      ])
    ) {
      Statement.assign(Names.limits[successor], Names.x.expression)
      Statement.assign(Names.seen[successor], 1)
    }
  }
}

private func lowerByWindows(_ context: EmissionContext) -> [Statement] {
  let names = context.names
  let output = names[.windowOutput][k]
  return eachWindow(context) {
    if context.layout.readsEarliest {
      Statement.when(.all([output == o, names[.windowEarliest][k] > 0])) {
        bound(context, beyond: Names.values[names[.windowEarliest][k] - 1], lower: true)
      }
    }
    if context.layout.hasDeadlines {
      Statement.when(names[.windowEnd][k] <= p) {
        bound(context, beyond: Names.values[Names.places[output]], lower: true)
      }
    }
  }
}

// MARK: Upwards

private func emitRaiseValues(_ context: EmissionContext) -> Function {
  let outputs = Expression.count(context.outputCount)
  return Function(
    .bool, context.names[.raiseValues], runParameters(context, lower: false),
    comment: "The same going up from the last place. Whether all values are finite.",
    contract: context.runContract(lower: false)
  ) {
    Statement.variable(.bool, Names.finite, .truth(true))
    provenLoop(
      Names.i, to: context.outputCount,
      changes: [.one(Names.finite.term), context.everyOutput(of: Names.values)]
    ) {
      Statement.constant(.uint32, Names.place, outputs - 1 - Names.i.expression)
      raiseOne(context)
    }
    Statement.give(Names.finite.expression)
  }
}

@BlockBuilder
private func raiseOne(_ context: EmissionContext) -> [Statement] {
  let outputs = Expression.count(context.outputCount)
  Statement.constant(.uint32, Names.output, Names.order[p])
  Statement.variable(.float, Names.value, Names.sorted[p])
  Statement.when(p + 1 < outputs) {
    boundByNeighbour(
      context, reversed: tiePriority(context, o) > tiePriority(context, Names.order[p + 1]), lower: false)
  }
  if context.layout.hasPrecedences {
    eachSuccessor(context, changes: [.one(Names.value.term)]) {
      bound(context, beyond: Names.values[Names.places[context.names[.precedenceAfter][k]]], lower: false)
    }
  }
  if context.layout.hasWindows { raiseByWindows(context) }
  Statement.assign(Names.values[p], value)
  Statement.when(isBeyond(context, value, worst: false)) { .assign(Names.finite.expression, .truth(false)) }
}

private func raiseByWindows(_ context: EmissionContext) -> [Statement] {
  let names = context.names
  let last = Expression.count(context.outputCount)
  let output = names[.windowOutput][k]
  return eachWindow(context) {
    if context.layout.hasDeadlines {
      Statement.when(.all([output == o, names[.windowEnd][k] < last])) {
        bound(context, beyond: Names.values[names[.windowEnd][k]], lower: false)
      }
    }
    if context.layout.readsEarliest {
      Statement.when(p < names[.windowEarliest][k]) {
        bound(context, beyond: Names.values[Names.places[output]], lower: false)
      }
    }
  }
}
