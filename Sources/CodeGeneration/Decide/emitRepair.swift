import LoopIR

extension EmissionContext {
  fileprivate var repairContract: Contract {
    Contract(
      requires: [
        .readable(everyOutput(of: Names.raw)), .writable(everyOutput(of: Names.scores)),
        .separated([everyOutput(of: Names.raw), everyOutput(of: Names.scores)]),
        .range(0, Names.row.term, below: .integer(layout.rows.count)),
      ] + (layout.hasConflicts ? [isNotEmpty(Names.row.term)] : []),
      assigns: [everyOutput(of: Names.scores)])
  }

  /// The row has a disjunct.
  func isNotEmpty(_ row: Term) -> Formula { names[.rowStart].term[row] < names[.rowStart].term[row + 1] }

  /// Without ties the scores are the raw ones under one permutation of the outputs after another.
  fileprivate var isPermutation: Formula {
    let i = Names.i.term
    return .implies(
      .not(.holds(Names.hasTies.term)),
      forEveryOutput(Names.scores.term[Names.order.term[i]] == Names.raw.term[Names.byRank.term[i]]))
  }

  fileprivate func arePermutations(_ arrays: [Identifier]) -> [Statement] {
    if !tiesFollowDeclaration { return [] }
    let all = Term.integer(outputCount)
    return arrays.flatMap {
      [
        .annotation(.assertion(areOutputs($0, first: all))),
        .annotation(.assertion(areDistinct($0, first: all))),
      ]
    }
  }
}

/// The repair of scores that satisfy no disjunct of their row.
func emitRepair(_ context: EmissionContext) -> Function {
  let names = context.names
  let outputs = context.outputCount
  return Function(
    .bool, names[.repair],
    [floats(Names.raw), Variable(.uint32, Names.row), Variable(.pointer(.float), Names.scores)],
    comment: """
      The least change from the top: the safe order that comes first in raw rank, with the sorted raw
      scores, moved to neighbouring numbers only where equal ones would break it. Whether there is one.
      """, contract: context.repairContract
  ) {
    for name in [Names.byRank, Names.order] {
      Statement.zeroed(.uint32, name, count: outputs)
    }
    for name in [Names.sorted, Names.values] {
      Statement.zeroed(.float, name, count: outputs)
    }
    Statement.variable(.bool, Names.hasTies, .truth(false))
    Statement.call(names[.rankOutputs](Names.raw.expression, Names.byRank.expression))
    chooseOrder(context)
    sortScores(context)
    Statement.when(Names.hasTies.expression) {
      separate(context)
    } otherwise: {
      copy(context, from: Names.sorted, to: Names.values)
    }
    handOut(context)
    context.arePermutations([Names.byRank, Names.order])
    if context.tiesFollowDeclaration { Statement.annotation(.assertion(context.isPermutation)) }
    Statement.give(true)
  }
}

@BlockBuilder
private func chooseOrder(_ context: EmissionContext) -> [Statement] {
  let names = context.names
  let disjuncts = Expression.count(context.layout.disjuncts.count)
  if context.layout.hasAlternatives {
    Statement.constant(
      .uint32, Names.disjunct,
      names[.leastOrder](Names.byRank.expression, Names.row.expression, Names.order.expression))
    Statement.when(Names.disjunct.expression == disjuncts) { .give(false) }
  } else {
    Statement.constant(
      .uint32, Names.disjunct, names[.rowDisjuncts][names[.rowStart][Names.row.expression]])
    Statement.when(
      !names[.orderDisjunct](Names.disjunct.expression, Names.byRank.expression, Names.order.expression)
    ) { .give(false) }
  }
}

/// From ranks to outputs and scores, and whether some scores are equal.
@BlockBuilder
private func sortScores(_ context: EmissionContext) -> [Statement] {
  let place = Names.i.expression
  let outputs = context.outputCount
  let (i, k) = (Names.i.term, Names.k.term)
  let order = Names.order.term[k]
  let sorted = Names.sorted.term[k] == Names.raw.term[Names.byRank.term[k]]
  provenLoop(
    Names.i, to: outputs,
    changes: [context.everyOutput(of: Names.sorted), context.everyOutput(of: Names.order)],
    invariants: [
      .forAll([Names.k], .implies(.range(0, k, below: i), sorted)),
      .forAll(
        [Names.k],
        .implies(.range(0, k, below: i), order == Names.byRank.term[.atLoopEntry(order)])),
      .forAll(
        [Names.k], .implies(.range(i, k, below: .integer(outputs)), order == .atLoopEntry(order))),
    ]
  ) {
    Statement.assign(Names.sorted[place], Names.raw[Names.byRank[place]])
    Statement.assign(Names.order[place], Names.byRank[Names.order[place]])
  }
  provenLoop(
    Names.i, from: 1, to: outputs, changes: [.one(Names.hasTies.term)],
    invariants: [
      .equivalent(
        .holds(Names.hasTies.term),
        .exists(
          [Names.k], .all([1 <= k, k < i, Names.sorted.term[k - 1] == Names.sorted.term[k]])))
    ]
  ) {
    .when(Names.sorted[place - 1] == Names.sorted[place]) { .assign(Names.hasTies.expression, .truth(true)) }
  }
}

/// Copies one value an output.
func copy(_ context: EmissionContext, from source: Identifier, to target: Identifier) -> [Statement] {
  let k = Names.k.term
  return provenLoop(
    Names.i, to: context.outputCount, changes: [context.everyOutput(of: target)],
    invariants: [
      .forAll([Names.k], .implies(.range(0, k, below: Names.i.term), target.term[k] == source.term[k]))
    ]
  ) { .assign(target[Names.i.expression], source[Names.i.expression]) }
}

private func handOut(_ context: EmissionContext) -> [Statement] {
  let k = Names.k.term
  return provenLoop(
    Names.i, to: context.outputCount, changes: [context.everyOutput(of: Names.scores)],
    invariants: context.tiesFollowDeclaration
      ? [
        .forAll(
          [Names.k],
          .implies(
            .range(0, k, below: Names.i.term), Names.scores.term[Names.order.term[k]] == Names.values.term[k])
        )
      ] : []
  ) {
    .assign(Names.scores[Names.order[Names.i.expression]], Names.values[Names.i.expression])
  }
}

/// Equal scores: the downward run; if that leaves the finite range, the upward run; if that does as
/// well (raw scores at both ends of the range), the upward run from the downward one's values.
@BlockBuilder
private func separate(_ context: EmissionContext) -> [Statement] {
  let i = Names.i.expression
  let outputs = context.outputCount
  let worst = Expression.float(context.finiteExtreme(worst: true))
  let all = Term.integer(outputs)
  if context.needsPlaces(lower: true) || context.needsPlaces(lower: false) {
    Statement.zeroed(.uint32, Names.places, count: outputs)
    provenLoop(
      Names.i, to: outputs, changes: [context.everyOutput(of: Names.places)],
      invariants: [
        .forAll(
          [Names.k],
          .implies(
            .range(0, Names.k.term, below: all), .range(0, Names.places.term[Names.k.term], below: all)))
      ]
    ) { .assign(Names.places[Names.order[i]], i) }
  }
  Statement.when(!context.run(lower: true, from: Names.sorted, into: Names.values)) {
    Statement.zeroed(.float, Names.other, count: outputs)
    Statement.when(!context.run(lower: false, from: Names.sorted, into: Names.other)) {
      provenLoop(Names.i, to: outputs, changes: [context.everyOutput(of: Names.values)]) {
        .when(context.better(worst, Names.values[i])) { .assign(Names.values[i], worst) }
      }
      Statement.when(!context.run(lower: false, from: Names.values, into: Names.other)) { .give(false) }
    }
    copy(context, from: Names.other, to: Names.values)
  }
}
