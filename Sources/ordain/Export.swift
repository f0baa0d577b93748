import ArgumentParser
import CompilerDriver
import Diagnostics
import SpecificationLanguage
import VNNLIB

/// Specifications in the formats of other tools.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a property in another format.", subcommands: [ExportVNNLIB.self])
}

struct ExportVNNLIB: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vnnlib",
    abstract: "Write a property of one network as a VNN-LIB query.",
    discussion: """
      The file describes what violates the property: a verifier that answers unsatisfiable has proved it of \
      the raw network. Inputs are normalised as the network takes them, bounds rounded outwards.

      Example: ordain export vnnlib Specs/acasxu/acasxu.ordain --network 'N[1,1]' --property p3 -o p3.vnnlib
      """)

  @Argument(help: "The specification; `-` reads standard input.")
  var spec: String

  @OptionGroup var definitions: DefinitionOptions

  @OptionGroup var networks: NetworkOptions

  @Option(help: "The property's name, such as `p3`.")
  var property: String

  @Option(help: "The version of VNN-LIB: 1.0 or 2.0.")
  var vnnlibVersion: VNNLIBVersion = .v1

  @Option(name: .shortAndLong, help: "The file to write; standard output if there is none.")
  var output: String?

  func run() throws {
    let exported = reporting { () throws(DiagnosticSet) -> ExportedVNNLIB in
      let exported = try ExportedVNNLIB(
        try readFile(spec, limit: FrontEnd.sizeLimit),
        definitions: try definitions.parsed(),
        property: property, networks: networks.network, models: networks.models.locator,
        version: vnnlibVersion)
      if let output { try writeFile(Array(exported.text.utf8), to: output) }
      return exported
    }
    Console.report(exported.diagnostics)
    if output == nil { Console.print(exported.text) }
  }
}

extension VNNLIBVersion: ExpressibleByArgument {}
