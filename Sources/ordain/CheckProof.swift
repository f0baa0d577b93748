import ArgumentParser
import CompilerDriver
import Diagnostics
import VNNLIB

struct CheckProof: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-proof",
    abstract: "Check a proof that `ordain prove --evidence` wrote.",
    discussion: """
      The checker shares no code with the search: it takes bounds of the network in every part of the regions again, \
      and refuses the file if something is left open. The file lists the network and the regions; with --model the \
      network is compared with the model's, and with --vnnlib, too, the regions with those of the question.

      Exit codes: 0 proved, 1 not proved, 2 wrong usage, or a file can't be read.

      Example: ordain check-proof proofs/ACASXU_run2a_1_1_batch_2000_onnx_prop_3.ordainproof \
      --model ACASXU_run2a_1_1_batch_2000.onnx --vnnlib prop_3.vnnlib
      """)

  @Argument(help: "The proof.")
  var proof: String

  @Option(help: ArgumentHelp("The model that it has to be about.", valueName: "file"))
  var model: String?

  @Option(help: ArgumentHelp("The VNN-LIB file that it has to be about, with --model.", valueName: "file"))
  var vnnlib: String?

  func validate() throws {
    if vnnlib != nil, model == nil { throw ValidationError("--vnnlib needs --model") }
  }

  func run() throws {
    let checked = reporting(endingWith: ExitStatus.init(unanswered:)) { () throws(DiagnosticSet) in
      let question = try vnnlib.map { path throws(DiagnosticSet) in try readFile(path, limit: vnnlibSizeLimit)
      }
      return try CheckedEvidence(proof, model: model, question: question)
    }
    Console.print(checked.text)
    endProcess(with: checked.isProved ? .clean : .findings)
  }
}
