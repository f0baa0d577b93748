import NetworkIR

/// For outputs i and j, row-major, a bound of the Lipschitz constant of y_i - y_j.
///
/// Where the outputs are W v + b of one row, perhaps with constants added or reshaped, it is that of v times
/// ||w_i - w_j||, the norm of the linear map from v to y_i - y_j. Otherwise it is sqrt 2 times that of the outputs.
///
/// - Parameter values: a bound for each value of the network.
func pairwiseBounds(
  of network: Network, _ values: [UpperBound]
) throws(LipschitzFailure) -> [UpperBound] {
  let count = network.outputCount
  if let (node, affine, _) = network.lastAffine {
    do throws(NormFailure) {
      let rows = try RealMatrix(
        rows: affine.inputCount, columns: affine.outputCount, elements: affine.weights
      ).transposed
      let operand = values[node.operands[0].index]
      return rowDistances(of: rows).map { operand * $0 }
    } catch {
      throw LipschitzFailure(node: node.name, reason: .norm(error))
    }
  }
  let distinct = values[network.output.index] * UpperBound(2).squareRoot()
  return (0..<count * count).map { $0 / count == $0 % count ? .zero : distinct }
}

extension Network {
  /// The affine map of one row whose results are the outputs, in their order, but for constants that are added to them or
  /// from which they are subtracted: these, one number an output, the first one first.
  var lastAffine: (node: Node, affine: Affine, constants: [[Float]])? {
    var value = output
    var constants: [[Float]] = []
    while let position = value.nodePosition {
      let node = nodes[position]
      if case .affine(let affine) = node.operation {
        return affine.rows == 1 ? (node, affine, constants.reversed()) : nil
      }
      if case .elementwiseWithConstant(let elementwise) = node.operation,
        [.add, .subtract].contains(elementwise.elementwise), shape(of: node.operands[0]) == node.shape
      {
        constants.append(elementwise.constant.broadcast(to: node.shape))
        value = node.operands[0]
      } else if case .reshape = node.operation {
        value = node.operands[0]
      } else {
        return nil
      }
    }
    return nil
  }
}
