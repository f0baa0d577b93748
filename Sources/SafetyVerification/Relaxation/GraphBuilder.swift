// Trusted: the graph computes the network's real function, and roundings are those of the operators' documentation.
import CertifiedBounds
import NetworkIR

/// Makes the graph, node by node.
struct GraphBuilder {
  let network: Network
  var counts: [Int]
  var steps: [RelaxationGraph.Step] = []
  /// By the network's values, the graph's.
  var values: [Int] = [0]
  /// What functions are applied to.
  private var activated: Set<Int> = []

  init(_ network: Network) {
    self.network = network
    counts = [network.inputCount]
  }

  typealias Rounding = RelaxationGraph.Rounding
  /// One operation.
  static let single = Rounding(relative: SingleRounding.unit.value, absolute: SingleRounding.underflow.value)

  /// Of a sum of products with a bias, with what is charged to the result charged to the terms.
  static func sumRounding(_ semantics: FloatSemantics, _ count: Int) -> Rounding {
    let rounding = SumRounding(semantics, count: count)
    return Rounding(
      relative: (rounding.relative + rounding.ofResult).value, absolute: rounding.absolute.value)
  }

  mutating func append(_ step: RelaxationGraph.Step, count: Int) -> Int {
    steps.append(step)
    counts.append(count)
    return counts.count - 1
  }

  mutating func linear(
    _ operands: [(value: Int, map: LinearMap)], bias: [Double]? = nil, count: Int, _ rounding: Rounding
  ) -> Int {
    let bias = Numbers(bias ?? [Double](repeating: 0, count: count))
    return append(
      .linear(RelaxationGraph.Linear(operands: operands, bias: bias, rounding: rounding)), count: count)
  }

  /// The function is applied to a linear step's result that no other function is applied to; where `value` is none, to a
  /// copy.
  mutating func activation(_ activation: Activation, of value: Int) -> Int {
    var operand = value
    let isFresh: Bool
    if value > 0, case .linear = steps[value - 1] {
      isFresh = activated.insert(value).inserted
    } else {
      isFresh = false
    }
    if !isFresh {
      operand = sum([(value, 1)], .exact)
      activated.insert(operand)
    }
    return append(.activation(activation, of: operand), count: counts[operand])
  }

  mutating func relu(_ value: Int) -> Int {
    activation(.leaky(slopes: Numbers(counts[value]), rounds: false), of: value)
  }

  mutating func add(_ node: Node) throws(RelaxationFailure) {
    let operands = node.operands.map { values[$0.index] }
    let shapes = node.operands.map { network.shape(of: $0) }
    values.append(try value(of: node, operands, shapes))
  }

  mutating func value(
    of node: Node, _ operands: [Int], _ shapes: [TensorShape]
  ) throws(RelaxationFailure) -> Int {
    let count = node.shape.elementCount
    switch node.operation {
    case .reshape: return operands[0]
    case .transpose, .slice, .gather, .concatenate: return moved(node, operands, shapes)
    case .pad(let pad):
      let marked = Operation.pad(Pad(before: pad.before, after: pad.after, value: -1))
      let indices = indices(of: marked, shapes).map { $0 < 0 ? nil : $0 }
      let map = SparseMap(picking: indices, of: counts[operands[0]])
      return linear(
        [(operands[0], .sparse(map))], bias: indices.map { $0 == nil ? Double(pad.value) : 0 }, count: count,
        .exact)
    case .affine(let affine): return self.affine(affine, operands[0])
    case .convolution(let convolution):
      let map = SparseMap(convolution, shapes[0], node.shape)
      let places = count / convolution.outputChannels
      let bias = (0..<places).flatMap { _ in convolution.bias.map(Double.init) }
      let taps = convolution.window.kernel.reduce(1, *) * (convolution.inputChannels / convolution.groups)
      return linear(
        [(operands[0], .sparse(map))], bias: bias, count: count, Self.sumRounding(network.semantics, taps))
    case .pooling(let pooling):
      let windows = windowIndices(pooling.window, shapes[0], node.shape)
      switch pooling.kind {
      case .maximum: return largest(windows, of: operands[0])
      case .average(let countsPadding):
        let size = pooling.window.kernel.reduce(1, *)
        return averages(windows, of: operands[0]) { countsPadding ? size : $0 }
      }
    case .reduction(let reduction):
      let windows = reducedIndices(reduction, shapes[0])
      switch reduction.kind {
      case .sum: return averages(windows, of: operands[0]) { _ in 1 }
      case .mean: return averages(windows, of: operands[0]) { $0 }
      case .maximum: return largest(windows, of: operands[0])
      case .minimum:
        return scaled(largest(windows, of: scaled(operands[0], by: -1, .exact)), by: -1, .exact)
      }
    case .relu: return relu(operands[0])
    case .leakyRelu(let leaky):
      let slopes = Numbers(count, repeating: Double(leaky.slope))
      return activation(.leaky(slopes: slopes, rounds: true), of: operands[0])
    case .pRelu(let prelu):
      let slopes = Numbers(prelu.slope.broadcast(to: node.shape).map(Double.init))
      return activation(.leaky(slopes: slopes, rounds: true), of: operands[0])
    case .absoluteValue:
      return activation(.leaky(slopes: Numbers(count, repeating: -1), rounds: false), of: operands[0])
    case .negation: return scaled(operands[0], by: -1, .exact)
    case .clip(let clip): return clipped(operands[0], clip)
    case .sigmoid: return activation(.sigmoid, of: operands[0])
    case .tanh: return activation(.tanh, of: operands[0])
    case .elementwise(let elementwise): return try pairs(elementwise, node, operands, shapes)
    case .elementwiseWithConstant(let elementwise):
      return try withConstant(elementwise, node, operands[0], shapes[0])
    case .celu, .elu, .erf, .exponential, .gelu, .gru, .hardSigmoid, .hardSwish, .logarithm, .lstm, .power,
      .selu, .softplus, .squareRoot:
      throw failure(node)
    }
  }

  func failure(_ node: Node) -> RelaxationFailure {
    RelaxationFailure(node: node.name, operator: node.operation.implementation.text)
  }

  mutating func larger(_ a: Int, _ b: Int) -> Int {
    let difference = sum([(b, 1), (a, -1)], .exact)
    return sum([(a, 1), (relu(difference), 1)], .exact)
  }

  /// The sum of values, element by element, each times a factor.
  mutating func sum(
    _ terms: [(value: Int, factor: Double)], bias: [Double]? = nil, _ rounding: Rounding
  ) -> Int {
    let count = counts[terms[0].value]
    let operands = terms.map { term in
      let rows = (0..<count).map { [(column: $0, value: term.factor)] }
      return (term.value, LinearMap.sparse(SparseMap(inputCount: count, rows: rows)))
    }
    return linear(operands, bias: bias, count: count, rounding)
  }
}
