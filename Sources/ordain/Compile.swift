import ArgumentParser
import CompilerDriver
import Diagnostics

struct Compile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Emit C99 for each network of a specification.",
    discussion: """
      Writes one header and one source a network: weights, forward pass, guards and repair, without \
      heap, recursion or libraries. The same specification and models give the same bytes. Nothing is \
      written if anything is wrong.

      Example: ordain compile Specs/cartpole/cartpole.ordain -o build
      """)

  @OptionGroup var specification: SpecificationOptions
  @OptionGroup var networks: NetworkOptions

  @Option(name: .shortAndLong, help: "The folder for the emitted files; made if it is missing.")
  var output: String

  func run() throws {
    let emitted = reporting { () throws(DiagnosticSet) -> EmittedSpecification in
      let frontEnd = try specification.load()
      let emitted = try EmittedSpecification(
        frontEnd, networks: networks.network, models: networks.models.locator,
        progress: Console.progress)
      try writeFiles(emitted.files, to: output)
      return emitted
    }
    Console.progress("")
    Console.report(emitted.diagnostics)
    Console.print(emitted.summary(in: output))
  }
}
