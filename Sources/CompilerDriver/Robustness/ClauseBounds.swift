import CertifiedBounds
import Diagnostics
import NetworkIR
import SpecificationLanguage

/// What heads of `robust` clauses about one network rest on.
struct ClauseBounds {
  /// For each clause K, the bound of how fast two outputs approach each other with the distance that the clause means.
  let pairwise: [[UpperBound]]
  /// For each clause what K rests on: the product of the layers' bounds where nothing lower is known.
  let origins: [CertificateBound]
  /// Of the network's layers, whatever its inputs are.
  let layers: [LayerBound]

  /// - Parameters:
  ///   - instance: the network in the specification, for messages.
  ///   - kind: tight for the lowest bounds, as emitted programs have them.
  /// - Throws: for a node without a bound (ORD1201).
  /// - Requires: there is a clause; the network has the interface's inputs and outputs.
  init(
    _ network: Network, _ instance: NetworkInstance, _ interface: Interface, _ clauses: [RobustnessClause],
    _ kind: CertificateBound
  ) throws(DiagnosticSet) {
    var bounds: [NormSpace: (product: LipschitzBound, tight: TightBounds?)] = [:]
    var pairwise: [[UpperBound]] = []
    var origins: [CertificateBound] = []
    var layers: [LayerBound] = []
    for clause in clauses {
      let bound: (product: LipschitzBound, tight: TightBounds?)
      if let known = bounds[clause.space] {
        bound = known
      } else {
        let scales = clause.space == .physical ? interface.inputs.map(\.normalization.scale) : nil
        let product: LipschitzBound
        do throws(LipschitzFailure) {
          product = try LipschitzBound(of: network, inputScales: scales)
        } catch {
          throw DiagnosticSet([
            .noLipschitzBound(error, of: network.identity.name, at: .source(instance.range))
          ])
        }
        let tight =
          kind == .tight ? TightBounds(of: network, product, inputScales: scales) : nil
        bound = (product, tight)
        bounds[clause.space] = bound
      }
      // A ball of radius r in the largest coordinate lies in the Euclidean one of radius r sqrt(n) in n dimensions.
      let stretch =
        switch clause.norm {
        case .l2: UpperBound.one
        case .lInfinity: UpperBound(interface.inputs.count).squareRoot()
        }
      pairwise.append((bound.tight?.pairwise ?? bound.product.pairwise).map { stretch * $0 })
      origins.append(bound.tight == nil ? .product : .tight)
      layers = bound.product.layers
    }
    self.origins = origins
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
