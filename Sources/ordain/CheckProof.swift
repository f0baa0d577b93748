import ArgumentParser
import CompilerDriver
import Diagnostics
import VNNLIB

struct CheckProof: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-proof",
    abstract: "Check a proof that `ordain prove --evidence` or `ordain compile --evidence` wrote.",
    discussion: """
      The checker shares no code with the search: it takes bounds of the network in every part of the regions again, \
      and refuses the file if something is left open. The file lists the network and the regions. What it is a proof \
      of is compared, byte by byte, with:

      a specification, of which one property on one network is named: both are listed again;
      --model and --vnnlib: the same for the question of a VNN-LIB file;
      --model alone: the network only, and the question is the file's word.

      Exit codes: 0 proved, 1 not proved, or of something else, 2 wrong usage or names, or a file can't be read, \
      3 the time limit struck.

      Examples: ordain check-proof proofs/N_1_1__p3.ordainproof Specs/acasxu/acasxu.ordain --network 'N[1,1]' \
      --property p3
      ordain check-proof proofs/net_onnx_prop_3.ordainproof --model net.onnx --vnnlib prop_3.vnnlib
      """)

  @Argument(help: "The proof.")
  var proof: String

  @Argument(help: "The specification that it has to be about; `-` reads standard input.")
  var spec: String?

  @OptionGroup var definitions: DefinitionOptions

  @Option(help: ArgumentHelp("The network that it has to be about, such as `N[1,1]`.", valueName: "network"))
  var network: NetworkPattern?

  @Option(help: ArgumentHelp("The property that it has to be about, such as `p3`.", valueName: "name"))
  var property: String?

  @OptionGroup var models: ModelOptions
  @OptionGroup var rounding: SemanticsOptions

  @Option(
    help: ArgumentHelp(
      "The model that it has to be about, in place of a specification.", valueName: "file"))
  var model: String?

  @Option(help: ArgumentHelp("The VNN-LIB file that it has to be about, with --model.", valueName: "file"))
  var vnnlib: String?

  @Option(help: ArgumentHelp("CPU seconds for all of it (default: no limit).", valueName: "seconds"))
  var timeout: Double?

  func validate() throws {
    if let timeout, !(timeout > 0) { throw ValidationError("--timeout is above 0") }
    if vnnlib != nil, model == nil { throw ValidationError("--vnnlib needs --model") }
    if spec != nil {
      if model != nil { throw ValidationError("name either a specification or --model") }
    } else if network != nil || property != nil || models.models != nil || rounding.floatSemantics != nil
      || !definitions.definitions.isEmpty
    {
      throw ValidationError(
        "-D, --network, --models, --property and --float-semantics are for a specification: name it after the proof"
      )
    }
  }

  func run() throws {
    let proofs = reporting(endingWith: ExitStatus.init(unanswered:)) { () throws(DiagnosticSet) in
      try spec.map { spec throws(DiagnosticSet) in
        try PropertyProofs(
          try readFile(spec, limit: FrontEnd.sizeLimit), definitions: try definitions.parsed(),
          networks: network.map { [$0] } ?? [], properties: property.map { [$0] } ?? [],
          models: models.locator, rounding: rounding.floatSemantics)
      }
    }
    if let proofs, proofs.count > 1 {
      throw ValidationError(
        "a proof is of one property of one network, and \(proofs.count) are selected: name it with --network and --property"
      )
    }
    let checked = reporting(endingWith: ExitStatus.init(unanswered:)) { () throws(DiagnosticSet) in
      try watched("checking", limit: timeout, expired: "\(proof): not decided: time limit\n") {
        () throws(DiagnosticSet) in
        let subject = if let proofs { try ProofSubject(proofs) } else { try namedModel() }
        if let subject { Console.report(subject.diagnostics) }
        return try CheckedEvidence(proof, about: subject)
      }
    }
    Console.print(checked.text, unwritten: .usage)
    endProcess(with: checked.isProved ? .clean : .findings)
  }

  private func namedModel() throws(DiagnosticSet) -> ProofSubject? {
    guard let model else { return nil }
    guard let vnnlib else { return try ProofSubject(model: model) }
    return ProofSubject(
      try VNNLIBProof(try readFile(vnnlib, limit: vnnlibSizeLimit), model: model, rounding: nil))
  }
}
