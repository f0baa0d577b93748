import LoopIR
import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// What every part of the emission reads.
struct EmissionContext: Sendable {
  let program: SafetyProgram
  let compilerVersion: String
  let names: Names
  let layout: RepairLayout
  let guards: GuardLayout
  let lowered: LoweredNetwork

  init(_ program: SafetyProgram, compilerVersion: String, among networks: [String]) {
    precondition(
      program.network.outputCount == program.interface.outputs.count,
      "the network has the interface's outputs")
    precondition(
      program.network.inputCount == program.interface.inputs.count, "the network has the interface's inputs")
    self.program = program
    self.compilerVersion = compilerVersion
    names = Names(program, among: networks)
    layout = RepairLayout(program.table, outputCount: program.interface.outputs.count)
    guards = GuardLayout(program.guards)
    lowered = program.network.lowered(LoweringNames(prefix: names.prefix))
  }

  var inputCount: Int { program.interface.inputs.count }
  var outputCount: Int { program.interface.outputs.count }
  var activeWords: Int { ActivationSet.wordCount(forProperties: program.guards.count) }

  /// Whether score `a` is strictly better than score `b`.
  func better(_ a: Expression, _ b: Expression) -> Expression {
    switch program.interface.better {
    case .highest: a > b
    case .lowest: a < b
    }
  }

  /// Output indices, the one preferred on ties first.
  var tieOrder: [Int] { program.interface.tieOrder }
  var tiesFollowDeclaration: Bool { tieOrder == Array(0..<outputCount) }

  /// For each output its position in the tie order.
  var tiePriority: [Int] {
    tieOrder.enumerated().reduce(into: tieOrder) { $0[$1.element] = $1.offset }
  }

  /// A constant table of indices in the narrowest type that holds them.
  func table(_ name: Identifier, _ values: [UInt32], holding largest: Int? = nil) -> Declaration {
    let largest = largest ?? Int(values.max() ?? 0)
    return .table(name, .unsigned(holding: largest), .unsigned(values), count: values.count)
  }
}

/// A parameter `const float *name`.
func floats(_ name: Identifier) -> Variable { Variable(.constPointer(.float), name) }
/// A parameter `const uint32_t *name`.
func indices(_ name: Identifier) -> Variable { Variable(.constPointer(.uint32), name) }
