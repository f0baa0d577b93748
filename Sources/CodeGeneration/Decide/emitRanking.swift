import LoopIR

/// The tables of the tie order, as far as they are needed.
func emitTieOrder(_ context: EmissionContext) -> [Declaration] {
  if context.tiesFollowDeclaration { return [] }
  let order = context.table(context.names[.tieOrder], context.tieOrder.map(UInt32.init))
  if !context.layout.needsRepair { return [order] }
  return [order, context.table(context.names[.tiePriority], context.tiePriority.map(UInt32.init))]
}

/// `tie_order[i]`, or `i` where ties follow the declaration.
func tieOrder(_ context: EmissionContext, _ index: Expression) -> Expression {
  context.tiesFollowDeclaration ? index : context.names[.tieOrder][index]
}

/// `tie_priority[o]`, or `o` where ties follow the declaration.
func tiePriority(_ context: EmissionContext, _ output: Expression) -> Expression {
  context.tiesFollowDeclaration ? output : context.names[.tiePriority][output]
}

// MARK: The best output

extension EmissionContext {
  /// No score is better, and equal ones come later in the tie order; the latter is stated where that order is the
  /// declared one.
  private func isBest(_ output: Term, ofFirst count: Term, _ scores: Term) -> Formula {
    let (i, own, other) = (Names.i.term, scores[output], scores[Names.i.term])
    let isFirst = Formula.implies(other == own, output <= i)
    return forEveryOutput(
      below: count, .all([.not(better(other, own))] + (tiesFollowDeclaration ? [isFirst] : [])))
  }

  /// `choice` is the best output of `scores` by the tie rule.
  func isBest(_ choice: Term, of scores: Term) -> Formula {
    .predicate(names[.isBest], [scores, choice])
  }

  private var bestDefinition: PredicateDefinition {
    PredicateDefinition(
      names[.isBest], [.floats(Names.scores), .integer(Names.choice)],
      isBest(Names.choice.term, ofFirst: .integer(outputCount), Names.scores.term))
  }

  fileprivate var rawChoiceContract: Contract {
    let inRange = Formula.range(0, .result, below: .integer(outputCount))
    return Contract(
      definitions: tiesFollowDeclaration ? [bestDefinition] : [],
      requires: [.readable(everyOutput(of: Names.scores))],
      ensures: [inRange] + (tiesFollowDeclaration ? [isBest(.result, of: Names.scores.term)] : []))
  }

  fileprivate var rawChoiceInvariants: [Formula] {
    let best = Names.best.term
    return tiesFollowDeclaration
      ? [.range(0, best, below: Names.j.term), isBest(best, ofFirst: Names.j.term, Names.scores.term)]
      : [.range(0, best, below: .integer(outputCount))]
  }
}

/// The arg-best output by the tie rule.
func emitRawChoice(_ context: EmissionContext) -> Function {
  let best = Names.best.expression
  return Function(
    .uint32, context.names[.rawChoice], [floats(Names.scores)],
    comment: "The output with the best score; of equal ones the first in the tie order.",
    contract: context.rawChoiceContract
  ) {
    Statement.variable(.uint32, Names.best, .count(context.tieOrder[0]))
    provenLoop(
      Names.j, from: 1, to: context.outputCount, changes: [.one(Names.best.term)],
      invariants: context.rawChoiceInvariants
    ) {
      Statement.constant(.uint32, Names.other, tieOrder(context, Names.j.expression))
      Statement.when(context.better(Names.scores[Names.other.expression], Names.scores[best])) {
        .assign(best, Names.other.expression)
      }
    }
    Statement.give(best)
  }
}

// MARK: The ranking

extension EmissionContext {
  /// Elements of `by_rank` in `0 ..< count`, but the one at `hole`, are outputs, and `below` them; no two are equal.
  private func isRanking(ofFirst count: Term, hole: Term?, below: Term) -> [Formula] {
    let (i, k) = (Names.i.term, Names.k.term)
    func isNoHole(_ place: Term) -> [Formula] { hole.map { [place != $0] } ?? [] }
    let output = Names.byRank.term[k]
    let bounds = Formula.forAll(
      [Names.k], .implies(.all([.range(0, k, below: count)] + isNoHole(k)), .range(0, output, below: below)))
    if !tiesFollowDeclaration { return [bounds] }
    let pair = Formula.all([.range(0, i, below: k), k < count] + isNoHole(i) + isNoHole(k))
    let (first, second) = (Names.byRank.term[i], output)
    return [
      bounds, .forAll([Names.i, Names.k], .implies(pair, first != second)),
      .forAll(
        [Names.i, Names.k], .implies(pair, .not(better(Names.raw.term[second], Names.raw.term[first])))),
    ]
  }

  fileprivate var rankContract: Contract {
    let all = Term.integer(outputCount)
    return Contract(
      requires: [
        .readable(everyOutput(of: Names.raw)), .writable(everyOutput(of: Names.byRank)),
        .separated([everyOutput(of: Names.raw), everyOutput(of: Names.byRank)]),
      ],
      assigns: [everyOutput(of: Names.byRank)], ensures: isRanking(ofFirst: all, hole: nil, below: all))
  }

  /// Before the round that inserts output `j`: those before it are ranked.
  fileprivate var rankInvariants: [Formula] {
    isRanking(
      ofFirst: Names.j.term, hole: nil, below: tiesFollowDeclaration ? Names.j.term : .integer(outputCount))
  }

  /// On the way of output `j` to its place: all but the hole are ranked, and those behind the hole are worse.
  fileprivate var insertionInvariants: [Formula] {
    let (i, j, k, place) = (Names.steps.term, Names.j.term, Names.k.term, Names.place.term)
    let behind = Formula.forAll(
      [Names.k],
      .implies(
        .all([place < k, k <= j]), better(Names.value.term, Names.raw.term[Names.byRank.term[k]])))
    return [place == j - i]
      + isRanking(
        ofFirst: j + 1, hole: place, below: tiesFollowDeclaration ? j : .integer(outputCount))
      + (tiesFollowDeclaration ? [behind] : [])
  }
}

/// The outputs by rank, the best first, ties by the tie rule: each output in the tie order is moved before those
/// with a worse score.
func emitRankOutputs(_ context: EmissionContext) -> Function {
  let outputs = context.outputCount
  let place = Names.place.expression
  return Function(
    .void, context.names[.rankOutputs], [floats(Names.raw), Variable(.pointer(.uint32), Names.byRank)],
    comment: "Ranks the outputs, the best first; equal scores in the tie order.",
    contract: context.rankContract
  ) {
    provenLoop(
      Names.j, to: outputs, changes: [context.everyOutput(of: Names.byRank)],
      invariants: context.rankInvariants
    ) {
      Statement.constant(.uint32, Names.output, tieOrder(context, Names.j.expression))
      Statement.constant(.float, Names.value, Names.raw[Names.output.expression])
      Statement.variable(.uint32, Names.place, Names.j.expression)
      insert(context)
      Statement.assign(Names.byRank[place], Names.output.expression)
    }
  }
}

/// Moves worse outputs one place back until the new one's place is free.
@BlockBuilder
private func insert(_ context: EmissionContext) -> [Statement] {
  let place = Names.place.expression
  let steps = Names.steps.term
  Statement.annotation(
    .loop(
      LoopContract(
        invariants: [.range(0, steps, through: Names.j.term)] + context.insertionInvariants,
        assigns: [.one(steps), .one(Names.place.term), context.everyOutput(of: Names.byRank)],
        variant: Names.j.term - steps)))
  Statement.each(Names.steps, to: Names.j.expression) {
    Statement.constant(.uint32, Names.other, Names.byRank[place - 1])
    Statement.when(!context.better(Names.value.expression, Names.raw[Names.other.expression])) { .exitLoop }
    Statement.assign(Names.byRank[place], Names.other.expression)
    Statement.assign(place, place - 1)
  }
}
