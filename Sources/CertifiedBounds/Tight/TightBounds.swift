import ExactArithmetic
import NetworkIR

/// Bounds of pairs of outputs by quadratic forms that hold through a whole network of dense layers and activations
/// (NUMERICS, theorem T5), instead of by the product of the layers' norms. Where these are lower, they are taken.
public struct TightBounds: Sendable {
  /// As ``LipschitzBound/pairwise``, nowhere above it, and somewhere below.
  public let pairwise: [UpperBound]
  /// What proves them.
  public let certificate: ChainCertificate

  /// - Parameters:
  ///   - network: what `bound` is of.
  ///   - scales: what `bound` was made with.
  /// - Returns: `nil` if the network is no chain of dense layers with activations that have a rule, if proving takes too
  ///   long (more than some ten seconds), or if nothing is gained.
  public init?(of network: Network, _ bound: LipschitzBound, inputScales scales: [Rational]? = nil) {
    guard let chain = DenseChain(network), chain.isAffordable else { return nil }
    let input = (scales ?? [Rational](repeating: .one, count: network.inputCount)).map { scale in
      // Not above 1 / s^2: a distance of inputs is not below that of what the network takes.
      (Rational.one / (scale * scale)).doubleNotAbove ?? 0
    }
    guard input.allSatisfy({ $0 > 0 }) else { return nil }
    let search = ChainSearch(chain, input: input, product: bound.pairwise)
    guard let multipliers = search.bestMultipliers() else { return nil }
    for slack in [1e-10, 1e-8, 1e-6, 1e-4] {
      guard let certificate = search.certificate(multipliers, slack: slack),
        let proved = certificate.bounds(of: chain)
      else { continue }
      let pairwise = zip(bound.pairwise, proved).map { min($0, $1) }
      if pairwise == bound.pairwise { return nil }
      self.pairwise = pairwise
      self.certificate = certificate
      return
    }
    return nil
  }
}

extension DenseChain {
  /// Whether factors of the layers' matrices take little time, and the bounds of all pairs.
  fileprivate var isAffordable: Bool {
    var cost = Double(last.rows * last.rows) * Double(last.columns * last.columns)
    for (index, layer) in layers.enumerated() {
      let (rows, columns) = (Double(layer.weights.rows), Double(layer.weights.columns))
      let isDense = index > 0 || layer.activation == .pairs
      cost += isDense ? (rows + columns) * (rows + columns) * (rows + columns) : rows * rows * columns
    }
    return cost <= 1e10
  }
}
