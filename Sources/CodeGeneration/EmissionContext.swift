import LoopIR
import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// What every part of the emission reads.
struct EmissionContext: Sendable {
  let program: EmittableProgram
  let options: EmissionOptions
  let compilerVersion: String
  let names: Names
  let layout: RepairLayout
  let guards: GuardLayout
  let head: HeadLayout
  /// With ``WeightPlacement/binary``, after its weights became a parameter.
  let lowered: LoweredNetwork
  /// The weights that are not in the program; `nil` unless they are in a file.
  let weightFile: WeightFile?

  init(
    _ program: EmittableProgram, compilerVersion: String, prefix: ProgramPrefix, options: EmissionOptions
  ) {
    self.program = program
    self.compilerVersion = compilerVersion
    names = Names(program, prefix: prefix)
    layout = RepairLayout(program.table, outputCount: program.interface.outputCount)
    head = HeadLayout(program.certification)
    guards = GuardLayout(program.guards, others: head.conditions)
    let lowered = program.network.lowered(LoweringNames(prefix: prefix.description), for: options.goal)
    // Weights that there are none of have no file.
    var options = options
    if !lowered.hasWeights { options.weights = .same }
    self.options = options
    if options.weights == .binary {
      let (passing, tables) = lowered.passingWeights()
      self.lowered = passing
      weightFile = WeightFile(tables)
    } else {
      self.lowered = lowered
      weightFile = nil
    }
  }

  var inputCount: Int { program.interface.inputs.count }
  var outputCount: Int { program.interface.outputCount }
  var activeWords: Int { ActivationSet.wordCount(forProperties: program.guards.count) }

  /// Whether guards, check and repair are emitted.
  var isSafe: Bool {
    switch program.kind {
    case .safe: true
    case .plain: false
    }
  }

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

extension LoweredNetwork {
  fileprivate var hasWeights: Bool {
    declarations.contains { if case .table(let table) = $0 { table.isWeights } else { false } }
  }
}
