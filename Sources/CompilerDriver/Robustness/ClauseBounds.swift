import CertifiedBounds
import NetworkIR
import SpecificationLanguage

/// What heads of `robust` clauses about one network rest on.
struct ClauseBounds {
  /// For each clause K, the bound of how fast two outputs approach each other with the distance that the clause means.
  let pairwise: [[UpperBound]]
  /// Of the network's layers, whatever its inputs are.
  let layers: [LayerBound]

  /// - Throws: for a node without a bound.
  /// - Requires: there is a clause; the network has the interface's inputs and outputs.
  init(
    _ network: Network, _ interface: Interface, _ clauses: [RobustnessClause]
  ) throws(LipschitzFailure) {
    var bounds: [NormSpace: LipschitzBound] = [:]
    var pairwise: [[UpperBound]] = []
    var layers: [LayerBound] = []
    for clause in clauses {
      let bound: LipschitzBound
      if let known = bounds[clause.space] {
        bound = known
      } else {
        let scales = clause.space == .physical ? interface.inputs.map(\.normalization.scale) : nil
        bound = try LipschitzBound(of: network, inputScales: scales)
        bounds[clause.space] = bound
      }
      // A ball of radius r in the largest coordinate lies in the Euclidean one of radius r sqrt(n) in n dimensions.
      let stretch =
        switch clause.norm {
        case .l2: UpperBound.one
        case .lInfinity: UpperBound(interface.inputs.count).squareRoot()
        }
      pairwise.append(bound.pairwise.map { stretch * $0 })
      layers = bound.layers
    }
    self.pairwise = pairwise
    self.layers = layers
  }
}

extension KeptDecision {
  init(_ clause: RobustnessClause, _ interface: Interface) {
    self.init(
      places: clause.places, groups: clause.groups.isEmpty ? nil : clause.groups.map { Set($0) },
      tieOrder: interface.tieOrder, prefersLowest: interface.better == .lowest)
  }
}
