import ArgumentParser
import CompilerDriver
import Diagnostics

struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the expectations of a specification.",
    discussion: """
      Each `expect` declaration is a test: properties that are never active together, conflicts that cannot occur, \
      what applies or is chosen at a point, a file of inputs on which nothing abstains. Models are needed only \
      where the network's own scores matter. Exits with 1 if an expectation fails, with 3 if one is undecided.

      Example: ordain test Specs/cartpole/cartpole.ordain --format junit
      """)

  @OptionGroup var specification: SpecificationOptions
  @OptionGroup var models: ModelOptions

  @Option(
    help: "How to print: text, json, sarif, junit or github. All but text are complete on standard output.")
  var format: ReportFormat = .text

  func run() throws {
    let report = testReport(
      path: specification.spec, models: models.locator, progress: Console.progress
    ) { () throws(DiagnosticSet) in try specification.load() }
    Console.progress("")
    Console.report(report, as: format)
    endProcess(with: report.status)
  }
}
