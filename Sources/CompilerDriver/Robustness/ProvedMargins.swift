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
    var known: [NormSpace: [UpperBound]] = [:]
    var proved: [ProvedMargins] = []
    for clause in lipschitz where clause.networks.contains(index) {
      let pairwise: [UpperBound]
      if let bounds = known[clause.space] {
        pairwise = bounds
      } else {
        pairwise = try pairwiseBounds(of: network, instance, from: clause.space)
        known[clause.space] = pairwise
      }
      // The largest difference of a coordinate is at least the Euclidean distance over the root of n.
      let stretch = clause.norm == .lInfinity ? UpperBound(interface.inputs.count).squareRoot() : .one
      let pair = pairwise.indices.reduce(0) { pairwise[$1] > pairwise[$0] ? $1 : $0 }
      let bound = (stretch * pairwise[pair]).value
      if bound.isFinite, Rational(bound) <= clause.bound {
        proved.append(ProvedMargins(clause, bound: bound))
      } else {
        let (first, second) = pair.quotientAndRemainder(dividingBy: interface.outputs.count)
        diagnostics.report(
          .lipschitzNotProved(
            clause, instance, interface, pair: [interface.outputs[first], interface.outputs[second]],
            bound: bound))
      }
    }
    try diagnostics.throwOnError()
    return proved
  }

  /// Row-major, with respect to distances of inputs in `space`.
  private func pairwiseBounds(
    of network: Network, _ instance: NetworkInstance, from space: NormSpace
  ) throws(DiagnosticSet) -> [UpperBound] {
    let inputs = interfaces[instance.interface].inputs
    do throws(LipschitzFailure) {
      return try LipschitzBound(
        of: network, inputScales: space == .physical ? inputs.map(\.normalization.scale) : nil
      ).pairwise
    } catch {
      throw DiagnosticSet([
        .noLipschitzBound(error, of: network.identity.name, at: .source(instance.range))
      ])
    }
  }
}
