import Diagnostics
import NetworkIR
import TestSupport
import Testing

/// A network of one input vector and steps that each read values before them; 0 is the input.
func network(_ inputs: Int, _ steps: [(NetworkIR.Operation, [Int])]) throws -> Network {
  var shapes = [try #require(TensorShape([1, inputs]))]
  var nodes: [Node] = []
  for (operation, operands) in steps {
    shapes.append(try operation.implementation.resultShape(of: operands.map { shapes[$0] }))
    nodes.append(
      Node(
        name: "node \(nodes.count + 1)", operation: operation,
        operands: operands.map { ValueID(index: $0) }, shape: shapes[nodes.count + 1]))
  }
  return try Network(
    identity: ModelIdentity(name: "test.onnx", format: "onnx", hash: ContentHash(of: [1, 2, 3])),
    inputShape: shapes[0], nodes: nodes, output: ValueID(index: nodes.count))
}

/// The steps of MinMax in groups of two on `width` values, after `steps`.
func minMax(_ width: Int, after steps: Int) throws -> [(NetworkIR.Operation, [Int])] {
  let (grouped, flat) = try (
    #require(TensorShape([1, width / 2, 2])), #require(TensorShape([1, width]))
  )
  return [
    (.reshape(Reshape(to: grouped)), [steps]),
    (.reduction(Reduction(kind: .minimum, axes: [2])), [steps + 1]),
    (.reduction(Reduction(kind: .maximum, axes: [2])), [steps + 1]),
    (.concatenate(Concatenate(axis: 2, operandCount: 2)), [steps + 2, steps + 3]),
    (.reshape(Reshape(to: flat)), [steps + 4]),
  ]
}

/// Dense layers with activations between them and sometimes after them, of up to `widest` values: weights of all
/// scales, some matrices of rank 1, some zero.
func randomChain(widest: Int, _ random: inout SplitMix64) throws -> Network {
  let inputs = Int.random(in: 1...widest, using: &random)
  var (width, steps): (Int, [(NetworkIR.Operation, [Int])]) = (inputs, [])
  for _ in 0..<Int.random(in: 1...4, using: &random) {
    let outputs = Int.random(in: 1...widest, using: &random)
    steps.append((.affine(randomLayer(width, outputs, &random)), [steps.count]))
    width = outputs
    let activations: [NetworkIR.Operation] = [
      .relu, .absoluteValue, .tanh, .sigmoid,
      .leakyRelu(LeakyRelu(slope: .random(in: -3...3, using: &random))),
    ]
    switch Int.random(in: 0..<8, using: &random) {
    case 0..<5: steps.append((activations[Int.random(in: 0..<5, using: &random)], [steps.count]))
    case 5 where width % 2 == 0: steps += try minMax(width, after: steps.count)
    default: break
    }
  }
  return try network(inputs, steps)
}

private func randomLayer(_ inputs: Int, _ outputs: Int, _ random: inout SplitMix64) -> Affine {
  let kind = Int.random(in: 0..<8, using: &random)
  let scale = Float(sign: .plus, exponent: Int.random(in: -30...30, using: &random), significand: 1)
  let (left, right) = (
    (0..<inputs).map { _ in Float.random(in: -1...1, using: &random) },
    (0..<outputs).map { _ in Float.random(in: -1...1, using: &random) }
  )
  let weights = (0..<inputs * outputs).map { index -> Float in
    switch kind {
    case 0: 0
    case 1: scale * left[index / outputs] * right[index % outputs]
    case 2: scale * Float(Int.random(in: -2...2, using: &random))
    case 3:
      // Every exponent that binary32 has, subnormal ones too.
      Float(
        sign: .minus, exponent: Int.random(in: -149...60, using: &random),
        significand: .random(in: 1..<2, using: &random))
    default: scale * Float.random(in: -1...1, using: &random)
    }
  }
  let bias = (0..<outputs).map { _ in Float.random(in: -1e6...1e6, using: &random) }
  return Affine(inputCount: inputs, outputCount: outputs, weights: weights, bias: bias)
}
