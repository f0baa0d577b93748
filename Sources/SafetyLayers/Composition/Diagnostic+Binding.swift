import Diagnostics
import SpecificationLanguage

extension Diagnostic {
  static func inputCountMismatch(
    _ network: NetworkInstance, _ interface: Interface, actual: Int
  ) -> Diagnostic {
    Diagnostic(
      .inputCountMismatch,
      "the model of `\(network.name)` takes \(count(actual, "input")), but `interface \(interface.name)` "
        + "declares \(interface.inputs.count)",
      at: .source(network.range), cure: "declare the model's inputs, or name another model",
      notes: [Note("the interface is declared here", at: .source(interface.range))])
  }

  static func outputCountMismatch(
    _ network: NetworkInstance, _ interface: Interface, actual: Int
  ) -> Diagnostic {
    Diagnostic(
      .outputCountMismatch,
      "the model of `\(network.name)` has \(count(actual, "output")), but `interface \(interface.name)` "
        + "declares \(interface.outputs.count)",
      at: .source(network.range), cure: "declare the model's outputs, or name another model",
      notes: [Note("the interface is declared here", at: .source(interface.range))])
  }

  static func tooFewOutputs(_ interface: Interface) -> Diagnostic {
    Diagnostic(
      .tooFewOutputs, "`interface \(interface.name)` has \(count(interface.outputs.count, "output"))",
      at: .source(interface.range), cure: "declare two outputs or more: with fewer there is nothing to order")
  }
}

private func count(_ number: Int, _ noun: String) -> String {
  "\(number) \(noun)\(number == 1 ? "" : "s")"
}
