import Diagnostics
import ExactArithmetic
import NetworkIR
import TestSupport
import Testing
import VNNLIB

/// A network of nodes `node 1`, `node 2`, ... with the values that they read.
func network(
  _ dimensions: [Int], _ steps: [(NetworkIR.Operation, [Int])], _ semantics: FloatSemantics = .contractOff
) throws -> Network {
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
    inputShape: shapes[0], nodes: nodes, output: ValueID(index: nodes.count), semantics: semantics)
}

/// Dense layers of these sizes with random weights, and a function after each but the last.
func network(
  _ sizes: [Int], activation: NetworkIR.Operation, _ random: inout SplitMix64
) throws -> Network {
  var nodes: [(NetworkIR.Operation, [Int])] = []
  for (index, (from, to)) in zip(sizes, sizes.dropFirst()).enumerated() {
    let weights = (0..<from * to).map { _ in Float.random(in: -1...1, using: &random) }
    let bias = (0..<to).map { _ in Float.random(in: -0.5...0.5, using: &random) }
    nodes.append(
      (.affine(Affine(inputCount: from, outputCount: to, weights: weights, bias: bias)), [nodes.count]))
    if index < sizes.count - 2 { nodes.append((activation, [nodes.count])) }
  }
  return try network([sizes[0]], nodes)
}

/// Inputs in -1 ... 1 whose only output meets all conditions.
func unsafeSet(_ inputs: Int, _ conditions: [Formula]) -> UnsafeSet {
  var assertions = conditions
  for input in 0..<inputs {
    assertions.append(.comparison(Comparison([.input(input): .one], constant: Rational(-1))))
    assertions.append(.comparison(Comparison([.input(input): Rational(-1)], constant: Rational(-1))))
  }
  return UnsafeSet(inputCount: inputs, outputCount: 1, assertions: assertions)
}

/// A small network with every kind of operator that has a relaxation, and a box of its inputs.
struct GeneratedNetwork {
  let network: Network
  /// Whether its real function has rational values.
  let isRational: Bool
  let lower: [Float]
  let upper: [Float]

  init(_ random: inout SplitMix64, _ semantics: FloatSemantics) throws {
    func weights(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
    }
    let channels = Int.random(in: 1...2, using: &random)
    let inputs = 9 * channels
    var steps: [(NetworkIR.Operation, [Int])] = []
    func last() -> Int { steps.count }
    let shape = try #require(TensorShape([1, 3, 3, channels]))
    let constant = Tensor(shape, weights(inputs))
    let divisors = Tensor(shape, constant.elements.map { $0 < 0 ? $0 - 0.5 : $0 + 0.5 })
    let preparations: [NetworkIR.Operation] = [
      .elementwiseWithConstant(ElementwiseWithConstant(.subtract, constant: constant, on: .left)),
      .elementwiseWithConstant(ElementwiseWithConstant(.subtract, constant: constant, on: .right)),
      .elementwiseWithConstant(ElementwiseWithConstant(.add, constant: constant, on: .left)),
      .elementwiseWithConstant(ElementwiseWithConstant(.multiply, constant: constant, on: .left)),
      .elementwiseWithConstant(ElementwiseWithConstant(.divide, constant: divisors, on: .right)),
      .elementwiseWithConstant(ElementwiseWithConstant(.maximum, constant: constant, on: .right)),
      .elementwiseWithConstant(ElementwiseWithConstant(.minimum, constant: constant, on: .right)),
      .relu, .leakyRelu(LeakyRelu(slope: 0.3)), .negation, .clip(Clip(lower: -0.5, upper: 0.25)),
      .clip(Clip(lower: nil, upper: 0.25)),
      .clip(Clip(lower: -0.25, upper: nil)), .clip(Clip(lower: 0.5, upper: 0.25)),
      .transpose(Transpose(permutation: [0, 2, 1, 3])),
    ]
    steps.append((preparations[Int.random(in: 0..<preparations.count, using: &random)], [0]))
    let before = last()
    steps.append(
      (
        .convolution(
          Convolution(
            inputChannels: channels, outputChannels: channels, kernel: [3, 3], strides: [1, 1],
            dilations: [1, 1], padsBefore: [1, 1], padsAfter: [1, 1], groups: 1,
            weights: weights(9 * channels * channels), bias: weights(channels))), [before]
      ))
    let activations: [(NetworkIR.Operation, isRational: Bool)] = [
      (.relu, true), (.absoluteValue, true), (.leakyRelu(LeakyRelu(slope: 0.1)), true),
      (.leakyRelu(LeakyRelu(slope: 2.5)), true), (.leakyRelu(LeakyRelu(slope: -2)), true),
      (.pRelu(PRelu(slope: constant)), true), (.tanh, false), (.sigmoid, false),
    ]
    let activation = activations[Int.random(in: 0..<activations.count, using: &random)]
    steps.append((activation.0, [last()]))
    if Bool.random(using: &random) { steps.append((.relu, [last()])) }
    let joins: [NetworkIR.Operation] = [
      .elementwise(.add), .elementwise(.subtract), .elementwise(.maximum), .elementwise(.minimum),
    ]
    // With what the convolution read, or with another activation of what it made.
    var other = before
    if Bool.random(using: &random) {
      other = last()
      steps.append((.leakyRelu(LeakyRelu(slope: -0.5)), [before + 1]))
    }
    steps.append((joins[Int.random(in: 0..<joins.count, using: &random)], [other, last()]))
    let kinds: [Pooling.Kind] = [.maximum, .average(countsPadding: true), .average(countsPadding: false)]
    steps.append(
      (
        .pooling(
          Pooling(
            kind: kinds[Int.random(in: 0..<3, using: &random)], kernel: [2, 2], strides: [1, 1],
            dilations: [1, 1], padsBefore: [1, 0], padsAfter: [0, 1])), [last()]
      ))
    steps.append((.reshape(Reshape(to: .vector(inputs))), [last()]))
    steps.append(
      (
        .affine(Affine(inputCount: inputs, outputCount: 8, weights: weights(8 * inputs), bias: weights(8))),
        [last()]
      ))
    // MinMax, as sorted pairs.
    steps.append((.reshape(Reshape(to: try #require(TensorShape([4, 2])))), [last()]))
    let grouped = last()
    steps.append((.reduction(Reduction(kind: .minimum, axes: [1])), [grouped]))
    steps.append((.reduction(Reduction(kind: .maximum, axes: [1])), [grouped]))
    steps.append((.concatenate(Concatenate(axis: 1, operandCount: 2)), [grouped + 1, grouped + 2]))
    steps.append((.slice(Slice(starts: [3, 1], steps: [-1, -1], counts: [4, 2])), [last()]))
    steps.append((.reshape(Reshape(to: .vector(8))), [last()]))
    steps.append((.relu, [last()]))
    steps.append(
      (.affine(Affine(inputCount: 8, outputCount: 2, weights: weights(16), bias: weights(2))), [last()]))
    network = try SafetyVerificationTests.network([1, 3, 3, channels], steps, semantics)
    isRational = activation.isRational
    // A few inputs vary, some by very little, the others don't.
    let centers = weights(inputs)
    let widths = (0..<inputs).map { _ in
      [Float(0), 0, 1e-3, 0.1, 0.5][Int.random(in: 0..<5, using: &random)]
    }
    lower = zip(centers, widths).map { $0 - $1 }
    upper = zip(centers, widths).map { $0 + $1 }
  }

  func point(_ random: inout SplitMix64) -> [Float] {
    zip(lower, upper).map { Bool.random(using: &random) ? Float.random(in: $0...$1, using: &random) : $0 }
  }

  func contains(_ point: [Rational]) -> Bool {
    zip(point, zip(lower, upper)).allSatisfy { $0 >= Rational($1.0) && $0 <= Rational($1.1) }
  }

  /// Unsafe is what makes the first output at most `threshold`.
  func unsafe(outputAtMost threshold: Float) throws -> UnsafeSet {
    var assertions: [Formula] = []
    for index in lower.indices {
      assertions.append(
        .comparison(Comparison([.input(index): .one], constant: -Rational(upper[index]))))
      assertions.append(
        .comparison(Comparison([.input(index): Rational(-1)], constant: Rational(lower[index]))))
    }
    assertions.append(.comparison(Comparison([.output(0): .one], constant: -Rational(threshold))))
    return UnsafeSet(inputCount: lower.count, outputCount: 2, assertions: assertions)
  }
}
