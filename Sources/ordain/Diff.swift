import ArgumentParser
import CompilerDriver

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a change of a specification means.",
    discussion: """
      Compares what two versions of a specification demand: for each property and network equal, stronger, \
      weaker or incomparable, decided by a solver, each difference with a region and an example that was \
      replayed exactly. Says which version the change needs. Models are not read.

      Exits with 1 if anything is newly allowed, callers have to change, or the version says less than \
      that; 3 if something is undecided.

      Example: ordain diff <(git show HEAD:plane.ordain) plane.ordain
      """)

  @Argument(help: "The specification before the change; `-` reads standard input.")
  var old: String

  @Argument(help: "The specification after the change; `-` reads standard input.")
  var new: String

  @OptionGroup var definitions: DefinitionOptions

  @Option(
    help: ArgumentHelp(
      "Only these networks, such as `N[1,1]`, `N[2..5,*]` or `Policy`; may be given several times.",
      valueName: "network"))
  var network: [NetworkPattern] = []

  @Option(
    help: ArgumentHelp(
      "Permits that this property, every member of this family, or this `robust` or `lipschitz` clause is weaker; may be given several times.",
      valueName: "property"))
  var allowWeaker: [String] = []

  @Flag(
    help:
      "Permits changes of interfaces and networks: domains, units, inputs, outputs. The version still has to say so."
  )
  var allowInterfaceChanges = false

  @Option(help: "The time limit of one solver query, in milliseconds.")
  var solverTimeout: UInt32 = 10_000

  @Option(
    help: "How to print: text, json, sarif, junit or github. All but text are complete on standard output.")
  var format: ReportFormat = .text

  func validate() throws {
    if solverTimeout < 1 { throw ValidationError("--solver-timeout is at least 1") }
    if old == "-", new == "-" {
      throw ValidationError("standard input can be one of the specifications, not both")
    }
  }

  func run() throws {
    let report = diffReport(
      from: old, to: new, definitions: definitions.parsed, networks: network, allowing: allowWeaker,
      allowingInterfaceChanges: allowInterfaceChanges, timeoutMilliseconds: solverTimeout,
      progress: Console.progress)
    Console.progress("")
    Console.report(report, as: format)
    endProcess(with: report.status)
  }
}
