import ArgumentParser
import CompilerDriver
import Diagnostics

struct CheckProof: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-proof",
    abstract: "Check a proof that `ordain prove --evidence` wrote.",
    discussion: """
      The checker shares no code with the search: it takes bounds of the network in every part of the regions again, \
      and refuses the file if something is left open. The file lists the network and the regions; with --model the \
      network is compared with the model's.

      Exit codes: 0 proved, 1 not proved, 2 wrong usage, or a file can't be read.

      Example: ordain check-proof proofs/N_1_1__p3.ordainproof --model ACASXU_run2a_1_1_batch_2000.nnet
      """)

  @Argument(help: "The proof.")
  var proof: String

  @Option(help: ArgumentHelp("The model that it has to be about.", valueName: "file"))
  var model: String?

  func run() throws {
    let checked = reporting(endingWith: ExitStatus.init(unanswered:)) { () throws(DiagnosticSet) in
      try CheckedEvidence(proof, model: model)
    }
    Console.print(checked.text)
    endProcess(with: checked.isProved ? .clean : .findings)
  }
}
