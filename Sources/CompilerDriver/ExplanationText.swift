import ExactArithmetic
import SafetyLayers
import SpecificationLanguage

/// What `ordain why` prints: the inputs, each property with its conditions and numbers, the raw ranking,
/// the disjunct that held or repaired, the final ranking.
public func explanationText(_ explanation: Explanation, of program: SafetyProgram) -> String {
  let interface = program.interface
  var lines = ["\(program.networkName) of \(program.specName) \(program.specVersion)", "", "inputs"]
  for (index, input) in interface.inputs.enumerated() {
    let unit = input.unit.isEmpty ? "" : " " + input.unit
    let normalized =
      explanation.normalizedInput.isEmpty || input.normalization == .identity
      ? "" : "  (normalised \(explanation.normalizedInput[index]))"
    let refused = explanation.refusedInput == index ? "  <- refused" : ""
    lines.append("  \(input.name) = \(explanation.input[index])\(unit)\(normalized)\(refused)")
  }
  if !explanation.properties.isEmpty {
    lines += ["", "properties"]
    for property in explanation.properties { lines += propertyLines(property, program) }
  }
  if !explanation.rawRanking.isEmpty {
    lines += ["", "raw ranking, best first"]
    lines += ranking(explanation.rawRanking, explanation.rawScores, interface)
  } else if !explanation.rawScores.isEmpty {
    lines += ["", "raw scores", "  " + explanation.rawScores.map(\.description).joined(separator: " ")]
  }
  lines += ["", outcome(explanation, program)]
  if case .repaired = explanation.outcome {
    lines += ["", "final ranking, best first"]
    lines += ranking(explanation.finalRanking, explanation.result.scores, interface)
  }
  if explanation.result.choice >= 0 {
    lines += ["", "choice: \(interface.outputs[explanation.result.choice])"]
  }
  lines += certificates(of: explanation.result, program)
  return lines.joined(separator: "\n") + "\n"
}

/// What is certified, a line for each clause.
private func certificates(of result: InferenceResult, _ program: SafetyProgram) -> [String] {
  let clauses = program.certification.clauses.map(\.clause)
  if clauses.isEmpty || result.certified.isEmpty { return [] }
  let lines = clauses.indices.map { index in
    let title = clauses[index].title.isEmpty ? "" : " \"\(clauses[index].title)\""
    let distance = result.radii[index] > 0 ? ", proved within \(result.radii[index])" : ""
    return
      "  \(clauses[index].name)\(title): \(result.certified[index] ? "certified" : "not certified")\(distance)"
  }
  return ["", "robust clauses"] + lines
}

private func propertyLines(_ property: PropertyExplanation, _ program: SafetyProgram) -> [String] {
  let title = property.title.isEmpty ? "" : " \"\(property.title)\""
  var state = property.isActive ? "active" : "not active"
  if property.condition.holds, !property.overriddenBy.isEmpty {
    let names = property.overriddenBy.map { program.guards[$0].property.name }
    state += ": overridden by " + names.joined(separator: ", ")
  }
  return ["  \(property.name)\(title): \(state)"] + conditionLines(property.condition, program, indent: 4)
}

private func conditionLines(
  _ condition: ConditionExplanation, _ program: SafetyProgram, indent: Int
) -> [String] {
  let blanks = String(repeating: " ", count: indent)
  switch condition {
  case .constant(let value): return [blanks + (value ? "[x] true" : "[ ] false")]
  case .atom(let atom):
    return [blanks + (atom.holds ? "[x] " : "[ ] ") + atom.text + "   (\(actual(atom.actual, program)))"]
  case .all(let parts):
    return parts.flatMap { conditionLines($0, program, indent: indent) }
  case .any(let parts):
    return [blanks + (condition.holds ? "[x] " : "[ ] ") + "one of"]
      + parts.flatMap { conditionLines($0, program, indent: indent + 4) }
  }
}

private func actual(_ actual: AtomExplanation.Actual, _ program: SafetyProgram) -> String {
  switch actual {
  case .input(let index, let value): "\(program.interface.inputs[index].name) is \(value)"
  case .sum(let value): "the sum is \(exactText(value))"
  case .rawChoice(let output): "the raw choice is \(program.interface.outputs[output])"
  }
}

private func ranking(_ order: [Int], _ scores: [Float], _ interface: Interface) -> [String] {
  order.enumerated().map { place, output in
    "  \(place + 1). \(interface.outputs[output])  \(scores[output])"
  }
}

private func outcome(_ explanation: Explanation, _ program: SafetyProgram) -> String {
  let disjuncts = explanation.row.map { program.table.rows[$0].disjuncts } ?? []
  switch explanation.outcome {
  case .abstained(let reason): return "abstained: \(reason.name)"
  case .kept(let index):
    if explanation.properties.allSatisfy({ !$0.isActive }) { return "kept: no property is active" }
    return "kept: the raw scores satisfy " + describe(disjuncts[index], index, disjuncts.count, program)
  case .repaired(let index):
    return "repaired through " + describe(disjuncts[index], index, disjuncts.count, program)
  }
}

/// A disjunct in the language's words, at most a handful of its parts.
private func describe(
  _ disjunct: OrderConstraint, _ index: Int, _ count: Int, _ program: SafetyProgram
) -> String {
  let outputs = program.interface.outputs
  var parts = disjunct.precedences.map { "\(outputs[$0.before]) above \(outputs[$0.after])" }
  for window in disjunct.windows {
    if window.earliest == 1 {
      parts.append("never choose \(outputs[window.output])")
    } else if window.earliest > 0 {
      parts.append("\(outputs[window.output]) not in top \(window.earliest)")
    }
    if window.end < disjunct.outputCount { parts.append("\(outputs[window.output]) in top \(window.end)") }
  }
  let more = parts.count > 8 ? ", and \(parts.count - 8) more" : ""
  let shown = parts.prefix(8).joined(separator: ", ") + more
  let which = count > 1 ? "disjunct \(index + 1) of \(count): " : ""
  return which + (shown.isEmpty ? "every order" : shown)
}
