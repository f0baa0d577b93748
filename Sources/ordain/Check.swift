import ArgumentParser
import CompilerDriver
import Diagnostics

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a specification, and its models where they are found.",
    discussion: """
      Reports every mistake of a stage at once: syntax, names and units, conflicts between properties \
      (with a region and an example that was replayed exactly), conditions that never or always hold, \
      properties, overrides and thresholds that are probably not meant. \
      Models that are found are imported and compared with the interface. Exits with 1 on errors and \
      warnings.
      """)

  @OptionGroup var specification: SpecificationOptions
  @OptionGroup var networks: NetworkOptions

  @Option(
    help: "How to print: text, json, sarif, junit or github. All but text are complete on standard output.")
  var format: ReportFormat = .text

  @Flag(help: "Report inputs at which no property applies, with an example.")
  var coverage = false

  func run() throws {
    let report = checkReport(
      path: specification.spec, networks: networks.network, models: networks.models.locator,
      needsModels: networks.models.models != nil, progress: Console.progress
    ) { () throws(DiagnosticSet) in try specification.load(coverage: coverage) }
    Console.progress("")
    Console.report(report, as: format)
    endProcess(with: report.status)
  }
}

extension ReportFormat: ExpressibleByArgument {}
