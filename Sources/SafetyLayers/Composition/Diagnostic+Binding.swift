import Diagnostics
import NetworkIR
import SpecificationLanguage

extension Diagnostic {
  package static func inputCountMismatch(
    _ network: NetworkInstance, _ interface: Interface, actual: Int
  ) -> Diagnostic {
    Diagnostic(
      .inputCountMismatch,
      "the model of `\(network.name)` takes \(counted(actual, "input")), but `interface \(interface.name)` "
        + "declares \(interface.inputs.count)",
      at: .source(network.range), cure: "declare the model's inputs, or name another model",
      notes: [Note("the interface is declared here", at: .source(interface.range))])
  }

  static func inputShapeMismatch(
    _ network: NetworkInstance, _ interface: Interface, actual: TensorShape
  ) -> Diagnostic {
    let declared = interface.inputShape.map(String.init).joined(separator: ", ")
    return Diagnostic(
      .inputShapeMismatch,
      "the model of `\(network.name)` takes an input of shape \(actual), but `interface \(interface.name)` declares "
        + "[\(declared)]",
      at: .source(network.range),
      cure:
        "declare the dimensions in the model's order, or all elements in one: `[\(interface.inputs.count)]`",
      notes: [Note("the interface is declared here", at: .source(interface.range))])
  }

  package static func outputCountMismatch(
    _ network: NetworkInstance, _ interface: Interface, actual: Int
  ) -> Diagnostic {
    let isRegressor = actual < 2
    return Diagnostic(
      .outputCountMismatch,
      "the model of `\(network.name)` has \(counted(actual, "output")), but `interface \(interface.name)` "
        + "declares \(interface.outputs.count)",
      at: .source(network.range),
      cure: isRegressor
        ? "a classifier has at least two outputs to order"
        : "declare the model's outputs, or name another model",
      notes: [Note("the interface is declared here", at: .source(interface.range))])
  }
}
