import ArgumentParser
import CompilerDriver
import Diagnostics
import SafetyVerification
import SpecificationLanguage

struct Certify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Certify at which inputs a decision is robust.",
    discussion: """
      For each `robust` clause of the specification, at each input: whether the network's decision provably stays \
      within the clause's distance of it, and up to which radius. Labels say which output is right; they do not \
      change what is certified.

      clean: the best output is the label. certified: the decision stays. rejected: not certified, which does not \
      mean that it changes.

      --semantics float, the default, certifies the emitted program: its own arithmetic decides at the input and at \
      every other input of the ball, and bounds of its rounding errors over the inputs' domains are charged at both. \
      Where properties are enforced, the decision is the one after repair, and a radius is the clause's or 0. \
      --semantics real certifies the network over the real numbers: scores are computed with bounds of their \
      rounding errors, or exactly where these leave a verdict open.

      --method projections decides each point by itself: it searches the activation regions around it, and answers \
      certified, not robust (with an input of the ball at which the emitted program chooses otherwise), or unknown. \
      --method linear does so by linear bounds of the whole ball at once, without the search: faster, and more often \
      unknown. Both are for networks of dense layers and ReLU, and the choice itself; always of the emitted program.

      Inputs are physical values as for `ordain run` (CSV or .npy). Labels are one a line (an output's name or its \
      number from 0) or a .npy file of integers. `Linf` goes through the L2 bound, which costs the square root of \
      the number of inputs. Points are numbered from 1.

      Exit codes: 0 all points were answered, whatever the answers are, 1 something could not be asked (a \
      specification, model or file that is missing or has errors, or that the method does not answer), 2 wrong usage.

      Example: ordain certify Specs/digits/digits.ordain --inputs Specs/digits/test_inputs.npy \
      --labels Specs/digits/test_labels.npy
      """)

  enum Method: String, ExpressibleByArgument, CaseIterable { case head, linear, projections }
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "The specification; `-` reads standard input.")
  var spec: String

  @OptionGroup var definitions: DefinitionOptions
  @OptionGroup var networks: NetworkOptions

  @Option(
    help: ArgumentHelp(
      "Only these `robust` clauses; may be given several times (default: all).", valueName: "name"))
  var clause: [String] = []

  @Option(help: "The inputs: a .csv or .npy file; `-` reads standard input.")
  var inputs: String

  @Option(
    help: "The right output of each input: a .npy file, or text with one a line; `-` reads standard input.")
  var labels: String

  @Option(
    help: "What a certificate is true of: float (the emitted program) or real (the network without rounding)."
  )
  var semantics: CertificateSemantics = .float

  @OptionGroup var rounding: SemanticsOptions

  @Option(
    help:
      "The Lipschitz bound: product (of the layers' norms) or tight (quadratic forms, where they are lower).")
  var bound: CertificateBound = .tight

  @Option(
    help:
      "How to certify: head (Lipschitz bounds, as the emitted program does), linear (bounds of each ball) or projections (a search in each ball)."
  )
  var method: Method = .head

  @Option(
    help:
      "With linear and projections: the norm of a ball of normalised inputs, L2 or Linf, instead of the clauses' distances."
  )
  var norm: Norm?

  @Option(help: "With --norm: the ball's radius.")
  var epsilon: String?

  @Flag(
    help:
      "With linear and projections: also look for the largest radius that can be certified at each point, up to the ball's."
  )
  var lowerBound = false

  @Option(help: "With linear and projections: the limit of processor time for each point, in seconds.")
  var timeout = 10.0

  @Option(help: "How to print: text or json.")
  var format: Format = .text

  @Option(
    help: ArgumentHelp(
      "Write a histogram of the certified radii, one panel a clause, as an SVG picture.", valueName: "file"))
  var histogram: String?

  func validate() throws {
    if [spec, inputs, labels].count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be only one of specification, inputs and labels")
    }
    if norm != nil, !clause.isEmpty {
      throw ValidationError("--norm and --epsilon replace the clauses: leave --clause out")
    }
    if semantics == .real, rounding.floatSemantics != nil {
      throw ValidationError("--semantics real rounds nothing: leave --float-semantics out")
    }
    if ballMethod == nil {
      if norm != nil || epsilon != nil || lowerBound {
        throw ValidationError("--norm, --epsilon and --lower-bound are for --method linear and projections")
      }
    } else {
      if semantics == .real || histogram != nil {
        throw ValidationError("--semantics real and --histogram are for --method head")
      }
      if (norm == nil) != (epsilon == nil) { throw ValidationError("--norm and --epsilon go together") }
      if norm != nil, ball == nil { throw ValidationError("--epsilon is a positive decimal number") }
      if !(timeout > 0) { throw ValidationError("--timeout is above 0") }
    }
  }

  /// `nil` for the Lipschitz head.
  private var ballMethod: BallMethod? {
    switch method {
    case .head: nil
    case .linear: .linear
    case .projections: .projections
    }
  }

  private var ball: AskedBall? {
    guard let norm, let epsilon else { return nil }
    return AskedBall(norm: norm, radius: epsilon)
  }

  func run() throws {
    if let ballMethod { certifyBalls(by: ballMethod) } else { certifyByHead() }
  }

  private func certifyBalls(by method: BallMethod) {
    let report = reporting { () throws(DiagnosticSet) in
      try BallReport(
        try readFile(spec, limit: FrontEnd.sizeLimit), definitions: try definitions.parsed(),
        networks: networks.network, clauses: clause, models: networks.models.locator, by: method, ball: ball,
        seeksRadius: lowerBound, limits: BallLimits(seconds: timeout),
        rounding: rounding.floatSemantics,
        inputs: try readFile(inputs, limit: InputTable.sizeLimit),
        labels: try readFile(labels, limit: InputTable.sizeLimit), progress: Console.progress)
    }
    Console.report(report.diagnostics)
    switch format {
    case .text: Console.print(report.text)
    case .json: Console.print(report.json)
    }
  }

  private func certifyByHead() {
    let report = reporting { () throws(DiagnosticSet) in
      let report = try CertifyReport(
        try readFile(spec, limit: FrontEnd.sizeLimit), definitions: try definitions.parsed(),
        networks: networks.network, clauses: clause, models: networks.models.locator,
        semantics: semantics, rounding: rounding.floatSemantics, bound: bound,
        inputs: try readFile(inputs, limit: InputTable.sizeLimit),
        labels: try readFile(labels, limit: InputTable.sizeLimit), progress: Console.progress)
      if let histogram { try writeFile(Array(report.histogram.utf8), to: histogram, makesFolders: false) }
      return report
    }
    Console.report(report.diagnostics)
    switch format {
    case .text: Console.print(report.text)
    case .json: Console.print(report.json)
    }
  }
}

extension CertificateSemantics: ExpressibleByArgument {}
extension CertificateBound: ExpressibleByArgument {}
extension Norm: ExpressibleByArgument {}
