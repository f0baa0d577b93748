import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// The text of `ordain why`: the decision on one input, for each selected network.
///
/// - Parameter input: every input with its quantity; each is rounded to the nearest binary32 number.
/// - Parameter semantics: how the network's sums of products round; `nil` for what its clauses ask for.
/// - Returns: the text, and the warnings and notes on the way.
/// - Throws: what is wrong with the specification, the input, the models or the bindings.
public func explain(
  _ frontEnd: FrontEnd, input: String, networks patterns: [NetworkPattern], models: ModelLocator,
  semantics: FloatSemantics? = nil
) throws(DiagnosticSet) -> (text: String, diagnostics: DiagnosticSet) {
  var diagnostics = frontEnd.diagnostics
  try diagnostics.throwOnError()
  var texts: [String] = []
  for index in try frontEnd.networks(matching: patterns) {
    let source = SourceFile(name: "--input", text: input)
    let interface = frontEnd.spec.networks[index].interface
    let values = try inputValues(source, interface: interface, of: frontEnd.tree)
    let program = try frontEnd.compose(
      network: index, models: models, semantics: semantics, reportingTo: &diagnostics)
    texts.append(explanationText(program.explain(floats(values)), of: program))
  }
  return (texts.joined(separator: "\n"), diagnostics)
}
