import LoopIR
import SafetyLayers
import SpecificationLanguage

/// The guards: one function a property, and one that evaluates them all.
///
/// For example:
/// ```c
/// /* Whether the condition of p5 "near, from the left" holds (acasxu.ordain, line 39). */
/// static bool acas_xu_n_1_1_property_2(const float *input)
/// {
///   return ((input[0u] >= 0x1.f4p+7f /* rho >= 250 ft */) && ...) && ...;
/// }
/// ```
func emitGuards(_ context: EmissionContext) -> [Declaration] {
  context.guards.linear.indices.flatMap { emitLinearAtom(context, number: $0) }
    + context.program.guards.indices.map { .function(emitProperty(context, $0)) }
    + [.function(emitEvaluateGuards(context))]
}

private func emitProperty(_ context: EmissionContext, _ position: Int) -> Function {
  let property = context.program.guards[position].property
  let uses = context.guards.uses[position]
  let title = property.title.isEmpty ? "" : " \"\(property.title)\""
  return Function(
    .bool, context.names[.property, position],
    (uses.inputs ? [floats(Names.input)] : []) + (uses.choice ? [Variable(.uint32, Names.choice)] : []),
    comment: "Whether the condition of \(property.name)\(title) holds (\(sourcePlace(property))).",
    contract: Contract(requires: uses.inputs ? [.readable(context.everyInput)] : [])
  ) {
    .result(.some(guardExpression(property.condition, context)))
  }
}

/// For example: `acas.ordain, line 40`; without the folder, so that output does not depend on it.
func sourcePlace(_ property: Property) -> String {
  let base = property.range.file.name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
  return "\(base.isEmpty ? "specification" : base), line \(property.range.line)"
}

/// Whether a condition holds of `input` and `choice`.
func guardExpression(_ condition: Condition, _ context: EmissionContext) -> Expression {
  switch condition {
  case .constant(let value): .truth(value)
  case .atom(let atom, let provenance): .commented(expression(atom, context), provenance.text)
  case .all(let parts): parts.isEmpty ? .truth(true) : .all(parts.map { guardExpression($0, context) })
  case .any(let parts): parts.isEmpty ? .truth(false) : .any(parts.map { guardExpression($0, context) })
  }
}

private func expression(_ atom: Atom, _ context: EmissionContext) -> Expression {
  switch atom {
  case .atLeast(let input, let bound): Names.input[.count(input)] >= .float(bound)
  case .atMost(let input, let bound): Names.input[.count(input)] <= .float(bound)
  case .linear(let inequality):
    context.names[.linear, context.guards.number(of: inequality)](Names.input.expression)
  case .rawChoice(let outputs, _): membership(of: Names.choice.expression, in: outputs)
  }
}

/// Whether `choice` is one of `outputs`: a mask for each run of 32 outputs that holds one of them.
private func membership(of choice: Expression, in outputs: [Int]) -> Expression {
  if outputs.isEmpty { return .truth(false) }
  if outputs.count <= 2 { return .any(outputs.map { choice == .count($0) }) }
  let groups = Dictionary(grouping: outputs) { $0 / 32 }.sorted { $0.key < $1.key }
  return .any(
    groups.map { word, members in
      let mask = members.reduce(UInt32(0)) { $0 | 1 << UInt32($1 % 32) }
      let bit = ((Expression.bits(mask) >> (choice & 31)) & 1) != 0
      return .all([choice >> 5 == .count(word), bit])
    })
}

private func emitEvaluateGuards(_ context: EmissionContext) -> Function {
  let words = context.activeWords
  let guards = context.program.guards
  let usesInputs = context.guards.uses.contains { $0.inputs }
  let usesChoice = context.guards.uses.contains { $0.choice }
  return Function(
    .void, context.names[.evaluateGuards],
    (usesInputs ? [floats(Names.input)] : []) + (usesChoice ? [Variable(.uint32, Names.choice)] : [])
      + [Variable(.pointer(.uint32), Names.active)],
    comment: "The active properties: those whose condition holds, and no overriding one's.",
    contract: context.guardsContract
  ) {
    .zeroed(.uint32, Names.holds, count: words)
    for position in guards.indices {
      Statement.when(callGuard(context, position)) {
        .update(Names.holds[.count(position / 32)], .bitOr, .bits(1 << UInt32(position % 32)))
      }
    }
    for word in 0..<words {
      Statement.assign(Names.active[.count(word)], Names.holds[.count(word)])
    }
    for position in guards.indices where !guards[position].overriders.isEmpty {
      Statement.when(overridden(guards[position], words)) {
        .update(Names.active[.count(position / 32)], .bitAnd, ~.bits(1 << UInt32(position % 32)))
      }
    }
  }
}

extension EmissionContext {
  var everyInput: MemoryRange { .elements(Names.input.term, count: inputCount) }

  fileprivate var guardsContract: Contract {
    let active = MemoryRange.elements(Names.active.term, count: activeWords)
    let reads = guards.uses.contains { $0.inputs }
    return Contract(
      requires: (reads ? [.readable(everyInput), .separated([everyInput, active])] : []) + [
        .writable(active)
      ],
      assigns: [active])
  }
}

private func callGuard(_ context: EmissionContext, _ position: Int) -> Expression {
  let uses = context.guards.uses[position]
  return .call(
    context.names[.property, position],
    (uses.inputs ? [Names.input.expression] : []) + (uses.choice ? [Names.choice.expression] : []))
}

private func overridden(_ guarded: Guard, _ words: Int) -> Expression {
  overridden(guarded, words, where: Names.holds)
}

/// Whether the bit of one of a guard's overriders is set in `holds`.
func overridden(_ guarded: Guard, _ words: Int, where holds: Identifier) -> Expression {
  let set = ActivationSet(active: guarded.overriders, propertyCount: words * 32)
  return .any(
    (0..<words).filter { set.words[$0] != 0 }.map {
      (holds[.count($0)] & .bits(set.words[$0])) != 0
    })
}

/// How `decide` calls `evaluate_guards`.
func callEvaluateGuards(_ context: EmissionContext) -> Expression {
  let usesInputs = context.guards.uses.contains { $0.inputs }
  let usesChoice = context.guards.uses.contains { $0.choice }
  return .call(
    context.names[.evaluateGuards],
    (usesInputs ? [Names.input.expression] : []) + (usesChoice ? [Names.choice.expression] : [])
      + [Names.active.expression])
}
