import Diagnostics
import ExactArithmetic
import SafetyLayers
import SpecificationLanguage
import TestSupport

/// A program with the table of another one, in which input `i` switches property `i` on: so that a test
/// reaches every row of the table with every raw score, whatever the conditions were.
func rowDriven(_ layer: SafetyLayer) throws -> SafetyProgram {
  let range = SourceRange(file: SourceFile(name: "rows.ordain", text: " "), bytes: 0..<1)
  let count = max(1, layer.guards.count)
  let inputs = (0..<count).map { index in
    InputScalar(
      name: "switch\(index)", unit: "", domain: Domain(lower: .zero, upper: .one),
      normalization: .identity, range: range, lowest: 0, highest: 1)
  }
  let original = layer.interface
  let interface = Interface(
    name: original.name, inputs: inputs, outputs: original.outputs, groups: original.groups,
    better: original.better, tieOrder: original.tieOrder,
    abstainsOnConflict: original.abstainsOnConflict, range: range)
  let guards = layer.guards.enumerated().map { index, old in
    let isOn = Condition.atom(
      .atLeast(input: index, bound: 0.5), Condition.Provenance(range: range, text: "switch\(index) >= 0.5"))
    return Guard(
      property: Property(
        name: old.property.name, title: old.property.title, interface: 0, condition: isOn,
        post: old.property.post, overriders: [], range: range),
      overriders: [])
  }
  return SafetyProgram(
    specName: "rows", specVersion: "1.0.0", specHash: ContentHash(of: []), networkName: "N",
    interface: interface, network: try denseNetwork([count, original.outputs.count], seed: 1),
    guards: guards, table: layer.table)
}

/// Every row of the program's table with every weak order of the scores, each in every second style: the
/// styles in which the interpreter is checked against the oracle for the specification of the same `seed`.
func everyRowAndWeakOrder(
  of program: SafetyProgram, seed: UInt64 = 0
) -> [(input: [Float], raw: [Float])] {
  let orders = weakOrders(of: program.interface.outputs.count)
  return program.table.rows.flatMap { entry in
    let active = Set(entry.activation.active)
    let input = program.interface.inputs.indices.map { active.contains($0) ? Float(1) : 0 }
    return orders.enumerated().flatMap { index, levels in
      ScoreStyle.allCases.filter { ($0.rawValue + index + Int(seed)) % 2 == 0 }
        .map { (input: input, raw: $0.scores(of: levels)) }
    }
  }
}
