import Diagnostics
import ExactArithmetic
import NetworkIR
import TestSupport

/// A small generated network, as a value of the compiler and, apart from that, as matrices for the oracle.
struct TinyNetwork {
  /// x -> activation(W x + b), with x added if the layer is residual.
  struct Layer {
    /// A row an output.
    var weights: [[Rational]]
    var bias: [Rational]
    var activation: Activation?
    var isResidual = false
  }

  enum Activation: CaseIterable {
    case relu, leaky, absolute

    /// The factor of negative arguments; that of others is 1.
    var negativeSlope: Rational {
      switch self {
      case .relu: .zero
      case .leaky: Rational(1, over: 4)
      case .absolute: Rational(-1)
      }
    }

    var operation: Operation {
      switch self {
      case .relu: .relu
      case .leaky: .leakyRelu(LeakyRelu(slope: 0.25))
      case .absolute: .absoluteValue
      }
    }
  }

  let inputCount: Int
  var layers: [Layer]
  var outputCount: Int { layers.last?.bias.count ?? inputCount }

  /// Weights are quarters, so that boundaries touch often.
  init(inputs: Int, _ random: inout SplitMix64) {
    inputCount = inputs
    layers = []
    var gatesLeft = inputs == 3 ? 8 : 12
    var width = inputs
    for _ in 0..<Int.random(in: 1...3, using: &random) where gatesLeft > 0 {
      let outputs = Int.random(in: 1...min(5, gatesLeft), using: &random)
      gatesLeft -= outputs
      let activation =
        Int.random(in: 0..<4, using: &random) > 0 ? nil : Activation.allCases.randomElement(using: &random)
      layers.append(Self.layer(width, outputs, activation ?? .relu, &random))
      width = outputs
    }
    layers.append(Self.layer(width, Int.random(in: 1...3, using: &random), nil, &random))
  }

  /// For networks that are made for a purpose.
  init(inputs: Int, layers: [Layer]) {
    inputCount = inputs
    self.layers = layers
  }

  private static func layer(
    _ inputs: Int, _ outputs: Int, _ activation: Activation?, _ random: inout SplitMix64
  ) -> Layer {
    let quarters = { (random: inout SplitMix64) in
      Int.random(in: 0..<5, using: &random) == 0
        ? .zero : Rational(Int.random(in: -8...8, using: &random), over: 4)
    }
    return Layer(
      weights: (0..<outputs).map { _ in (0..<inputs).map { _ in quarters(&random) } },
      bias: (0..<outputs).map { _ in quarters(&random) }, activation: activation,
      isResidual: inputs == outputs && Int.random(in: 0..<3, using: &random) == 0)
  }

  /// The oracle's evaluation.
  func evaluate(_ input: [Rational]) -> [Rational] {
    layers.reduce(input) { x, layer in
      let sums = zip(layer.weights, layer.bias).map { row, bias in
        zip(row, x).reduce(bias) { $0 + $1.0 * $1.1 }
      }
      let activated = sums.map { z in
        z.signum < 0 ? z * (layer.activation?.negativeSlope ?? .one) : z
      }
      return layer.isResidual ? zip(x, activated).map { $0 + $1 } : activated
    }
  }

  /// The network for the compiler.
  ///
  /// - Throws: if a weight is no binary32 number.
  func network() throws -> Network {
    var nodes: [Node] = []
    var value = ValueID.networkInput
    var width = inputCount
    func append(_ operation: Operation, _ operands: [ValueID], _ count: Int) -> ValueID {
      nodes.append(
        Node(name: "n\(nodes.count)", operation: operation, operands: operands, shape: .vector(count)))
      return .result(ofNodeAt: nodes.count - 1)
    }
    for layer in layers {
      let before = value
      let outputs = layer.bias.count
      let weights = try (0..<width).flatMap { input in try layer.weights.map { try Self.float($0[input]) } }
      let affine = Affine(
        inputCount: width, outputCount: outputs, weights: weights, bias: try layer.bias.map(Self.float))
      value = append(.affine(affine), [value], outputs)
      if let activation = layer.activation { value = append(activation.operation, [value], outputs) }
      if layer.isResidual { value = append(.elementwise(.add), [before, value], outputs) }
      width = outputs
    }
    return try Network(
      identity: ModelIdentity(name: "tiny", format: "generated", hash: ContentHash(of: [])),
      inputShape: .vector(inputCount), nodes: nodes, output: value)
  }

  private static func float(_ value: Rational) throws -> Float {
    struct NoFloat: Error {}
    guard let float = value.nearestFloat, Rational(float) == value else { throw NoFloat() }
    return float
  }
}
