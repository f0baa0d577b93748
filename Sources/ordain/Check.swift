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

  @Flag(help: "Report inputs at which no property applies, with an example.")
  var coverage = false

  func run() throws {
    let report = reporting { () throws(DiagnosticSet) -> CheckReport in
      let frontEnd = try specification.load(coverage: coverage)
      return try CheckReport(
        frontEnd, networks: networks.network, models: networks.locator,
        needsModels: networks.models != nil, progress: Console.progress)
    }
    Console.progress("")
    Console.report(report.diagnostics)
    Console.print(report.summary)
    endProcess(with: report.status)
  }
}
