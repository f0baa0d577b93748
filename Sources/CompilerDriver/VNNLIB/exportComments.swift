import Diagnostics
import ExactArithmetic
import SpecificationLanguage
import VNNLIB

/// The header of an exported file: what it was made from and how to read it. No path and no date.
func exportComments(
  _ property: NamedProperty, _ network: NetworkInstance, in spec: CheckedSpec, model: ModelFacts,
  version: VNNLIBVersion
) -> [String] {
  let interface = spec.interfaces[network.interface]
  let (name, title, _) = property.name(in: spec)
  var lines = [
    "VNN-LIB \(version.rawValue), written by Ordain \(compilerVersion): what violates a property.",
    "Satisfiable means violated.", "",
    "specification  \(spec.name) \(spec.version), SHA-256 \(ContentHash(of: spec.source.utf8))",
  ]
  lines += spec.imports.map { "imported       \($0.path), SHA-256 \(ContentHash(of: $0.source.utf8))" }
  lines += spec.definitions.map { "parameter      \($0)" }
  lines += [
    "property       \(name)\(title.isEmpty ? "" : " \"\(title)\"")",
    "network        \(network.name)",
    "model          " + (model.identity.map { "\($0.name), SHA-256 \($0.hash)" } ?? "not found, not hashed"),
    "",
    "The inputs are the network's own, normalised over the reals and within the declared domains; bounds that are no",
    "short decimals are rounded outwards. Strict comparisons are written as non-strict ones: a tie of scores is a",
    "violation, and so is the edge of a condition.", "",
  ]
  lines += interface.inputs.enumerated().map { index, input in
    "X_\(index)  \(input.name)\(input.unit.isEmpty ? "" : ", \(input.unit)")" + text(input.normalization)
  }
  lines += interface.outputs.enumerated().map { "Y_\($0)  \($1)" }
  return lines
}

private func text(_ map: Normalization) -> String {
  if map == .identity { return "" }
  let sign = map.center.signum < 0 ? "+" : "-"
  let shifted = map.center.signum == 0 ? "x" : "(x \(sign) \(exactText(map.center.magnitude)))"
  return ": \(shifted) / \(exactText(.one / map.scale))"
}
