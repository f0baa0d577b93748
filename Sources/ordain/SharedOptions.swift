import ArgumentParser
import CompilerDriver
import Diagnostics
import Glibc
import SafetyLayers
import SpecificationLanguage

/// The specification and the limits of its analysis.
struct SpecificationOptions: ParsableArguments {
  @Argument(help: "The specification; `-` reads standard input.")
  var spec: String

  @Option(
    name: .customShort("D"),
    help: ArgumentHelp(
      "Gives a parameter another value, such as `-D 'elderly=80 yr'`; may be given several times.",
      valueName: "name=value"))
  var definitions: [String] = []

  @Option(help: "The most rows that a network's repair table may have.")
  var maxRows = 4096

  @Option(help: "The time limit of one solver query, in milliseconds.")
  var solverTimeout: UInt32 = 10_000

  func validate() throws {
    if maxRows < 1 { throw ValidationError("--max-rows is at least 1") }
    if solverTimeout < 1 { throw ValidationError("--solver-timeout is at least 1") }
  }

  func load() throws(DiagnosticSet) -> FrontEnd {
    let source = try readFile(spec, limit: FrontEnd.sizeLimit)
    return try FrontEnd(
      source, definitions: try definitions.map { (text) throws(DiagnosticSet) in try Definition(text) },
      options: AnalysisOptions(maxRows: maxRows, timeoutMilliseconds: solverTimeout))
  }
}

/// Where the models are.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where the models are. Searched before the specification's folder and the folder in ORDAIN_DATA.",
      valueName: "dir"))
  var models: String?

  func validate() throws {
    guard let models else { return }
    var status = stat()
    guard stat(models, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw ValidationError("--models names a folder, and `\(models)` is none")
    }
  }

  var locator: ModelLocator {
    ModelLocator(models: models, data: getenv("ORDAIN_DATA").map { String(cString: $0) })
  }
}

/// Which networks, and where their models are.
struct NetworkOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only these networks (the analysis covers all), such as `N[1,1]`, `N[2..5,*]` or `Policy`; may be given several times.",
      valueName: "network"))
  var network: [NetworkPattern] = []

  @OptionGroup var models: ModelOptions
}

extension NetworkPattern: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(argument)
  }
}
