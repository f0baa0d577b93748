import NetworkIR

/// What one node's own roundings cost at most: the Euclidean distance between what the program computes for operands V
/// and the real function of the same V.
///
/// With u = 2^-24, one operation on binary32 numbers is off by at most u |z| + t for a result z, where t <= 2^-150 is
/// zero for sums and differences. So a vector Z of single roundings is off by at most u ||Z|| + t sqrt n.
struct NodeRounding {
  let error: UpperBound
  /// A bound of the magnitude of every number that is computed on the way to the result.
  let largestStep: UpperBound

  static let exact = NodeRounding(error: .zero, largestStep: .zero)

  /// - Parameters:
  ///   - operands: norms of V.
  ///   - result: of the real function of V, from the operands' norms and the node's Lipschitz rule.
  /// - Throws: for an operator without a proved bound.
  init(
    of node: Node, in network: Network, operands: [UpperBound], result: UpperBound
  ) throws(ExecutionFailure) {
    let unit = SingleRounding.unit
    let ones = node.rootOfCount
    let underflow = SingleRounding.underflow * ones
    /// One product or quotient an element.
    let rounded = NodeRounding(error: unit * result + underflow, largestStep: .zero)
    switch node.operation {
    // Elements move, or one of two is chosen, or a sign changes.
    case .absoluteValue, .clip, .concatenate, .gather, .negation, .pad, .relu, .reshape, .slice, .transpose:
      self = .exact
    case .elementwise(let elementwise):
      switch elementwise {
      case .minimum, .maximum: self = .exact
      case .add, .subtract, .multiply, .divide: self = rounded
      }
    case .elementwiseWithConstant(let elementwise):
      switch elementwise.elementwise {
      case .minimum, .maximum: self = .exact
      case .add, .subtract, .multiply, .divide: self = rounded
      }
    // The negative elements are rounded products.
    case .leakyRelu, .pRelu: self = rounded
    case .affine(let affine):
      let rounding = SumRounding(network.semantics, count: affine.inputCount)
      let magnitudes = node.normAtZero + absoluteNormUpperBound(of: affine) * operands[0]
      self.init(sums: rounding, magnitudes, result, ones)
    case .convolution(let convolution):
      let taps = convolution.window.kernel.reduce(1, *)
      let rounding = SumRounding(
        network.semantics, count: taps * (convolution.inputChannels / convolution.groups))
      let magnitudes = node.normAtZero + absoluteNormUpperBound(of: convolution) * operands[0]
      self.init(sums: rounding, magnitudes, result, ones)
    case .pooling(let pooling):
      switch pooling.kind {
      case .maximum: self = .exact
      case .average:
        self.init(averages: pooling.window.kernel.reduce(1, *), operands[0], result, underflow)
      }
    case .reduction(let reduction):
      let count = reduction.axes.reduce(1) { $0 * network.shape(of: node.operands[0]).dimensions[$1] }
      switch reduction.kind {
      case .minimum, .maximum: self = .exact
      case .sum, .mean: self.init(averages: count, operands[0], result, underflow)
      }
    case .celu, .elu, .hardSigmoid, .hardSwish, .selu, .sigmoid, .softplus, .tanh:
      self.init(activation: node.operation, operands[0], result, ones)
    case .erf, .exponential, .gelu, .gru, .logarithm, .lstm, .power, .squareRoot:
      throw ExecutionFailure(
        node: node.name, reason: .noBound(operator: node.operation.implementation.text))
    }
  }

  init(error: UpperBound, largestStep: UpperBound) {
    self.error = error
    self.largestStep = largestStep
  }

  /// Sums of products; no partial sum is above twice the sum of the magnitudes (g <= 1).
  private init(
    sums rounding: SumRounding, _ magnitudes: UpperBound, _ result: UpperBound, _ ones: UpperBound
  ) {
    error = rounding.error(magnitudes: magnitudes, result: result, sums: ones)
    largestStep = UpperBound(2) * magnitudes + error
  }

  /// Sums of at most `count` elements, perhaps divided by their number: each element passes through `count` roundings at
  /// most, as the first sum, 0 + x, is exact. The sums (or averages) of the magnitudes have the norm `result` at most,
  /// too: that bound is the map's factor times ||V||, and V and |V| have one norm. A number of elements up to 2^23 is a
  /// binary32 number.
  private init(averages count: Int, _ operand: UpperBound, _ result: UpperBound, _ underflow: UpperBound) {
    error = SingleRounding.gamma(count) * result + underflow
    largestStep = UpperBound(2) * UpperBound(count).squareRoot() * operand
  }
}
