import CodeGeneration
import Diagnostics
import ModelImport
import SafetyLayers

/// The programs of all selected networks: nothing is written before all of them succeeded.
public struct EmittedPrograms: Sendable {
  public let files: [OutputFile]
  /// The proofs of the properties that the programs' headers call proved.
  public let evidence: [OutputFile]
  /// The names that proofs of the other properties would have: there are none of these.
  public let missingEvidence: [String]
  public let diagnostics: DiagnosticSet
  private let programs: [(program: EmittedProgram, name: String, details: String)]

  /// The programs of a specification's networks.
  ///
  /// - Throws: the errors of the specification, of every model and of every binding, and limits that a program
  ///   exceeds.
  public init(
    _ frontEnd: FrontEnd, networks patterns: [NetworkPattern], models: ModelLocator,
    options: CompileOptions = CompileOptions(), progress: (String) -> Void
  ) throws(DiagnosticSet) {
    var diagnostics = frontEnd.diagnostics
    try diagnostics.throwOnError()
    let selected = try frontEnd.networks(matching: patterns)
    for diagnostic in frontEnd.spec.notCompiled(on: selected) { diagnostics.report(diagnostic) }
    try diagnostics.throwOnError()
    let missing = selected.map { frontEnd.spec.networks[$0] }.filter {
      models.locate($0, in: frontEnd.spec) == nil
    }
    if !missing.isEmpty {
      diagnostics.report(models.notFound(missing))
      throw diagnostics
    }
    var programs: [(EmittedProgram, String, String)] = []
    var evidence: [OutputFile] = []
    var missingEvidence: [String] = []
    let names = frontEnd.spec.networks.map(\.name)
    for (position, index) in selected.enumerated() {
      progress("compiling \(frontEnd.spec.networks[index].name) (\(position + 1) of \(selected.count))")
      do throws(DiagnosticSet) {
        var program = try frontEnd.compose(
          network: index, models: models, semantics: options.semantics, reportingTo: &diagnostics)
        program.provedMargins = try frontEnd.spec.provedMargins(at: index, program.network)
        if let boxes = options.proofBoxes {
          progress("proving properties of \(program.networkName) (\(position + 1) of \(selected.count))")
          let command = ProveCommand(frontEnd.tree, models: models, semantics: options.semantics)
          let found = frontEnd.provedProperties(of: program, network: index, boxes: boxes, asking: command)
          program = program.droppingProvedProperties(found.proved.map(\.property))
          evidence += found.proved.map { OutputFile(name: $0.fileName, contents: $0.proof.bytes) }
          missingEvidence += found.missingFiles
          diagnostics.report(contentsOf: found.notes)
        }
        let emitted = emit(
          program, compilerVersion: compilerVersion, amongNetworks: names, prefix: options.prefix,
          options: options.emission)
        programs.append((emitted, program.networkName, Self.details(program)))
      } catch {
        diagnostics.report(contentsOf: error)
      }
    }
    try self.init(programs, evidence: evidence, missingEvidence: missingEvidence, options, diagnostics)
  }

  /// The program of a network without specification.
  ///
  /// - Parameter model: the path of the model.
  /// - Throws: the errors of the model, and limits that the program exceeds.
  public init(
    model: String, named name: String?, choosing better: Choice, options: CompileOptions
  ) throws(DiagnosticSet) {
    var diagnostics = DiagnosticSet()
    let network = try importModel(atPath: model, reportingTo: &diagnostics).network
    let plain = PlainNetwork(
      name: name ?? Self.stem(model), network: network.rounding(as: options.semantics ?? .contractOff),
      better: better.better)
    let emitted = emit(
      EmittableProgram(plain), compilerVersion: compilerVersion, prefix: options.prefix,
      options: options.emission)
    try self.init(
      [(emitted, plain.name, "no specification")], evidence: [], missingEvidence: [], options, diagnostics)
  }

  private init(
    _ programs: [(EmittedProgram, String, String)], evidence: [OutputFile], missingEvidence: [String],
    _ options: CompileOptions, _ diagnostics: DiagnosticSet
  ) throws(DiagnosticSet) {
    var diagnostics = diagnostics
    for (program, name, _) in programs {
      if options.emission.weights != .same, !program.files.contains(where: { $0.role == .weights }) {
        diagnostics.report(.noWeights(name, options.emission.weights))
      }
      for diagnostic in options.limits.violations(by: program.cost, of: name) {
        diagnostics.report(diagnostic)
      }
    }
    try diagnostics.throwOnError()
    self.diagnostics = diagnostics
    self.evidence = evidence
    self.missingEvidence = missingEvidence
    self.programs = programs.map { (program: $0.0, name: $0.1, details: $0.2) }
    files = programs.flatMap { $0.0.files.map(OutputFile.init) }
  }

  /// The file's name without its folder and extension.
  private static func stem(_ path: String) -> String {
    let base = path.split(separator: "/").last.map(String.init) ?? path
    return base.lastIndex(of: ".").map { String(base[..<$0]) } ?? base
  }

  private static func details(_ program: SafetyProgram) -> String {
    let disjuncts = program.table.rows.reduce(0) { $0 + $1.disjuncts.count }
    return
      "properties \(program.guards.count)\(proofs(program)), rows \(program.table.rows.count), disjuncts \(disjuncts)"
  }

  /// For example: ` (3 proved, 1 of them enforced all the same)`; empty if nothing is proved.
  private static func proofs(_ program: SafetyProgram) -> String {
    var (proved, kept) = (0, 0)
    for guarded in program.guards {
      switch guarded.enforcement {
      case .repair: continue
      case .proof: proved += 1
      case .proofAndRepair: (proved, kept) = (proved + 1, kept + 1)
      }
    }
    return proved == 0 ? "" : " (\(proved) proved, \(kept) of them enforced all the same)"
  }

  /// A line a network, and where the files are.
  ///
  /// - Parameter sizes: those of ``files``.
  public func summary(in folder: String, sizes: [Int]) -> String {
    var start = 0
    var lines = ""
    for (program, name, details) in programs {
      let names = program.files.map(\.name).joined(separator: ", ")
      let size = sizes[start..<start + program.files.count].reduce(0, +)
      let proof = program.decisionProof.map { ", \($0.summary)" } ?? ""
      lines += "\(name): \(names) (\(details), \(size) bytes\(proof))\n"
      start += program.files.count
    }
    return lines + "wrote \(counted(files.count, "file")) to \(folder)\n"
  }

  /// What each program costs.
  public var costs: String {
    programs.map { "\($0.name)\n\($0.program.cost.text)\n\n" }.joined()
  }
}

extension DecisionProof {
  /// For example: `decision proved by 10 cases`.
  fileprivate var summary: String {
    switch self {
    case .proved(let runs): "decision proved by \(runs) \(runs == 1 ? "case" : "cases")"
    case .tooManyOutputs: "decision not proved: too many outputs"
    case .tooManyRuns: "decision not proved: too many cases"
    }
  }
}
