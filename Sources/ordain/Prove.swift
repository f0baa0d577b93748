import ArgumentParser
import CompilerDriver
import Diagnostics
import VNNLIB

struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prove properties of the raw networks, or find inputs that violate them.",
    discussion: """
      For each `enforce` and `verify` property (`monitor` where --property names it) and each network it is declared \
      on, without the repair that the compiler adds:

      holds: proved of every input. violated: an input is shown that does, in physical units and digits that read \
      back as the same numbers; it was replayed. undecided: neither, and the reason.

      Of a specification the verdict is about the program that is emitted, its arithmetic and its float inputs \
      (`float`); where the real-valued network has another one, that is shown as well. With --vnnlib it is the other \
      way round: `real` numbers, closed boxes, no tolerance, and what floats do beside it.

      --find-limits asks how far the bounds of a property's condition can be moved: outwards where it holds, inwards \
      where it is violated, by bisection with proofs on both sides.

      Violations that were found are kept in the cache, and replayed before they are believed again.

      Exit codes: 0 all hold, 1 one is violated, 2 something could not be asked (wrong usage or names, a specification, \
      model or file that is missing or has errors, a property that is refused: also if another is violated), or what \
      holds has no proof for --evidence, 3 one is undecided and none violated.

      Examples: ordain prove Specs/acasxu/acasxu.ordain --network 'N[1,1]' --property p3
      ordain prove --vnnlib prop_3.vnnlib --model net.onnx --format json
      ordain prove Specs/acasxu/acasxu.ordain --network 'N[1,1]' --find-limits p3 --threshold 'v_own >='
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "The specification; `-` reads standard input.")
  var spec: String?

  @OptionGroup var definitions: DefinitionOptions
  @OptionGroup var networks: NetworkOptions

  @Option(
    help: ArgumentHelp(
      "Only these properties, such as `p3` or a family's name; may be given several times.", valueName: "name"
    ))
  var property: [String] = []

  @Option(help: ArgumentHelp("A VNN-LIB file in place of a specification.", valueName: "file"))
  var vnnlib: String?

  @Option(help: ArgumentHelp("The model that the VNN-LIB file is about.", valueName: "file"))
  var model: String?

  @Option(help: ArgumentHelp("Move the bounds of this property's condition.", valueName: "name"))
  var findLimits: String?

  @Option(
    help: ArgumentHelp(
      "Which bounds to move: `psi >=`, or `psi` for both sides; may be given several times (default: all).",
      valueName: "bound"))
  var threshold: [String] = []

  @Option(
    help: ArgumentHelp(
      "How close proof and violation are to come, as a share of the way from the specified bound (default: 0.01).",
      valueName: "share"))
  var tolerance: Double?

  @Option(
    help: ArgumentHelp(
      "With --find-limits, CPU seconds of all threads for all questions together (default: 600).",
      valueName: "seconds"))
  var totalTimeout: Double?

  @OptionGroup var rounding: SemanticsOptions

  @Option(help: ArgumentHelp("CPU seconds of all threads for a question.", valueName: "seconds"))
  var timeout = 60.0

  @Option(
    help: "How many threads work on a question (default: one a processor core); verdicts don't depend on it.")
  var jobs: Int?

  @Option(help: "Of the random attacks.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Write a proof of what holds to this folder, for `ordain check-proof`; older ones of the same questions are removed.",
      valueName: "folder"))
  var evidence: String?

  @Option(help: "How to print: text, or json (an object a line).")
  var format: Format = .text

  @OptionGroup var cache: CacheOptions

  func validate() throws {
    if let spec, vnnlib == nil, spec.lowercased().hasSuffix(".vnnlib") {
      throw ValidationError(
        "`\(spec)` is a VNN-LIB file: write `--vnnlib \(spec) --model \(model ?? "MODEL")`")
    }
    if (spec == nil) == (vnnlib == nil) {
      throw ValidationError("name either a specification or a file with --vnnlib")
    }
    if (vnnlib == nil) != (model == nil) { throw ValidationError("--vnnlib and --model belong together") }
    if vnnlib != nil,
      !property.isEmpty || !networks.network.isEmpty || findLimits != nil || networks.models.models != nil
        || !definitions.definitions.isEmpty
    {
      throw ValidationError(
        "-D, --network, --models, --property and --find-limits are for a specification: leave them out with --vnnlib"
      )
    }
    if findLimits != nil, !property.isEmpty {
      throw ValidationError("--find-limits names the property: leave --property out")
    }
    if findLimits == nil, !threshold.isEmpty || tolerance != nil || totalTimeout != nil {
      throw ValidationError("--threshold, --tolerance and --total-timeout belong to --find-limits")
    }
    if findLimits != nil, evidence != nil {
      throw ValidationError(
        "--evidence is of properties as they are specified: leave it out with --find-limits")
    }
    if let tolerance, !(tolerance > 0 && tolerance < 1) {
      throw ValidationError("--tolerance is between 0 and 1")
    }
    if !(timeout > 0) { throw ValidationError("--timeout is above 0") }
    if let totalTimeout, !(totalTimeout > 0) { throw ValidationError("--total-timeout is above 0") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs is at least 1") }
  }

  func run() throws {
    let options = ProofOptions(
      seconds: timeout, jobs: jobs, seed: seed, cache: cache.folder, evidence: evidence)
    let status = reporting(endingWith: ExitStatus.init(unanswered:)) { () throws(DiagnosticSet) in
      if let evidence { try requireWritableFolder(evidence) }
      if let vnnlib, let model { return try prove(vnnlib, of: model, options) }
      let proofs = try PropertyProofs(
        try readFile(spec ?? "-", limit: FrontEnd.sizeLimit), definitions: try definitions.parsed(),
        networks: networks.network, properties: findLimits.map { [$0] } ?? property,
        models: networks.models.locator, rounding: rounding.floatSemantics)
      Console.report(proofs.diagnostics)
      return findLimits == nil ? try prove(proofs, options) : try limits(proofs, options)
    }
    endProcess(with: status)
  }

  private func prove(
    _ vnnlib: String, of model: String, _ options: ProofOptions
  ) throws(DiagnosticSet) -> ExitStatus {
    let proof = try VNNLIBProof(
      try readFile(vnnlib, limit: vnnlibSizeLimit), model: model, rounding: rounding.floatSemantics)
    Console.report(proof.diagnostics)
    Console.progress("proving")
    var diagnostics = DiagnosticSet()
    defer { Console.report(diagnostics) }
    let answer = try proof.answer(with: options, reportingTo: &diagnostics)
    show(text: answer.text, json: answer.json)
    return ExitStatus([answer])
  }

  private func prove(
    _ proofs: PropertyProofs, _ options: ProofOptions
  ) throws(DiagnosticSet) -> ExitStatus {
    var answers: [ProofAnswer] = []
    var diagnostics = DiagnosticSet()
    defer { Console.report(diagnostics) }
    try proofs.answer(with: options, reportingTo: &diagnostics, progress: Console.progress) { answer in
      show(text: answer.text, json: answer.json)
      answers.append(answer)
    }
    Console.progress("")
    if format == .text { Console.print(answers.summary, unwritten: .usage) }
    return ExitStatus(answers)
  }

  private func limits(
    _ proofs: PropertyProofs, _ options: ProofOptions
  ) throws(DiagnosticSet) -> ExitStatus {
    var answers: [LimitAnswer] = []
    var diagnostics = DiagnosticSet()
    defer { Console.report(diagnostics) }
    try proofs.findLimits(
      of: threshold, with: options, tolerance: tolerance ?? 0.01, seconds: totalTimeout ?? 600,
      reportingTo: &diagnostics, progress: Console.progress
    ) { answer in
      show(text: answer.text, json: answer.json)
      answers.append(answer)
    }
    Console.progress("")
    return ExitStatus(answers)
  }

  private func show(text: String, json: String) {
    Console.progress("")
    Console.print(format == .text ? text : json, unwritten: .usage)
  }
}
