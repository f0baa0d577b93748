import NetworkIR

/// Upper bounds of a network's Lipschitz constants with respect to the Euclidean norms of its input and its values,
/// over the real numbers (NUMERICS, theorem T4).
///
/// They hold for the function that the network is without rounding, between any two inputs.
public struct LipschitzBound: Sendable {
  /// One for each node, in the network's order.
  public let layers: [LayerBound]
  /// For each value of the network, by its index, a bound of its constant as a function of the input.
  public let values: [UpperBound]
  /// A bound of the constant of the whole output.
  public let output: UpperBound
  /// Row-major, for outputs i and j a bound of the constant of y_i - y_j: symmetric with a zero diagonal.
  public let pairwise: [UpperBound]

  /// - Throws: for the first node whose operator has no proved constant, or whose norm can't be bounded.
  public init(of network: Network) throws(LipschitzFailure) {
    var layers: [LayerBound] = []
    var values = [UpperBound.one]
    for node in network.nodes {
      let layer = try LayerBound(of: node, in: network)
      layers.append(layer)
      values.append(layer.constant(of: node, in: network, values))
    }
    self.layers = layers
    self.values = values
    output = values[network.output.index]
    pairwise = try pairwiseBounds(of: network, values)
  }
}

/// Why a network has no Lipschitz bound.
public struct LipschitzFailure: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// The operator has no Lipschitz constant, or none that was proved.
    case noConstant(operator: String)
    /// The norm of the node's weights can't be bounded.
    case norm(NormFailure)
  }

  /// The node's name in the model.
  public let node: String
  public let reason: Reason

  public init(node: String, reason: Reason) {
    self.node = node
    self.reason = reason
  }
}
