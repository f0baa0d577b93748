import ArgumentParser
import CompilerDriver
import Diagnostics

struct Lipschitz: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bound how fast a model's outputs can change, layer by layer.",
    discussion: """
      For each layer an upper bound of its Lipschitz constant for Euclidean distances, over the real numbers, and \
      how it is proved: by the operator's definition, by a certificate of integers, by a Cholesky factorisation with \
      its rounding errors, or frequency by frequency. No bound is below the truth; `above estimate` says by how much \
      it is above an untrusted estimate. `so far` bounds the network from its input to the layer's result.

      Distances are those of the network's own inputs: normalised ones, where a specification normalises. An operator \
      without a proved constant is an error that names its node.

      JSON has `layers`, `product` (the whole output) and `pairwise`: in row i and column j a bound of the constant of \
      output i minus output j. `pairwiseTight`, which is there if something is below `pairwise`, is the same with \
      quadratic forms, which are looked for in chains of dense layers. Every number, read as binary64, is the bound \
      that was proved.

      A certificate is a file that proves the bounds of pairs to a program that shares no code with this one: \
      ordain-checkcert. Networks of dense layers and activations have one. It proves `pairwise` only.

      Example: ordain lipschitz digits.onnx --format json --certificate digits.ordaincert
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "The model: a .onnx or .nnet file.")
  var model: String

  @Option(help: "How to print: text or json.")
  var format: Format = .text

  @Option(help: ArgumentHelp("Write a certificate for ordain-checkcert.", valueName: "file"))
  var certificate: String?

  func run() throws {
    let report = reporting { () throws(DiagnosticSet) in
      let report = try LipschitzReport(model: model, progress: Console.progress)
      if let certificate { try writeFile(Array(report.certificate().utf8), to: certificate) }
      return report
    }
    Console.report(report.diagnostics)
    switch format {
    case .text: Console.print(report.text)
    case .json: Console.print(report.json)
    }
  }
}
