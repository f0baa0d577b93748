// Trusted: the layers that are listed are the network's function.
import NetworkIR

/// A proof, for a program that shares no code with this one, of a network's pairwise Lipschitz bounds: the weights, a
/// certificate of integers for each dense layer, and what else the network is made of. ``text`` is the file.
///
/// For networks that are chains of dense layers and activations only.
public struct LipschitzCertificate: Sendable {
  /// What the network does, from its input on. Constants that are added and shapes that change are left out: they
  /// change no distance.
  enum Layer: Sendable {
    case dense(Affine, NormCertificate, bound: UpperBound)
    /// An activation without parameters, by its name in the file.
    case activation(String)
    case leakyRelu(slope: Float)
    /// Minima and maxima of groups of so many.
    case minMax(group: Int)
  }

  let network: Network
  let layers: [Layer]
  let pairwise: [UpperBound]

  /// - Parameter bound: of this network.
  /// - Throws: for the last node that is no part of such a chain or has no proof by integers.
  public init(of network: Network, _ bound: LipschitzBound) throws(CertificateFailure) {
    self.network = network
    pairwise = bound.pairwise
    var layers: [Layer] = []
    var value = network.output
    while let position = value.nodePosition {
      let step = try Step(network.nodes[position], bound.layers[position], in: network)
      if let layer = step.layer { layers.append(layer) }
      value = step.operand
    }
    self.layers = layers.reversed()
    // A binary32 network has to be absurd for that: a product of norms beyond binary64.
    guard pairwise.allSatisfy({ $0.value.isFinite }) else {
      throw CertificateFailure(node: network.nodes.last?.name ?? "", reason: .notFinite)
    }
  }
}

/// Why no certificate is written for a network that has bounds.
public struct CertificateFailure: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// Certificates have no rule for the operator.
    case noRule(operator: String)
    /// The layer is so large that its norm was bounded without integers.
    case noIntegerProof
    /// A bound is infinite.
    case notFinite
  }

  /// The node's name in the model.
  public let node: String
  public let reason: Reason

  public init(node: String, reason: Reason) {
    self.node = node
    self.reason = reason
  }
}

/// What leads from one value of the chain to its result.
private struct Step {
  /// Nothing where distances and the order of elements stay.
  let layer: LipschitzCertificate.Layer?
  let operand: ValueID

  init(_ node: Node, _ bound: LayerBound, in network: Network) throws(CertificateFailure) {
    let refusal = CertificateFailure(
      node: node.name, reason: .noRule(operator: node.operation.implementation.text))
    func isWhole(_ operand: ValueID) -> Bool {
      network.shape(of: operand).elementCount == node.shape.elementCount
    }
    var operand = node.operands[0]
    switch node.operation {
    case .affine(let affine):
      guard affine.rows == 1 else { throw refusal }
      guard let certificate = bound.certificate, case .factor(let norm) = bound.rule else {
        throw CertificateFailure(node: node.name, reason: .noIntegerProof)
      }
      layer = .dense(affine, certificate, bound: norm)
    case .relu: layer = .activation("relu")
    case .absoluteValue: layer = .activation("abs")
    case .clip: layer = .activation("clip")
    case .tanh: layer = .activation("tanh")
    case .sigmoid: layer = .activation("sigmoid")
    case .leakyRelu(let leaky): layer = .leakyRelu(slope: leaky.slope)
    case .reshape: layer = nil
    case .elementwiseWithConstant(let elementwise):
      guard isWhole(operand) else { throw refusal }
      switch elementwise.elementwise {
      case .add, .subtract: layer = nil
      case .minimum, .maximum: layer = .activation("clip")
      case .multiply, .divide: throw refusal
      }
    case .concatenate:
      switch bound.rule {
      case .minMax(let source):
        // A group has one minimum and one maximum among the results.
        layer = .minMax(group: 2 * network.shape(of: source).elementCount / node.shape.elementCount)
        operand = source
      case .minMaxOfPair(let a, let b):
        guard let source = network.source(ofDisjointSlices: [a, b]), isWhole(source) else { throw refusal }
        layer = .minMax(group: 2)
        operand = source
      case .factor, .sum, .rootOfSquares: throw refusal
      }
    case .celu, .convolution, .elementwise, .elu, .erf, .exponential, .gather, .gelu, .gru, .hardSigmoid,
      .hardSwish,
      .logarithm, .lstm, .negation, .pad, .pooling, .power, .pRelu, .reduction, .selu, .slice, .softplus,
      .squareRoot,
      .transpose:
      throw refusal
    }
    self.operand = operand
  }
}
