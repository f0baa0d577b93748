import NetworkIR

/// A block x + s L(x) + c, for a dense layer or a convolution L and a number s: one affine map, whose linear part
/// I + s L has a norm far below 1 + |s| ||L|| where L turns what it maps (LiResNet).
///
/// Elements of I + s L are s times a binary32 number, exact in binary64 for a binary32 number s, and rounded once where
/// the identity has a 1: by u times the result at most. What is rounded is the diagonal of a matrix, which has its largest
/// element as its norm.
struct ResidualBlock {
  /// x.
  let source: ValueID
  /// L.
  private let layer: Node
  private let scale: Double

  /// The block that an addition, or a subtraction, ends; `nil` if there is none.
  init?(endingAt node: Node, in network: Network) {
    guard case .elementwise(let operation) = node.operation, operation == .add || operation == .subtract
    else { return nil }
    for (source, branch) in [(node.operands[0], node.operands[1]), (node.operands[1], node.operands[0])] {
      // x - s L(x) and s L(x) - x have the same norm.
      if network.shape(of: source) == node.shape,
        let (layer, scale) = network.scaledLayer(of: source, endingAt: branch)
      {
        self.source = source
        self.layer = layer
        self.scale = operation == .add ? Double(scale) : -Double(scale)
        return
      }
    }
    return nil
  }

  /// A bound of the norm of I + s L; `nil` if L moves elements, so that the sum is no such map.
  func norm(in network: Network) throws(NormFailure) -> (bound: UpperBound, proof: LayerBound.Proof)? {
    switch layer.operation {
    case .affine(let affine):
      guard affine.inputCount == affine.outputCount else { return nil }
      let size = affine.inputCount
      var elements = affine.weights.map { scale * Double($0) }
      var largest = 0.0
      for index in 0..<size {
        elements[index * size + index] += 1
        largest = max(largest, elements[index * size + index].magnitude)
      }
      let matrix = try RealMatrix(rows: size, columns: size, elements: elements)
      let rounding = RoundingError.unit * UpperBound(largest)
      return (try spectralNormUpperBound(of: matrix) + rounding, .factorization)
    case .convolution(let convolution):
      return try residualBlockNorm(of: convolution, scale: scale, input: network.shape(of: source))
    case .absoluteValue, .celu, .clip, .concatenate, .elementwise, .elementwiseWithConstant, .elu, .erf,
      .exponential, .gather, .gelu, .gru, .hardSigmoid, .hardSwish, .leakyRelu, .logarithm, .lstm, .negation,
      .pad, .pooling, .power, .pRelu, .reduction, .relu, .reshape, .selu, .sigmoid, .slice, .softplus,
      .squareRoot, .tanh, .transpose:
      return nil
    }
  }
}

extension Network {
  /// The dense layer or convolution of `source`, and the number that its result is multiplied with, if `value` is made by
  /// them with nothing but one such multiplication and constants that are added.
  fileprivate func scaledLayer(of source: ValueID, endingAt value: ValueID) -> (Node, Float)? {
    var value = value
    var scale: Float?
    while let node = node(of: value) {
      switch node.operation {
      case .affine, .convolution:
        return node.operands[0] == source && node.shape == shape(of: source) ? (node, scale ?? 1) : nil
      case .elementwiseWithConstant(let elementwise):
        guard shape(of: node.operands[0]) == node.shape else { return nil }
        switch elementwise.elementwise {
        case .add: break
        case .subtract: guard elementwise.constantSide == .right else { return nil }
        case .multiply:
          let constants = elementwise.constant.elements
          guard scale == nil, constants.allSatisfy({ $0 == constants[0] }) else { return nil }
          scale = constants[0]
        case .divide, .minimum, .maximum: return nil
        }
        value = node.operands[0]
      case .absoluteValue, .celu, .clip, .concatenate, .elementwise, .elu, .erf, .exponential, .gather, .gelu,
        .gru, .hardSigmoid, .hardSwish, .leakyRelu, .logarithm, .lstm, .negation, .pad, .pooling, .power,
        .pRelu, .reduction, .relu, .reshape, .selu, .sigmoid, .slice, .softplus, .squareRoot, .tanh,
        .transpose:
        return nil
      }
    }
    return nil
  }
}
