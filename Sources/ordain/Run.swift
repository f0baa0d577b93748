import ArgumentParser
import CompilerDriver
import Diagnostics
import SafetyLayers

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the safe program on inputs, by the reference interpreter.",
    discussion: """
      Inputs are physical values, one a declared input: CSV (an optional first line names the inputs, in \
      any order) or NumPy's .npy. The emitted C gives the same bits.
      """)

  @OptionGroup var specification: SpecificationOptions
  @OptionGroup var networks: NetworkOptions
  @OptionGroup var semantics: SemanticsOptions

  @Option(help: "The inputs: a .csv or .npy file; `-` reads standard input.")
  var inputs: String

  @Option(help: "How to print results: table, csv or jsonl (one JSON object a line).")
  var format: ResultFormat = .table

  func validate() throws {
    if inputs == "-", specification.spec == "-" {
      throw ValidationError("standard input can be the specification or the inputs, not both")
    }
  }

  func run() throws {
    reporting { () throws(DiagnosticSet) in
      let frontEnd = try specification.load()
      try frontEnd.diagnostics.throwOnError()
      let file = try readFile(inputs, limit: InputTable.sizeLimit)
      var diagnostics = frontEnd.diagnostics
      let selected = try frontEnd.networks(matching: networks.network)
      let locator = networks.models.locator
      var programs: [SafetyProgram] = []
      for network in selected {
        programs.append(
          try frontEnd.compose(
            network: network, models: locator, semantics: semantics.floatSemantics, reportingTo: &diagnostics)
        )
      }
      Console.report(diagnostics)
      try requireOneInterface(programs)
      for (position, program) in programs.enumerated() {
        let table = try InputTable(file, interface: program.interface)
        if position == 0, let header = format.header(programs) {
          Console.print(header + "\n")
        }
        for start in stride(from: 0, to: table.rows.count, by: 1024) {
          let rows = start..<min(start + 1024, table.rows.count)
          let lines = rows.map { row in
            format.line(program.infer(table.rows[row]), row: row + 1, program, among: programs) + "\n"
          }
          Console.print(lines.joined())
        }
      }
    }
  }
}

/// One table of inputs and one header of results fit programs of one interface only.
private func requireOneInterface(_ programs: [SafetyProgram]) throws(DiagnosticSet) {
  guard let other = programs.first(where: { $0.interface.name != programs[0].interface.name }) else { return }
  throw DiagnosticSet([
    Diagnostic(
      .ambiguousInterface,
      "`\(programs[0].networkName)` and `\(other.networkName)` have different interfaces, so they cannot take "
        + "the same inputs", at: .none, cure: "choose networks of one interface with `--network`")
  ])
}

extension ResultFormat: ExpressibleByArgument {}
