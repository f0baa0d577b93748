import ExactArithmetic
import NetworkIR

extension LipschitzBound {
  /// Bounds with respect to inputs that are scaled before the network takes them: of the function that takes u to the
  /// network's result for (u_1 s_1 + c_1, u_2 s_2 + c_2, ...), whatever c is.
  ///
  /// The scaling has the constant max |s_k|. Where the scales differ and the inputs' first operation is an affine map
  /// W, the norm of W diag(s) takes the place of ||W|| max |s_k| if it is lower.
  ///
  /// - Parameters:
  ///   - scales: s, one for each element of the network's input, none of them zero; all 1 if it is `nil`.
  ///   - observe: called with each node's position when its bound is known.
  /// - Throws: as ``init(of:)``.
  public init(
    of network: Network, inputScales scales: [Rational]? = nil, observing observe: (Int) -> Void = { _ in }
  ) throws(LipschitzFailure) {
    let magnitudes = (scales ?? [.one]).map(\.magnitude)
    let isUniform = magnitudes.allSatisfy { $0 == magnitudes[0] }
    var layers: [LayerBound] = []
    var values = [magnitudes.map(UpperBound.init(notBelow:)).reduce(.zero, max)]
    for (position, node) in network.nodes.enumerated() {
      let layer = try LayerBound(of: node, in: network)
      var value = layer.constant(of: node, in: network, values)
      if !isUniform, case .affine(let affine) = node.operation, network.isReshapedInput(node.operands[0]) {
        do throws(NormFailure) {
          value = min(value, try scaledNorm(of: affine, scales: magnitudes))
        } catch {
          throw LipschitzFailure(node: node.name, reason: .norm(error))
        }
      }
      layers.append(layer)
      values.append(value)
      observe(position)
    }
    try self.init(layers: layers, values: values, of: network)
  }

  private init(
    layers: [LayerBound], values: [UpperBound], of network: Network
  ) throws(LipschitzFailure) {
    self.layers = layers
    self.values = values
    output = values[network.output.index]
    pairwise = try pairwiseBounds(of: network, values)
  }
}

/// A bound of the norm of W diag(s), for each row that `affine` maps with the scales of its own elements.
///
/// The scales are rounded to binary64 and so are the products: with P the computed matrix, each element of W diag(s) is
/// off by at most 2 u (1 + u) |p| < 3 u |p|, where u is half the distance from 1 to the next number, and nothing
/// underflows, as W and s are not below 2^-298 in magnitude. So ||W diag(s)|| <= ||P|| + 3 u ||P||_F.
///
/// - Requires: `scales` has a positive number within binary32's range for each element of the operand.
func scaledNorm(of affine: Affine, scales: [Rational]) throws(NormFailure) -> UpperBound {
  let rounded = scales.map { scale in
    guard let double = scale.nearestDouble else { preconditionFailure("a scale is within binary32's range") }
    return double
  }
  var norm = UpperBound.zero
  for row in 0..<affine.rows {
    let products = affine.weights.indices.map { index in
      Double(affine.weights[index]) * rounded[row * affine.inputCount + index / affine.outputCount]
    }
    let matrix = try RealMatrix(rows: affine.inputCount, columns: affine.outputCount, elements: products)
    let rounding = UpperBound(3) * RoundingError.unit * matrix.squaredFrobeniusNorm.squareRoot()
    norm = max(norm, try spectralNormUpperBound(of: matrix) + rounding)
  }
  return norm
}

extension UpperBound {
  /// The least binary64 number that is not below `rational`; infinite if there is none.
  ///
  /// - Requires: `rational >= 0`.
  public init(notBelow rational: Rational) { self.init(rational.doubleNotBelow ?? .infinity) }
}

extension Network {
  /// Whether the value is the network's input, perhaps in another shape.
  fileprivate func isReshapedInput(_ value: ValueID) -> Bool {
    guard let position = value.nodePosition else { return true }
    guard case .reshape = nodes[position].operation else { return false }
    return isReshapedInput(nodes[position].operands[0])
  }
}
