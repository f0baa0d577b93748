import CertifiedBounds
import Diagnostics
import NetworkIR
import SpecificationLanguage

/// The heads of the program of `network`, one for each clause in their order: they certify what the program decides with
/// its own float arithmetic (<doc:Robustness>). They rest on the tight bounds, as emitted programs do.
///
/// - Parameters:
///   - network: with the float semantics of the program.
///   - instance: the network in the specification, for messages.
/// - Throws: for a node without a Lipschitz bound (ORD1201), or whose rounding errors have none (ORD1206).
/// - Requires: the network has the interface's inputs and outputs.
package func staticHeads(
  of network: Network, _ instance: NetworkInstance, _ interface: Interface, _ clauses: [RobustnessClause]
) throws(DiagnosticSet) -> [StaticHead] {
  if clauses.isEmpty { return [] }
  let bounds = try ClauseBounds(network, instance, interface, clauses, .tight)
  return try staticHeads(of: network, instance, interface, clauses, bounds)
}

/// The same with known bounds.
func staticHeads(
  of network: Network, _ instance: NetworkInstance, _ interface: Interface, _ clauses: [RobustnessClause],
  _ bounds: ClauseBounds
) throws(DiagnosticSet) -> [StaticHead] {
  do throws(ExecutionFailure) {
    let execution = try ExecutionBound(
      of: network, layers: bounds.layers, input: ValueBound(ofInputs: interface))
    return zip(clauses, bounds.pairwise).map {
      StaticHead(
        KeptDecision($0, interface), radius: $0.radius, pairwise: $1, executionErrors: execution.pairwise,
        scoreMagnitudes: execution.scoreMagnitudes)
    }
  } catch {
    throw DiagnosticSet([.noErrorBound(error, of: network.identity.name, instance, interface)])
  }
}
