import LoopIR
import SafetyLayers

/// What a clause says of a result, from what its ball says of the best outputs.
func emitClause(_ context: EmissionContext, _ number: Int) -> [Declaration] {
  let certified = context.head.clauses[number]
  let groups = certified.clause.groups
  let words = (groups.count + 31) / 32
  let tables = (0..<words).map { word -> Declaration in
    let masks = (0..<context.outputCount).map { output in
      ActivationSet(
        active: groups.indices.filter { groups[$0].contains(output) }, propertyCount: groups.count
      )
      .words[word]
    }
    return .table(groupTable(context, number, word), .uint32, .bits(masks), count: masks.count)
  }
  let comment = Declaration.comment(
    "For each output the sets of \(certified.clause.name) that it is in: a bit for each set.")
  return (groups.isEmpty ? [] : [comment]) + tables + [.function(emitClauseFunction(context, number, words))]
}

private func groupTable(_ context: EmissionContext, _ number: Int, _ word: Int) -> Identifier {
  let table = context.names[.clauseGroups, number]
  return word == 0 ? table : Identifier("\(table.spelling)_\(word)")
}

private func emitClauseFunction(_ context: EmissionContext, _ number: Int, _ words: Int) -> Function {
  let certified = context.head.clauses[number]
  let k = Names.k.expression
  let (radius, found) = (Names.radius.expression, Names.found.expression)
  let own = Expression.float(certified.head.radius)
  let shared = (0..<words).map { Names.shared($0).expression }
  return Function(
    .void, context.names[.certify, number],
    (words > 0 ? [indices(Names.order)] : []) + [indices(Names.kept)]
      + (context.isGuarded ? [] : [floats(Names.limits)]) + [resultParameter(context)],
    comment: "What \(text(certified.clause)) says of a result."
  ) {
    Statement.variable(.bool, Names.found, .truth(false))
    Statement.variable(.float, Names.radius, .float(0))
    for word in 0..<words { Statement.variable(.uint32, Names.shared(word), .bits(.max)) }
    Statement.each(Names.k, to: .count(certified.clause.places)) {
      for word in 0..<words {
        Statement.update(shared[word], .bitAnd, groupTable(context, number, word)[Names.order[k]])
      }
      let use: [Statement] =
        [.when(Names.kept[k] != 0) { .assign(found, .truth(true)) }]
        + (context.isGuarded
          ? [] : [.when(Names.limits[k] > radius) { .assign(radius, Names.limits[k]) }])
      // One output may stand alone; of more, some set has to hold all.
      if words > 0 {
        Statement.when(.any([k == 0] + shared.map { $0 != 0 })) { use }
      } else {
        use
      }
    }
    Statement.when(found) {
      Statement.update(
        resultField(Names.certified)[.count(number / 32)], .bitOr, .bits(1 << UInt32(number % 32)))
      Statement.when(radius < own) { .assign(radius, own) }
    }
    Statement.assign(resultField(Names.radius)[.count(number)], radius)
  }
}

/// Nothing is certified, as long as nothing is known.
@BlockBuilder
func certifyNothing(_ context: EmissionContext) -> [Statement] {
  if !context.head.isEmpty {
    Statement.each(Names.i, to: .count(context.head.words)) {
      .assign(resultField(Names.certified)[Names.i.expression], 0)
    }
    Statement.each(Names.i, to: .count(context.head.clauses.count)) {
      .assign(resultField(Names.radius)[Names.i.expression], .float(0))
    }
  }
}

func emitCertify(_ context: EmissionContext) -> Function {
  let names = context.names
  let reads = context.isGuarded && context.head.balls.indices.contains { context.steadyUses($0).inputs }
  let abstained = names.status(.abstained).expression
  return Function(
    .void, names[.certify], [floats(Names.input), floats(Names.raw), resultParameter(context)],
    comment: "Adds to a result what is certified of it."
  ) {
    if !reads { Statement.discard(Names.input.expression) }
    certifyNothing(context)
    Statement.when(resultField(Names.status) != abstained) {
      certifyAll(context)
      let uncertified = context.head.clauses.indices.filter {
        context.head.clauses[$0].clause.abstainsWhenUncertified
      }
      if !uncertified.isEmpty {
        Statement.when(isUncertified(uncertified)) {
          .call(names[.abstain](names.reason(.uncertified).expression, Names.result.expression))
        }
      }
    }
  }
}

/// Whether one of some clauses is not certified.
private func isUncertified(_ clauses: [Int]) -> Expression {
  let set = ActivationSet(active: clauses, propertyCount: (clauses.last ?? 0) + 1)
  return .any(
    set.words.indices.filter { set.words[$0] != 0 }.map {
      (resultField(Names.certified)[.count($0)] & .bits(set.words[$0])) != .bits(set.words[$0])
    })
}

@BlockBuilder
private func certifyAll(_ context: EmissionContext) -> [Statement] {
  let (names, head) = (context.names, context.head)
  let guarded = context.isGuarded
  Statement.zeroed(.uint32, Names.order, count: context.outputCount)
  Statement.zeroed(.uint32, Names.kept, count: head.places)
  if !guarded { Statement.zeroed(.float, Names.limits, count: head.places) }
  if guarded, head.balls.indices.contains(where: { context.steadyUses($0).choice }) {
    Statement.constant(.uint32, Names.choice, names[.rawChoice](Names.raw.expression))
  }
  if guarded, context.head.readsRows {
    Statement.constant(.uint32, Names.row, names[.findRow](resultField(Names.active)))
  }
  Statement.call(names[.findBest](resultField(Names.scores), Names.order.expression))
  for ball in head.balls.indices {
    let keep = Statement.call(.call(names[.keep, ball], keepArguments(context)))
    if guarded {
      Statement.when(callSteady(context, ball)) {
        keep
      } otherwise: {
        .each(Names.k, to: .count(head.balls[ball].places)) { .assign(Names.kept[Names.k.expression], 0) }
      }
    } else {
      keep
    }
    for clause in head.clauses.indices where head.ballOfClause[clause] == ball {
      Statement.call(
        .call(
          names[.certify, clause],
          (head.clauses[clause].clause.groups.isEmpty ? [] : [Names.order.expression])
            + [Names.kept.expression] + (guarded ? [] : [Names.limits.expression])
            + [Names.result.expression]))
    }
  }
}

private func keepArguments(_ context: EmissionContext) -> [Expression] {
  let given = [Names.raw.expression]
  let best = [Names.order, Names.kept].map(\.expression)
  if !context.isGuarded { return given + best + [Names.limits.expression] }
  return given + (context.head.readsRows ? [Names.row.expression] : []) + best
}

private func callSteady(_ context: EmissionContext, _ ball: Int) -> Expression {
  let uses = context.steadyUses(ball)
  return .call(
    context.names[.steady, ball],
    (uses.inputs ? [Names.input.expression] : [])
      + (uses.choice ? [Names.raw.expression, Names.choice.expression] : []))
}
