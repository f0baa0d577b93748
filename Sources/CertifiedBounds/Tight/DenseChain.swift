import NetworkIR

/// A network whose outputs are V phi_n(W_n ... phi_1(W_1 x + b_1) ... + b_n) + c, with one activation phi between two
/// dense layers. Biases and other constants that are added are left out.
public struct DenseChain: Sendable {
  /// What is known of an activation.
  enum Activation: Sendable {
    /// Element by element, with no slope below 0 or above 1.
    case slopes
    /// Elements 2 g and 2 g + 1 of the result are the smaller and the larger of elements 2 g and 2 g + 1.
    case pairs
  }

  struct Layer: Sendable {
    /// Outputs x inputs: binary32 numbers times a power of two.
    let weights: RealMatrix
    let activation: Activation
  }

  let layers: [Layer]
  /// V, outputs x inputs.
  let last: RealMatrix

  /// `nil` for any other network.
  public init?(_ network: Network) {
    var steps: [Step] = []
    var value = network.output
    while let position = value.nodePosition {
      guard let (step, operand) = Step.leading(to: network.nodes[position], in: network) else { return nil }
      steps += step.map { [$0] } ?? []
      value = operand
    }
    var builder = Builder()
    for step in steps.reversed() { guard builder.append(step) else { return nil } }
    guard !builder.layers.isEmpty, builder.activation == nil, let last = builder.weights else { return nil }
    layers = builder.layers
    self.last = last
  }
}

/// What leads from one value of a chain to its result.
private enum Step {
  case affine(Affine)
  /// Slopes are at least 0 and at most this, a power of two that is at most 1.
  case slopes(upTo: Double)
  case pairs(SortedPairs)

  /// - Returns: no step where nothing but an order of dimensions or a constant is between the operand and the node's
  ///   result; `nil` if the node is no part of a chain.
  static func leading(to node: Node, in network: Network) -> (Step?, ValueID)? {
    let operand = node.operands[0]
    let isWhole = network.shape(of: operand).elementCount == node.shape.elementCount
    switch node.operation {
    case .affine(let affine): return affine.rows == 1 ? (.affine(affine), operand) : nil
    case .reshape: return (nil, operand)
    case .relu, .tanh, .clip, .softplus, .celu: return (.slopes(upTo: 1), operand)
    case .sigmoid: return (.slopes(upTo: 0.25), operand)
    case .leakyRelu(let leaky): return (0...1).contains(leaky.slope) ? (.slopes(upTo: 1), operand) : nil
    case .elu(let elu): return (0...1).contains(elu.alpha) ? (.slopes(upTo: 1), operand) : nil
    case .pRelu(let prelu):
      let isMonotone = prelu.slope.elements.allSatisfy { (0...1).contains($0) }
      return isMonotone ? (.slopes(upTo: 1), operand) : nil
    case .elementwiseWithConstant(let elementwise):
      guard isWhole else { return nil }
      switch elementwise.elementwise {
      case .add: return (nil, operand)
      case .subtract: return elementwise.constantSide == .right ? (nil, operand) : nil
      case .minimum, .maximum: return (.slopes(upTo: 1), operand)
      case .multiply, .divide: return nil
      }
    case .concatenate:
      guard let (pairs, source) = SortedPairs.source(of: node, in: network) else { return nil }
      return (.pairs(pairs), source)
    case .absoluteValue, .convolution, .elementwise, .erf, .exponential, .gather, .gelu, .gru, .hardSigmoid,
      .hardSwish, .logarithm, .lstm, .negation, .pad, .pooling, .power, .reduction, .selu, .slice,
      .squareRoot,
      .transpose:
      return nil
    }
  }
}

/// Puts the steps of a chain together, from the input on.
private struct Builder {
  private(set) var layers: [DenseChain.Layer] = []
  /// Of the layer whose activation is not complete; `nil` before the first.
  private(set) var weights: RealMatrix?
  private(set) var activation: DenseChain.Activation?
  /// Which element of the last activation's result each input of the next layer is; as it is if `nil`.
  private var order: [Int]?

  /// - Returns: whether the step fits.
  mutating func append(_ step: Step) -> Bool {
    switch step {
    case .affine(let affine):
      if let weights {
        guard let activation else { return false }
        layers.append(DenseChain.Layer(weights: weights, activation: activation))
      }
      weights = rows(of: affine)
      activation = nil
      order = nil
      return weights != nil
    case .slopes(let limit):
      // Several activations are one, with slopes no larger than the first one's.
      guard let weights, activation != .pairs else { return false }
      if activation == nil { self.weights = weights.scaled(byPowerOfTwo: Int(limit.exponent)) }
      activation = .slopes
      return true
    case .pairs(let pairs):
      guard let weights, activation == nil, pairs.sources.count == weights.rows else { return false }
      self.weights = weights.rows(pairs.sources)
      activation = .pairs
      order = pairs.results
      return true
    }
  }

  /// The weights, outputs x inputs, with the inputs in the order of the activation's elements.
  private func rows(of affine: Affine) -> RealMatrix? {
    let order = order ?? Array(0..<affine.inputCount)
    guard order.count == affine.inputCount else { return nil }
    let elements = (0..<affine.outputCount).flatMap { output in
      order.map { affine.weight(input: $0, output: output) }
    }
    return try? RealMatrix(rows: affine.outputCount, columns: affine.inputCount, elements: elements)
  }
}
