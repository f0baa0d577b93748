import LoopIR
import SafetyLayers
import SpecificationLanguage

/// Whether the same properties are active everywhere in a ball: each condition is evaluated twice, once as what holds
/// everywhere in it, once as what holds somewhere.
func emitSteady(_ context: EmissionContext, _ ball: Int) -> [Declaration] {
  let guards = context.program.guards.indices
  return guards.map { .function(emitCondition(context, ball, $0, .surely)) }
    + guards.map { .function(emitCondition(context, ball, $0, .possibly)) }
    + [.function(emitIsSteady(context, ball))]
}

/// The number of a function about a property and a ball.
private func number(_ context: EmissionContext, _ ball: Int, _ position: Int) -> Int {
  ball * context.program.guards.count + position
}

private func uses(
  _ context: EmissionContext, _ ball: Int, _ position: Int, _ role: Names.NumberedRole
) -> GuardLayout.Uses {
  let start = context.head.firstCondition(ofBall: ball)
  let offset = role == .surely ? position : context.program.guards.count + position
  return context.guards.othersUses[start + offset]
}

private func emitCondition(
  _ context: EmissionContext, _ ball: Int, _ position: Int, _ role: Names.NumberedRole
) -> Function {
  let uses = uses(context, ball, position, role)
  let layout = context.head.balls[ball]
  let condition = (role == .surely ? layout.surely : layout.possibly)[position]
  let property = context.program.guards[position].property
  return Function(
    .bool, context.names[role, number(context, ball, position)],
    (uses.inputs ? [floats(Names.input)] : []) + (uses.choice ? [Variable(.uint32, Names.choice)] : []),
    comment:
      "Whether the condition of \(property.name) \(role == .surely ? "surely holds everywhere" : "may hold somewhere") within \(text(layout))."
  ) {
    .result(.some(guardExpression(condition, context)))
  }
}

private func call(
  _ context: EmissionContext, _ ball: Int, _ position: Int, _ role: Names.NumberedRole
) -> Expression {
  let uses = uses(context, ball, position, role)
  return .call(
    context.names[role, number(context, ball, position)],
    (uses.inputs ? [Names.input.expression] : []) + (uses.choice ? [Names.choice.expression] : []))
}

extension EmissionContext {
  /// What the function that asks whether a ball is steady takes.
  func steadyUses(_ ball: Int) -> GuardLayout.Uses {
    let start = head.firstCondition(ofBall: ball)
    let uses = guards.othersUses[start..<start + 2 * program.guards.count]
    return GuardLayout.Uses(
      inputs: uses.contains { $0.inputs },
      choice: guards.uses.contains { $0.choice } || uses.contains { $0.choice })
  }

  /// Whether the raw choice has to stay, because a guard reads it.
  fileprivate var rawChoiceMatters: Bool { guards.uses.contains { $0.choice } }
}

private func emitIsSteady(_ context: EmissionContext, _ ball: Int) -> Function {
  let uses = context.steadyUses(ball)
  let (i, choice) = (Names.i.expression, Names.choice.expression)
  return Function(
    .bool, context.names[.steady, ball],
    (uses.inputs ? [floats(Names.input)] : [])
      + (uses.choice ? [floats(Names.raw), Variable(.uint32, Names.choice)] : []),
    comment:
      "Whether the same properties are active everywhere within \(text(context.head.balls[ball])) and the domain."
  ) {
    if context.rawChoiceMatters {
      Statement.each(Names.i, to: .count(context.outputCount)) {
        .when(.all([i != choice, !context.staysBetter(choice, than: i, ball: ball)])) { .give(false) }
      }
    }
    compareActivations(context, ball)
  }
}

@BlockBuilder
private func compareActivations(_ context: EmissionContext, _ ball: Int) -> [Statement] {
  let guards = context.program.guards
  let words = context.activeWords
  let overridden = guards.contains { !$0.overriders.isEmpty }
  Statement.zeroed(.uint32, Names.surely, count: words)
  Statement.zeroed(.uint32, Names.possibly, count: words)
  for position in guards.indices {
    let bit = Expression.bits(1 << UInt32(position % 32))
    for (role, mask) in [(Names.NumberedRole.surely, Names.surely), (.possibly, Names.possibly)] {
      Statement.when(call(context, ball, position, role)) {
        .update(mask[.count(position / 32)], .bitOr, bit)
      }
    }
  }
  if overridden { applyOverrides(context) }
  let (surely, possibly) =
    overridden ? (Names.activeSurely, Names.activePossibly) : (Names.surely, Names.possibly)
  Statement.give(.all((0..<words).map { surely[.count($0)] == possibly[.count($0)] }))
}

/// A property is surely active if its condition surely holds and no overrider's possibly does, and the other way round.
@BlockBuilder
private func applyOverrides(_ context: EmissionContext) -> [Statement] {
  let guards = context.program.guards
  let words = context.activeWords
  let masks = [
    (active: Names.activeSurely, holds: Names.surely, other: Names.possibly),
    (active: Names.activePossibly, holds: Names.possibly, other: Names.surely),
  ]
  for mask in masks {
    Statement.zeroed(.uint32, mask.active, count: words)
    for word in 0..<words { Statement.assign(mask.active[.count(word)], mask.holds[.count(word)]) }
    for position in guards.indices where !guards[position].overriders.isEmpty {
      Statement.when(overridden(guards[position], words, where: mask.other)) {
        .update(mask.active[.count(position / 32)], .bitAnd, ~.bits(1 << UInt32(position % 32)))
      }
    }
  }
}
