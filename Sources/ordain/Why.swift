import ArgumentParser
import CompilerDriver
import Diagnostics

struct Why: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain the decision on one input.",
    discussion: """
      Shows which properties are active and why, the raw ranking, whether and through which disjunct it \
      was repaired, and the final ranking.

      Example: ordain why Specs/cartpole/cartpole.ordain --input "x = 0 m, v = -4 m/s, theta = 3 deg, \
      omega = 0 rad/s"
      """)

  @OptionGroup var specification: SpecificationOptions
  @OptionGroup var networks: NetworkOptions
  @OptionGroup var semantics: SemanticsOptions

  @Option(
    help:
      "Every input with its value (a bare number is in the input's own unit), such as \"rho = 1600 ft, theta = 0 rad\"."
  )
  var input: String

  func run() throws {
    let (text, diagnostics) = reporting { () throws(DiagnosticSet) -> (String, DiagnosticSet) in
      let frontEnd = try specification.load()
      return try explain(
        frontEnd, input: input, networks: networks.network,
        models: networks.models.locator, semantics: semantics.floatSemantics)
    }
    Console.report(diagnostics)
    Console.print(text)
  }
}
