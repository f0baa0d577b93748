import ArgumentParser
import CompilerDriver
import Diagnostics
import Glibc
import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// The specification and the limits of its analysis.
struct SpecificationOptions: ParsableArguments {
  @Argument(help: "The specification; `-` reads standard input.")
  var spec: String

  @OptionGroup var analysis: AnalysisLimits

  /// - Parameter coverage: whether inputs at which no property is active are reported.
  func load(coverage: Bool = false) throws(DiagnosticSet) -> FrontEnd {
    try analysis.load(spec, coverage: coverage)
  }
}

/// Values of parameters and the limits of the analysis.
struct AnalysisLimits: ParsableArguments {
  @OptionGroup var definitions: DefinitionOptions

  @Option(help: "The most rows that a network's repair table may have.")
  var maxRows = 4096

  @Option(help: "The time limit of one solver query, in milliseconds.")
  var solverTimeout: UInt32 = 10_000

  @OptionGroup var cache: CacheOptions

  func validate() throws {
    if maxRows < 1 { throw ValidationError("--max-rows is at least 1") }
    if solverTimeout < 1 { throw ValidationError("--solver-timeout is at least 1") }
  }

  /// - Parameter coverage: whether inputs at which no property is active are reported.
  func load(_ spec: String, coverage: Bool = false) throws(DiagnosticSet) -> FrontEnd {
    let source = try readFile(spec, limit: FrontEnd.sizeLimit)
    return try FrontEnd(
      source, definitions: try definitions.parsed(),
      options: AnalysisOptions(
        maxRows: maxRows, timeoutMilliseconds: solverTimeout, coverage: coverage),
      cache: cache.folder, progress: Console.progress)
  }
}

/// Where what earlier runs found is kept.
struct CacheOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Where examples and searches of earlier runs are kept, which make the next one shorter; only what a time limit \
      leaves undecided may differ with them (default: ordain in XDG_CACHE_HOME or ~/.cache).
      """, valueName: "dir"))
  var cache: String?

  @Flag(help: "Neither read nor write a cache.")
  var noCache = false

  var folder: CacheFolder? { noCache ? nil : cache.map { CacheFolder(path: $0) } ?? .standard }

  func validate() throws {
    if cache == "" { throw ValidationError("--cache names a folder") }
    if cache != nil, noCache { throw ValidationError("either --cache or --no-cache, not both") }
  }
}

/// Values of parameters.
struct DefinitionOptions: ParsableArguments {
  @Option(
    name: .customShort("D"),
    help: ArgumentHelp(
      "Gives a parameter another value, such as `-D 'elderly=80 yr'`; may be given several times.",
      valueName: "name=value"))
  var definitions: [String] = []

  func parsed() throws(DiagnosticSet) -> [Definition] {
    try definitions.map { (text) throws(DiagnosticSet) in try Definition(text) }
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

/// How numbers round.
struct SemanticsOptions: ParsableArguments {
  @Option(
    help: """
      How a network's sums of products round: contract-off rounds product and sum, fma only the sum (one operation, \
      fmaf in C), binary64-sums adds in binary64 and rounds to binary32 at the end (default: binary64-sums for a \
      network with a `robust` clause, contract-off for others).
      """)
  var floatSemantics: FloatSemantics?
}

extension FloatSemantics: ExpressibleByArgument {}

extension NetworkPattern: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(argument)
  }
}
