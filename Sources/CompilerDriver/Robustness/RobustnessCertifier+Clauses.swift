import CertifiedBounds
import ExactArithmetic
import NetworkIR
import SpecificationLanguage

extension RobustnessCertifier {
  /// What certifies `clauses`, in their order.
  ///
  /// - Throws: for a node without a bound.
  /// - Requires: the network has the interface's inputs and outputs.
  init(
    _ network: Network, _ interface: Interface, _ clauses: [RobustnessClause]
  ) throws(LipschitzFailure) {
    let normalizations = interface.inputs.map(\.normalization)
    var bounds: [NormSpace: LipschitzBound] = [:]
    var heads: [RobustnessHead] = []
    for clause in clauses {
      let bound: LipschitzBound
      if let known = bounds[clause.space] {
        bound = known
      } else {
        let scales = clause.space == .physical ? normalizations.map(\.scale) : nil
        bound = try LipschitzBound(of: network, inputScales: scales)
        bounds[clause.space] = bound
      }
      heads.append(RobustnessHead(clause, interface, pairwise: bound.pairwise))
    }
    self.init(
      network,
      InputNormalization(centers: normalizations.map(\.center), scales: normalizations.map(\.scale)),
      heads: heads)
  }
}

extension RobustnessHead {
  /// A ball of radius r in the largest coordinate lies in the Euclidean one of radius r sqrt(n) in n dimensions.
  fileprivate init(_ clause: RobustnessClause, _ interface: Interface, pairwise: [UpperBound]) {
    let stretch =
      switch clause.norm {
      case .l2: UpperBound.one
      case .lInfinity: UpperBound(interface.inputs.count).squareRoot()
      }
    self.init(
      KeptDecision(
        places: clause.places, groups: clause.groups.isEmpty ? nil : clause.groups.map { Set($0) },
        tieOrder: interface.tieOrder, prefersLowest: interface.better == .lowest),
      radius: clause.radius, pairwise: pairwise.map { stretch * $0 })
  }
}
