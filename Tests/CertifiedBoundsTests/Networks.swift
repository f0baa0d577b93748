import Diagnostics
import NetworkIR
import TestSupport
import Testing

func shape(_ dimensions: Int...) throws -> TensorShape { try #require(TensorShape(dimensions)) }

/// A network of nodes `node 1`, `node 2`, ... with the values that they read.
func network(_ dimensions: [Int], _ steps: [(NetworkIR.Operation, [Int])]) throws -> Network {
  var shapes = [try #require(TensorShape(dimensions))]
  var nodes: [Node] = []
  for (operation, operands) in steps {
    shapes.append(try operation.implementation.resultShape(of: operands.map { shapes[$0] }))
    nodes.append(
      Node(
        name: "node \(nodes.count + 1)", operation: operation,
        operands: operands.map { ValueID(index: $0) }, shape: shapes[nodes.count + 1]))
  }
  return try Network(
    identity: ModelIdentity(name: "test.onnx", format: "onnx", hash: ContentHash(of: [])),
    inputShape: shapes[0], nodes: nodes, output: ValueID(index: nodes.count))
}

/// Convolutions with residual sums, poolings and activations; then dense layers with MinMax.
func randomNetwork(_ generator: inout SplitMix64) throws -> Network {
  var steps: [(NetworkIR.Operation, [Int])] = []
  func weights(_ count: Int) -> [Float] { (0..<count).map { _ in Float(normal(&generator)) * 0.3 } }
  let channels = Int.random(in: 1...3, using: &generator)
  let size = 4
  let dimensions = [1, size, size, channels]
  for _ in 0..<Int.random(in: 1...2, using: &generator) {
    let before = steps.count
    steps.append(
      (
        .convolution(
          Convolution(
            inputChannels: channels, outputChannels: channels, kernel: [3, 3], strides: [1, 1],
            dilations: [1, 1], padsBefore: [1, 1], padsAfter: [1, 1], groups: 1,
            weights: weights(9 * channels * channels), bias: weights(channels))), [before]
      ))
    let activations: [NetworkIR.Operation] = [
      .relu, .tanh, .sigmoid, .absoluteValue, .leakyRelu(LeakyRelu(slope: -2)), .hardSwish,
      .elu(Elu(alpha: 1.5)),
    ]
    steps.append((activations[Int.random(in: 0..<activations.count, using: &generator)], [steps.count]))
    let joins: [NetworkIR.Operation] = [.elementwise(.add), .elementwise(.maximum), .elementwise(.subtract)]
    steps.append((joins[Int.random(in: 0..<joins.count, using: &generator)], [before, steps.count]))
  }
  let kinds: [Pooling.Kind] = [.maximum, .average(countsPadding: true), .average(countsPadding: false)]
  steps.append(
    (
      .pooling(
        Pooling(
          kind: kinds[Int.random(in: 0..<3, using: &generator)], kernel: [3, 3], strides: [1, 1],
          dilations: [1, 1], padsBefore: [1, 1], padsAfter: [1, 1])), [steps.count]
    ))
  let count = size * size * channels
  steps.append((.reshape(Reshape(to: try shape(1, count))), [steps.count]))
  steps.append(
    (
      .affine(Affine(inputCount: count, outputCount: 8, weights: weights(count * 8), bias: weights(8))),
      [steps.count]
    ))
  steps.append((.reshape(Reshape(to: try shape(1, 4, 2))), [steps.count]))
  let grouped = steps.count
  steps.append((.reduction(Reduction(kind: .minimum, axes: [2])), [grouped]))
  steps.append((.reduction(Reduction(kind: .maximum, axes: [2])), [grouped]))
  steps.append((.concatenate(Concatenate(axis: 2, operandCount: 2)), [grouped + 1, grouped + 2]))
  steps.append((.reshape(Reshape(to: try shape(1, 8))), [steps.count]))
  steps.append(
    (.affine(Affine(inputCount: 8, outputCount: 3, weights: weights(24), bias: weights(3))), [steps.count]))
  return try network(dimensions, steps)
}

/// A convolution, a leaky slope of -2, a residual sum, an overlapping pooling and MinMax before the last layer, all of them
/// rational.
func rationalNetwork(_ generator: inout SplitMix64) throws -> Network {
  func weights(_ count: Int) -> [Float] { (0..<count).map { _ in Float(normal(&generator)) * 0.5 } }
  let pools: [Pooling.Kind] = [.maximum, .average(countsPadding: true), .average(countsPadding: false)]
  return try network(
    [1, 3, 3, 2],
    [
      (
        .convolution(
          Convolution(
            inputChannels: 2, outputChannels: 2, kernel: [3, 3], strides: [1, 1], dilations: [1, 1],
            padsBefore: [1, 1], padsAfter: [1, 1], groups: 1, weights: weights(36), bias: weights(2))), [0]
      ), (.leakyRelu(LeakyRelu(slope: -2)), [1]), (.elementwise(.add), [0, 2]),
      (
        .pooling(
          Pooling(
            kind: pools[Int.random(in: 0..<3, using: &generator)], kernel: [3, 3], strides: [1, 1],
            dilations: [1, 1], padsBefore: [1, 1], padsAfter: [1, 1])), [3]
      ), (.reshape(Reshape(to: try shape(1, 9, 2))), [4]),
      (.reduction(Reduction(kind: .minimum, axes: [2])), [5]),
      (.reduction(Reduction(kind: .maximum, axes: [2])), [5]),
      (.concatenate(Concatenate(axis: 2, operandCount: 2)), [6, 7]),
      (.reshape(Reshape(to: try shape(1, 18))), [8]),
      (.affine(Affine(inputCount: 18, outputCount: 3, weights: weights(54), bias: weights(3))), [9]),
    ])
}
