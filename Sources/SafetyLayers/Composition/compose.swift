import CertifiedBounds
import Diagnostics
import NetworkIR
import SpecificationLanguage

/// The program of one network: network, guards and repair together.
///
/// - Parameters:
///   - instance: a network of `spec`.
///   - table: what the analysis of `instance` gave.
///   - heads: what decides the `robust` clauses about `instance` for `network`.
/// - Throws: everything that keeps `network` from being the one that the interface describes.
public func compose(
  _ spec: CheckedSpec, _ instance: NetworkInstance, with network: Network, table: RepairTable,
  heads: [(RobustnessClause, StaticHead)] = []
) throws(DiagnosticSet) -> SafetyProgram {
  let interface = spec.interfaces[instance.interface]
  try requireMatch(of: network, instance, interface)
  let guards = SafetyLayers.guards(of: instance, properties: spec.properties)
  let clauses = heads.map { CertifiedClause($0, $1, guards, interface) }
  return SafetyProgram(
    specName: spec.name, specVersion: spec.version, specHash: ContentHash(of: spec.source.utf8),
    imports: spec.imports.map { ($0.path, ContentHash(of: $0.source.utf8)) }, definitions: spec.definitions,
    networkName: instance.name, interface: interface, network: network,
    guards: guards, table: table, certification: Certification(clauses, table))
}

/// - Throws: how many inputs and outputs the network has, where the interface declares other numbers, and its input's
///   shape, where it declares another one.
package func requireMatch(
  of network: Network, _ instance: NetworkInstance, _ interface: Interface
) throws(DiagnosticSet) {
  var diagnostics = DiagnosticSet()
  if network.inputCount != interface.inputs.count {
    diagnostics.report(.inputCountMismatch(instance, interface, actual: network.inputCount))
  } else if !agree(network.inputShape.dimensions, interface.inputShape) {
    diagnostics.report(.inputShapeMismatch(instance, interface, actual: network.inputShape))
  }
  if network.outputCount != interface.outputs.count {
    diagnostics.report(.outputCountMismatch(instance, interface, actual: network.outputCount))
  }
  try diagnostics.throwOnError()
}

/// Whether two shapes with equally many elements order them alike: one of them is flat, or they differ by ones only.
private func agree(_ a: [Int], _ b: [Int]) -> Bool {
  let (a, b) = (a.filter { $0 > 1 }, b.filter { $0 > 1 })
  return a.count < 2 || b.count < 2 || a == b
}
