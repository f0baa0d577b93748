import CertifiedBounds
import NetworkIR
import SpecificationLanguage

extension RobustnessCertifier {
  /// What certifies `clauses` over the real numbers, in their order.
  ///
  /// - Requires: the network has the interface's inputs and outputs.
  init(
    _ network: Network, _ interface: Interface, _ clauses: [RobustnessClause], _ bounds: ClauseBounds
  ) {
    let normalizations = interface.inputs.map(\.normalization)
    self.init(
      network,
      InputNormalization(centers: normalizations.map(\.center), scales: normalizations.map(\.scale)),
      heads: zip(clauses, bounds.pairwise).map {
        RobustnessHead(KeptDecision($0, interface), radius: $0.radius, pairwise: $1)
      })
  }
}
