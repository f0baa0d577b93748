import CertifiedBounds
import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyLayers
import SpecificationLanguage

extension CheckedSpec {
  /// The Lipschitz clauses about the network at `index`, all proved of it over the real numbers.
  ///
  /// - Parameter network: its model, with as many inputs and outputs as its interface has.
  /// - Throws: one diagnostic for each clause that is not proved, or the node without a bound.
  func provedMargins(at index: Int, _ network: Network) throws(DiagnosticSet) -> [ProvedMargins] {
    let instance = networks[index]
    let interface = interfaces[instance.interface]
    var diagnostics = DiagnosticSet()
    var known: [NormSpace: MarginBounds] = [:]
    var proved: [ProvedMargins] = []
    for clause in lipschitz where clause.networks.contains(index) {
      var bounds: MarginBounds
      if let earlier = known[clause.space] {
        bounds = earlier
      } else {
        bounds = try MarginBounds(of: network, instance, interface, from: clause.space)
      }
      // The largest difference of a coordinate is at least the Euclidean distance over the root of n.
      let stretch = clause.norm == .lInfinity ? UpperBound(interface.inputs.count).squareRoot() : .one
      var bound = (stretch * bounds.pairwise[bounds.largest]).value
      if !clause.isKept(bound) {
        bounds.tighten(of: network)
        bound = (stretch * bounds.pairwise[bounds.largest]).value
      }
      known[clause.space] = bounds
      if clause.isKept(bound) {
        proved.append(ProvedMargins(clause, bound: bound))
      } else {
        let pair = [bounds.largest / interface.outputs.count, bounds.largest % interface.outputs.count]
        diagnostics.report(
          .lipschitzNotProved(
            clause, instance, interface, pair: pair.map { interface.outputs[$0] }, bound: bound))
      }
    }
    try diagnostics.throwOnError()
    return proved
  }
}

extension LipschitzClause {
  /// Compares exactly.
  fileprivate func isKept(_ proved: Double) -> Bool { proved.isFinite && Rational(proved) <= bound }
}

/// Bounds of pairs of outputs with respect to distances of inputs in one space: of the product of the layers' norms, or,
/// once they were asked for, lower ones.
private struct MarginBounds {
  private let product: LipschitzBound
  private let scales: [Rational]?
  /// Row-major.
  private(set) var pairwise: [UpperBound]
  private var isTight = false

  /// - Throws: the node without a bound.
  init(
    of network: Network, _ instance: NetworkInstance, _ interface: Interface, from space: NormSpace
  ) throws(DiagnosticSet) {
    scales = space == .physical ? interface.inputs.map(\.normalization.scale) : nil
    do throws(LipschitzFailure) {
      product = try LipschitzBound(of: network, inputScales: scales)
    } catch {
      throw DiagnosticSet([
        .noLipschitzBound(error, of: network.identity.name, at: .source(instance.range))
      ])
    }
    pairwise = product.pairwise
  }

  /// The pair with the largest bound.
  var largest: Int { pairwise.indices.reduce(0) { pairwise[$1] > pairwise[$0] ? $1 : $0 } }

  /// Looks for lower bounds by quadratic forms, once: it may take seconds.
  mutating func tighten(of network: Network) {
    if isTight { return }
    isTight = true
    if let tight = TightBounds(of: network, product, inputScales: scales) { pairwise = tight.pairwise }
  }
}
