import Diagnostics
import SpecificationLanguage
import VNNLIB

extension Diagnostic {
  static func vnnlibShapeMismatch(_ set: UnsafeSet, _ interface: Interface, _ file: SourceFile) -> Diagnostic
  {
    Diagnostic(
      .vnnlibShapeMismatch,
      "the file has \(set.inputCount) inputs and \(set.outputCount) outputs, `interface \(interface.name)` "
        + "\(interface.inputs.count) and \(interface.outputs.count)",
      at: .file(name: file.name, place: nil),
      cure: "name the interface of the network that the file is about",
      notes: [Note("the interface is declared here", at: .source(interface.range))])
  }

  static func tooFewOutputsToImport(_ set: UnsafeSet, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      .vnnlibShapeMismatch,
      "the file has one output, and an interface has at least two: there is nothing to choose from",
      at: .file(name: file.name, place: nil), cure: "verify the file with another tool")
  }
}
