import ArgumentParser
import CompilerDriver
import Diagnostics
import SpecificationLanguage
import VNNLIB

/// Other tools' files as specifications.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read another format's properties.", subcommands: [ImportVNNLIB.self])
}

struct ImportVNNLIB: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vnnlib",
    abstract: "Read a VNN-LIB 1.0 file as a specification.",
    discussion: """
      The file's unsafe set becomes properties in physical units: orderings as `enforce`, bounds of scores as \
      `verify`. What cannot be said is an error. The result imports the specification that declares the \
      interface; without --spec it declares one of plain numbers.

      Example: ordain import vnnlib prop_3.vnnlib --interface AcasXu --spec Specs/acasxu/acasxu.ordain
      """)

  @Argument(help: "The VNN-LIB file; `-` reads standard input.")
  var file: String

  @Option(help: "The name of the interface of the network that the file is about.")
  var interface: String

  @Option(help: "The specification that declares the interface.")
  var spec: String?

  @Option(help: "The name of the properties; the file's name if it is not given.")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Only on these networks, such as `N[1,1]`; may be given several times.", valueName: "network"))
  var network: [NetworkPattern] = []

  @Option(name: .shortAndLong, help: "The file to write; standard output if there is none.")
  var output: String?

  func validate() throws {
    if spec == "-" { throw ValidationError("--spec names a file, which the result imports") }
    for (name, option) in [(interface, "--interface"), (name ?? "p", "--name")] where !isName(name) {
      throw ValidationError("\(option) is a name: letters, digits and `_`, not a digit first")
    }
  }

  func run() throws {
    let imported = reporting { () throws(DiagnosticSet) -> ImportedVNNLIB in
      let text = try readFile(file, limit: vnnlibSizeLimit)
      let specification: SourceFile?
      if let spec {
        specification = try readFile(spec, limit: FrontEnd.sizeLimit)
      } else {
        specification = nil
      }
      let imported = try ImportedVNNLIB(
        text, name: name ?? propertyName(fromFileAt: file), interface: interface,
        specification: specification,
        target: output ?? "imported.ordain", networks: network)
      if let output { try writeFile(Array(imported.text.utf8), to: output) }
      return imported
    }
    Console.report(imported.diagnostics)
    if output == nil { Console.print(imported.text) }
  }
}
