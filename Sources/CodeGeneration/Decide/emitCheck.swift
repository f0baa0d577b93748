import LoopIR
import SafetyLayers

/// The functions that say whether scores satisfy a disjunct, and a row; only the tests for kinds of literals that
/// some disjunct has.
func emitCheck(_ context: EmissionContext) -> [Declaration] {
  [.function(emitHolds(context)), .function(emitRowHolds(context))]
}

/// The parameters that hold the best and the worst score, if windows are tested against them.
private func checkExtremes(_ layout: RepairLayout) -> [Identifier] {
  let last = layout.outputCount - 1
  return (layout.hasWindow { $0.earliest == 1 } ? [Names.best] : [])
    + (layout.hasWindow { $0.end == last } ? [Names.worst] : [])
}

// MARK: One disjunct

extension EmissionContext {
  fileprivate var holdsContract: Contract {
    let disjuncts = layout.disjuncts.count
    let isExtreme = checkExtremes(layout).flatMap { extreme in
      let score = Names.scores.term[Names.i.term]
      return [
        forEveryOutput(
          .not(extreme == Names.best ? better(score, extreme.term) : better(extreme.term, score))),
        forSomeOutput(score == extreme.term),
      ]
    }
    let meaning = layout.disjuncts.indices.map { disjunct in
      Formula.implies(
        Names.disjunct.term == .integer(disjunct),
        .equivalent(.holds(.result), self.meaning(ofDisjunct: disjunct, Names.scores.term)))
    }
    return Contract(
      definitions: statesMeaning ? meaningDefinitions : [],
      requires: [
        .readable(everyOutput(of: Names.scores)), .range(0, Names.disjunct.term, below: .integer(disjuncts)),
      ] + (statesMeaning ? isExtreme : []), ensures: statesMeaning ? meaning : [])
  }

  /// What the rounds before `k` have tested: the literals of each disjunct, by their position in the list of all.
  fileprivate func tested<Literal>(
    _ literals: (OrderConstraint) -> [Literal], _ meaning: (Literal) -> Formula
  ) -> [Formula] {
    if !statesMeaning { return [] }
    var position = 0
    return layout.disjuncts.enumerated().flatMap { number, disjunct in
      literals(disjunct).map { literal in
        defer { position += 1 }
        return .implies(
          .all([Names.disjunct.term == .integer(number), .integer(position) < Names.k.term]), meaning(literal)
        )
      }
    }
  }
}

private func emitHolds(_ context: EmissionContext) -> Function {
  let layout = context.layout
  return Function(
    .bool, context.names[.holds],
    [floats(Names.scores)] + checkExtremes(layout).map { Variable(.float, $0) }
      + [Variable(.uint32, Names.disjunct)],
    comment: "Whether scores satisfy a disjunct.", contract: context.holdsContract
  ) {
    if layout.hasPrecedences { checkPrecedences(context) }
    if layout.hasWindows { checkWindows(context) }
    Statement.give(true)
  }
}

@BlockBuilder
private func checkPrecedences(_ context: EmissionContext) -> [Statement] {
  let names = context.names
  let first = Names.disjunct.expression * .count(context.outputCount)
  let last = Names.disjunct.term * .integer(context.outputCount)
  let (start, end) = (
    names[.successorStart].term[last], names[.successorStart].term[last + .integer(context.outputCount)]
  )
  Statement.constant(.uint32, Names.end, names[.successorStart][first + .count(context.outputCount)])
  Statement.annotation(
    .loop(
      LoopContract(
        invariants: [.range(start, Names.k.term, through: end)]
          + context.tested(\.precedences) { context.meaning(of: $0) },
        assigns: [.one(Names.k.term)], variant: end - Names.k.term)))
  Statement.loop(
    Names.k, from: names[.successorStart][first], while: Names.k.expression < Names.end.expression,
    update: Names.k.expression + 1, atMost: context.layout.mostPrecedences,
    [
      .when(
        !context.better(
          Names.scores[names[.precedenceBefore][Names.k.expression]],
          Names.scores[names[.precedenceAfter][Names.k.expression]])
      ) { .give(false) }
    ])
}

private func checkWindows(_ context: EmissionContext) -> [Statement] {
  let layout = context.layout
  let last = layout.outputCount - 1
  return provenLoop(
    Names.k, over: context.names[.disjunctWindows], part: (Names.disjunct.expression, Names.disjunct.term),
    atMost: context.layout.mostWindows, changes: [],
    invariants: context.tested(\.windows) { context.meaning(of: $0) }
  ) {
    checkWindow(
      context, countsBetter: layout.hasWindow { $0.earliest > 1 },
      countsWorse: layout.hasWindow { $0.end < last })
  }
}

@BlockBuilder
private func checkWindow(
  _ context: EmissionContext, countsBetter: Bool, countsWorse: Bool
) -> [Statement] {
  let layout = context.layout
  let outputs = layout.outputCount
  let names = context.names
  let earliest = names[.windowEarliest][Names.k.expression]
  let end = names[.windowEnd][Names.k.expression]
  Statement.constant(.float, Names.value, Names.scores[names[.windowOutput][Names.k.expression]])
  if layout.hasWindow(where: { $0.earliest == 1 }) {
    Statement.when(
      .all([earliest == 1, !context.better(Names.best.expression, Names.value.expression)])
    ) { .give(false) }
  }
  if layout.hasWindow(where: { $0.end == outputs - 1 }) {
    Statement.when(
      .all([
        end == .count(outputs - 1), !context.better(Names.value.expression, Names.worst.expression),
      ])
    ) { .give(false) }
  }
  if countsBetter {
    Statement.when(earliest > 1) {
      Statement.variable(.uint32, Names.count, 0)
      countScores(context) { context.better($0, Names.value.expression) }
      Statement.when(Names.count.expression < earliest) { .give(false) }
    }
  }
  if countsWorse {
    Statement.when(end < .count(outputs - 1)) {
      Statement.variable(.uint32, Names.count, 0)
      countScores(context) { context.better(Names.value.expression, $0) }
      Statement.when(Names.count.expression < .count(outputs) - end) { .give(false) }
    }
  }
}

private func countScores(_ context: EmissionContext, _ counts: (Expression) -> Expression) -> [Statement] {
  provenLoop(Names.i, to: context.outputCount, changes: [.one(Names.count.term)]) {
    .update(
      Names.count.expression, .add,
      .conditional(counts(Names.scores[Names.i.expression]), then: 1, else: 0))
  }
}

// MARK: A row

extension EmissionContext {
  fileprivate var rowHoldsContract: Contract {
    let meaning = layout.rows.indices.map { row in
      Formula.implies(
        Names.row.term == .integer(row),
        .equivalent(.holds(.result), self.meaning(ofRow: row, Names.scores.term)))
    }
    return Contract(
      requires: [
        .readable(everyOutput(of: Names.scores)),
        .range(0, Names.choice.term, below: .integer(outputCount)),
        .range(0, Names.row.term, below: .integer(layout.rows.count)),
      ] + (statesMeaning ? [isBest(Names.choice.term, of: Names.scores.term)] : []),
      ensures: statesMeaning ? meaning : [])
  }

  /// `found` says whether one of the row's disjuncts before `k` holds.
  fileprivate var rowHoldsInvariants: [Formula] {
    if !statesMeaning { return [] }
    return layout.rows.indices.flatMap { row in
      (layout.rowStart[row]...layout.rowStart[row + 1]).map { end in
        let tested = layout.rowDisjuncts[layout.rowStart[row]..<end]
        return .implies(
          .all([Names.row.term == .integer(row), Names.k.term == .integer(end)]),
          .equivalent(
            .holds(Names.found.term), .any(tested.map { meaning(ofDisjunct: $0, Names.scores.term) })))
      }
    }
  }
}

private func emitRowHolds(_ context: EmissionContext) -> Function {
  let names = context.names
  let extremes = checkExtremes(context.layout)
  return Function(
    .bool, names[.rowHolds],
    [floats(Names.scores), Variable(.uint32, Names.choice), Variable(.uint32, Names.row)],
    comment: "Whether scores, the best of which is choice's, satisfy some disjunct of a row.",
    contract: context.rowHoldsContract
  ) {
    Statement.variable(.bool, Names.found, .truth(false))
    if extremes.contains(Names.best) {
      Statement.constant(.float, Names.best, Names.scores[Names.choice.expression])
    } else {
      Statement.discard(Names.choice.expression)
    }
    if extremes.contains(Names.worst) { findWorst(context) }
    provenLoop(
      Names.k, over: names[.rowStart], part: (Names.row.expression, Names.row.term),
      atMost: context.layout.mostDisjuncts, changes: [.one(Names.found.term)],
      invariants: context.rowHoldsInvariants
    ) {
      Statement.when(
        .call(
          names[.holds],
          [Names.scores.expression] + extremes.map(\.expression)
            + [names[.rowDisjuncts][Names.k.expression]])
      ) { .assign(Names.found.expression, .truth(true)) }
    }
    Statement.give(Names.found.expression)
  }
}

@BlockBuilder
private func findWorst(_ context: EmissionContext) -> [Statement] {
  let (i, worst) = (Names.i.term, Names.worst.term)
  let soFar = Formula.forAll(
    [Names.i],
    .implies(.range(0, i, below: Names.j.term), .not(context.better(worst, Names.scores.term[i]))))
  Statement.variable(.float, Names.worst, Names.scores[0])
  provenLoop(
    Names.j, from: 1, to: context.outputCount, changes: [.one(worst)],
    invariants: context.statesMeaning
      ? [soFar, context.forSomeOutput(Names.scores.term[i] == worst)] : []
  ) {
    .when(context.better(Names.worst.expression, Names.scores[Names.j.expression])) {
      .assign(Names.worst.expression, Names.scores[Names.j.expression])
    }
  }
}
