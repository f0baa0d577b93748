import CertifiedBounds
import NetworkIR

/// Why projections say nothing of a network.
public struct BallFailure: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// Neither a dense layer nor ReLU.
    case unknownOperator(String)
    /// A ReLU at the network's end or beginning, or two layers or two ReLUs with nothing between.
    case notAlternating
  }

  /// The node's name in the model.
  public let node: String
  public let reason: Reason
}

extension ReluChain {
  /// The network as a function of its input's elements, each divided by its scale; layers round under the network's
  /// semantics.
  ///
  /// - Requires: one scale for each element of the input.
  init(_ network: Network, scales: [Double]) throws(BallFailure) {
    let maps = try Self.affineMaps(of: network)
    self.init(
      layers: maps.enumerated().map { position, map in
        Layer(
          weights: PaddedMatrix(rowCount: map.outputCount, columnCount: map.inputCount) { output, input in
            Double(map.weight(input: input, output: output)) * (position == 0 ? scales[input] : 1)
          },
          bias: map.bias.map { Double($0) },
          rounding: SumErrors(SumRounding(network.semantics, count: map.inputCount)))
      })
  }

  /// The dense layers of a network that has a ReLU between any two of them, and nothing else that computes.
  static func affineMaps(of network: Network) throws(BallFailure) -> [Affine] {
    var maps: [Affine] = []
    var value = network.output
    var isAfterLayer = false
    while let position = value.nodePosition {
      let node = network.nodes[position]
      switch node.operation {
      case .reshape: break
      case .affine(let affine):
        guard affine.rows == 1, !isAfterLayer else {
          throw BallFailure(node: node.name, reason: .notAlternating)
        }
        maps.append(affine)
        isAfterLayer = true
      case .relu:
        guard isAfterLayer else { throw BallFailure(node: node.name, reason: .notAlternating) }
        isAfterLayer = false
      case .absoluteValue, .celu, .clip, .concatenate, .convolution, .elementwise, .elementwiseWithConstant,
        .elu, .erf, .exponential, .gather, .gelu, .gru, .hardSigmoid, .hardSwish, .leakyRelu, .logarithm,
        .lstm,
        .negation, .pad, .pooling, .power, .pRelu, .reduction, .selu, .sigmoid, .slice, .softplus,
        .squareRoot,
        .tanh, .transpose:
        throw BallFailure(
          node: node.name, reason: .unknownOperator(node.operation.implementation.text))
      }
      value = node.operands[0]
    }
    guard isAfterLayer else {
      throw BallFailure(node: network.nodes.first?.name ?? "", reason: .notAlternating)
    }
    return maps.reversed()
  }
}

extension ReluChain.SumErrors {
  fileprivate init(_ rounding: SumRounding) {
    self.init(
      relative: rounding.relative.value, ofResult: rounding.ofResult.value, absolute: rounding.absolute.value)
  }
}
