import ArgumentParser
import CompilerDriver
import Diagnostics

struct Why: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain the decision on one input.",
    discussion: """
      Shows which properties are active and why, the raw ranking, whether and through which disjunct it \
      was repaired, and the final ranking.

      Example: ordain why Specs/acasxu/acasxu.ordain --network 'N[1,1]' --input "rho = 1600 ft, \
      theta = 0 rad, psi = 3.12 rad, v_own = 1000 ft/s, v_int = 1000 ft/s"
      """)

  @OptionGroup var specification: SpecificationOptions
  @OptionGroup var networks: NetworkOptions

  @Option(help: "Every input with its value and unit, such as \"rho = 1600 ft, theta = 0 rad\".")
  var input: String

  func run() throws {
    let text = reporting { () throws(DiagnosticSet) -> String in
      let frontEnd = try specification.load()
      return try explain(
        frontEnd, input: input, networks: networks.network,
        models: networks.locator(for: specification.spec))
    }
    Console.print(text)
  }
}
