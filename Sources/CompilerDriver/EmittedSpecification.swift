import CodeGeneration
import Diagnostics
import SafetyLayers

/// The files of all selected networks, in memory: nothing is written before all of them succeeded.
public struct EmittedSpecification: Sendable {
  public let files: [(name: String, contents: [UInt8])]
  public let diagnostics: DiagnosticSet
  private let lines: [String]

  /// - Throws: the errors of the specification, of every model and of every binding.
  public init(
    _ frontEnd: FrontEnd, networks patterns: [NetworkPattern], models: ModelLocator,
    progress: (String) -> Void
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
    var files: [(name: String, contents: [UInt8])] = []
    var lines: [String] = []
    let names = frontEnd.spec.networks.map(\.name)
    for (position, index) in selected.enumerated() {
      progress("compiling \(frontEnd.spec.networks[index].name) (\(position + 1) of \(selected.count))")
      do throws(DiagnosticSet) {
        let program = try frontEnd.compose(network: index, models: models, reportingTo: &diagnostics)
        let emitted = emit(program, compilerVersion: compilerVersion, amongNetworks: names)
        files += emitted.files.map { ($0.name, $0.contents) }
        lines.append(Self.line(program, emitted))
      } catch {
        diagnostics.report(contentsOf: error)
      }
    }
    try diagnostics.throwOnError()
    self.files = files
    self.diagnostics = diagnostics
    self.lines = lines
  }

  private static func line(_ program: SafetyProgram, _ emitted: EmittedProgram) -> String {
    let disjuncts = program.table.rows.reduce(0) { $0 + $1.disjuncts.count }
    return "\(program.networkName): \(emitted.source.name), \(emitted.header.name) "
      + "(properties \(program.guards.count), rows \(program.table.rows.count), disjuncts \(disjuncts), "
      + "\(emitted.source.contents.count) bytes)\n"
  }

  /// A line a network, and where the files are.
  public func summary(in folder: String) -> String {
    lines.joined() + "wrote \(files.count) files to \(folder)\n"
  }
}
