import LoopIR
import SafetyLayers

/// The certified heads: what is said of a decision once it is made. Nothing if the program has no `robust` clause.
///
/// For example:
/// ```c
/// static void digits_certify(const float *input, const float *raw, digits_result *result);
/// ```
func emitHead(_ context: EmissionContext) -> [Declaration] {
  let head = context.head
  if head.isEmpty { return [] }
  let guarded = context.isGuarded
  let balls = head.balls.indices.flatMap { ball -> [Declaration] in
    guarded
      ? emitSteady(context, ball) + [.function(emitGuardedKeep(context, ball))]
      : [.function(emitKeep(context, ball))]
  }
  return emitHeadTables(context) + [.function(emitFindBest(context))] + balls
    + head.clauses.indices.flatMap { emitClause(context, $0) } + [.function(emitCertify(context))]
}

extension EmissionContext {
  /// Whether properties are enforced, which switch with the input.
  var isGuarded: Bool { !program.guards.isEmpty }

  /// `scores[a] - scores[b]`, or the reverse where low scores are better, in binary64: how much better `a` is.
  func margin(_ a: Expression, over b: Expression) -> Expression {
    func score(_ output: Expression) -> Expression { .cast(.double, Names.raw[output]) }
    return switch program.interface.better {
    case .highest: score(a) - score(b)
    case .lowest: score(b) - score(a)
    }
  }

  /// Whether `a` stays better than `b` within a ball.
  func staysBetter(_ a: Expression, than b: Expression, ball: Int) -> Expression {
    margin(a, over: b) > names[.thresholds, ball][a * .count(outputCount) + b]
  }
}

private func emitHeadTables(_ context: EmissionContext) -> [Declaration] {
  let head = context.head
  let count = context.outputCount * context.outputCount
  func table(_ role: Names.NumberedRole, _ number: Int, _ values: [Double]) -> Declaration {
    .table(context.names[role, number], .double, .doubles(values), count: count)
  }
  var tables: [Declaration] = []
  for (number, ball) in head.balls.enumerated() {
    tables.append(
      .comment(
        "For outputs a and b at a * \(context.outputCount) + b: the margin above which a stays better than b within "
          + "\(text(ball))."))
    tables.append(table(.thresholds, number, ball.thresholds))
  }
  if context.isGuarded { return tables + emitRowTables(context) }
  for (number, scale) in head.scales.enumerated() {
    tables.append(
      .comment(
        "For outputs a and b: the part of the margin that rounding may have made, and the \(scale.norm.rawValue) distance "
          + "of \(scale.space.rawValue) inputs\nthat each unit of the rest is good for."))
    tables.append(table(.errors, number, scale.errors))
    tables.append(table(.inverses, number, scale.inverses))
  }
  return tables
}

extension EmissionContext {
  /// The words of a set of outputs.
  var outputWords: Int { (outputCount + 31) / 32 }
}

private func emitRowTables(_ context: EmissionContext) -> [Declaration] {
  guard context.head.readsRows else { return [] }
  let words = context.outputWords
  let masks = context.head.rows.flatMap { ActivationSet(active: $0.firsts, propertyCount: words * 32).words }
  let comment = Declaration.comment(
    "For row r the outputs that can be chosen under it: bit o % 32 of word r * \(words) + o / 32.")
  let firsts = Declaration.table(context.names[.firsts], .uint32, .bits(masks), count: masks.count)
  guard context.head.readsFreeRows else { return [comment, firsts] }
  return [
    comment, firsts, .comment("Whether a row asks for nothing."),
    context.table(context.names[.rowIsFree], context.head.rows.map { $0.isFree ? 1 : 0 }),
  ]
}

/// The best outputs, then the others by number.
private func emitFindBest(_ context: EmissionContext) -> Function {
  let (places, outputs) = (context.head.places, context.outputCount)
  let (next, other, count) = (Names.next.expression, Names.other.expression, Names.count.expression)
  let isBetter = context.better(Names.scores[other], Names.scores[next])
  return Function(
    .void, context.names[.findBest], [floats(Names.scores), Variable(.pointer(.uint32), Names.order)],
    comment: places == 1
      ? "The best output, then the others." : "The \(places) best outputs, then the others."
  ) {
    Statement.zeroed(.uint32, Names.taken, count: outputs)
    Statement.variable(.uint32, Names.count, .count(places))
    Statement.each(Names.k, to: .count(places)) {
      Statement.variable(.uint32, Names.next, .count(outputs))
      Statement.each(Names.j, to: .count(outputs)) {
        Statement.constant(.uint32, Names.other, tieOrder(context, Names.j.expression))
        Statement.when(.all([Names.taken[other] == 0, .any([next == .count(outputs), isBetter])])) {
          .assign(next, other)
        }
      }
      Statement.assign(Names.order[Names.k.expression], next)
      Statement.assign(Names.taken[next], 1)
    }
    Statement.each(Names.i, to: .count(outputs)) {
      .when(Names.taken[Names.i.expression] == 0) {
        Statement.assign(Names.order[count], Names.i.expression)
        Statement.assign(count, count + 1)
      }
    }
  }
}
