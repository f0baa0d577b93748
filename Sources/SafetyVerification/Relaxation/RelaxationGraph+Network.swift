// Trusted: the graph computes the network's real function, and roundings are those of the operators' documentation.
import NetworkIR

extension RelaxationGraph {
  /// - Throws: for the first operator without a relaxation.
  convenience init(_ network: Network) throws(RelaxationFailure) {
    var builder = GraphBuilder(network)
    for node in network.nodes { try builder.add(node) }
    self.init(
      counts: builder.counts, steps: builder.steps, output: builder.values[network.output.index])
  }
}

private struct GraphBuilder {
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
  private static let unit = 0x1p-24
  private static let underflow = 0x1p-149
  /// One operation.
  private static let single = Rounding(relative: unit, absolute: underflow)

  /// g(k) = k u / (1 - k u), rounded up.
  private static func gamma(_ count: Int) -> Double {
    count < 1 << 22 ? Double(count) * unit / (1 - Double(count) * unit) * (1 + 0x1p-50) : .infinity
  }

  /// Of a sum of products with a bias: `SumRounding`, with what it charges to the result charged to the terms.
  private func sumRounding(_ count: Int) -> Rounding {
    let underflow = Double(count) * Self.underflow
    switch network.semantics {
    case .contractOff: return Rounding(relative: Self.gamma(count + 1), absolute: underflow)
    case .fma: return Rounding(relative: Self.gamma(count), absolute: underflow)
    case .binary64Sums:
      return Rounding(
        relative: Double(count + 2) * 0x1p-53 * (1 + 0x1p-20) + Self.unit, absolute: Self.underflow)
    }
  }

  private mutating func append(_ step: RelaxationGraph.Step, count: Int) -> Int {
    steps.append(step)
    counts.append(count)
    return counts.count - 1
  }

  private mutating func linear(
    _ operands: [(value: Int, map: LinearMap)], bias: [Double]? = nil, count: Int, _ rounding: Rounding
  ) -> Int {
    let bias = Numbers(bias ?? [Double](repeating: 0, count: count))
    return append(
      .linear(RelaxationGraph.Linear(operands: operands, bias: bias, rounding: rounding)), count: count)
  }

  /// The function is applied to a linear step's result that no other function is applied to; where `value` is none, to a
  /// copy.
  private mutating func activation(_ activation: Activation, of value: Int) -> Int {
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

  private mutating func relu(_ value: Int) -> Int {
    activation(.leaky(slopes: Numbers(counts[value]), rounds: false), of: value)
  }

  mutating func add(_ node: Node) throws(RelaxationFailure) {
    let operands = node.operands.map { values[$0.index] }
    let shapes = node.operands.map { network.shape(of: $0) }
    values.append(try value(of: node, operands, shapes))
  }

  private mutating func value(
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
      return linear([(operands[0], .sparse(map))], bias: bias, count: count, sumRounding(taps))
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

  private func failure(_ node: Node) -> RelaxationFailure {
    RelaxationFailure(node: node.name, operator: node.operation.implementation.text)
  }

  private mutating func affine(_ affine: Affine, _ operand: Int) -> Int {
    let rounding = sumRounding(affine.inputCount)
    let map: LinearMap
    if affine.rows == 1 {
      map = .dense(
        DenseMap(
          inputCount: affine.inputCount, outputCount: affine.outputCount, weights: affine.weights))
    } else {
      let rows = (0..<affine.rows).flatMap { row in
        (0..<affine.outputCount).map { output in
          (0..<affine.inputCount).map { input in
            (row * affine.inputCount + input, Double(affine.weight(input: input, output: output)))
          }
        }
      }
      map = .sparse(SparseMap(inputCount: counts[operand], rows: rows))
    }
    let bias = (0..<affine.rows).flatMap { _ in affine.bias.map(Double.init) }
    return linear([(operand, map)], bias: bias, count: bias.count, rounding)
  }

  /// A map that multiplies each element.
  private mutating func scaled(_ value: Int, by factor: Double, _ rounding: Rounding) -> Int {
    let rows = (0..<counts[value]).map { [(column: $0, value: factor)] }
    return linear(
      [(value, .sparse(SparseMap(inputCount: counts[value], rows: rows)))], count: counts[value], rounding)
  }

  /// Each window's elements from `value`, added, and divided by `divisor` of how many they are.
  private mutating func averages(_ windows: [[Int]], of value: Int, _ divisor: (Int) -> Int) -> Int {
    let rows = windows.map { window in window.map { (column: $0, value: 1 / Double(divisor(window.count))) } }
    let longest = windows.map(\.count).max() ?? 0
    // The program divides a sum that is as many times the average.
    let largestDivisor = windows.map { max($0.count, divisor($0.count)) }.max() ?? 0
    // One more for the weight itself, which is rounded here.
    return linear(
      [(value, .sparse(SparseMap(inputCount: counts[value], rows: rows)))], count: windows.count,
      Rounding(
        relative: Self.gamma(longest + 1), absolute: Self.underflow, largestStep: Double(largestDivisor)))
  }

  /// Each window's largest element: of two, a + relu(b - a). The program compares, which rounds nothing.
  private mutating func largest(_ windows: [[Int]], of value: Int) -> Int {
    let length = windows.map(\.count).max() ?? 1
    func picked(_ position: Int) -> LinearMap {
      let indices = windows.map { Optional($0[min(position, $0.count - 1)]) }
      return .sparse(SparseMap(picking: indices, of: counts[value]))
    }
    var candidates = (0..<length).map { linear([(value, picked($0))], count: windows.count, .exact) }
    while candidates.count > 1 {
      var next: [Int] = []
      for index in stride(from: 0, to: candidates.count - 1, by: 2) {
        next.append(larger(candidates[index], candidates[index + 1]))
      }
      if candidates.count % 2 == 1, let last = candidates.last { next.append(last) }
      candidates = next
    }
    return candidates[0]
  }

  private mutating func larger(_ a: Int, _ b: Int) -> Int {
    let difference = sum([(b, 1), (a, -1)], .exact)
    return sum([(a, 1), (relu(difference), 1)], .exact)
  }

  /// The sum of values, element by element, each times a factor.
  private mutating func sum(
    _ terms: [(value: Int, factor: Double)], bias: [Double]? = nil, _ rounding: Rounding
  ) -> Int {
    let count = counts[terms[0].value]
    let operands = terms.map { term in
      let rows = (0..<count).map { [(column: $0, value: term.factor)] }
      return (term.value, LinearMap.sparse(SparseMap(inputCount: count, rows: rows)))
    }
    return linear(operands, bias: bias, count: count, rounding)
  }

  /// max(lower, min(upper, z)) = lower + relu(z - lower) - relu(z - upper), where lower <= upper.
  private mutating func clipped(_ value: Int, _ clip: Clip) -> Int {
    let count = counts[value]
    func shifted(_ bound: Float) -> Int {
      relu(sum([(value, 1)], bias: [Double](repeating: -Double(bound), count: count), .exact))
    }
    func constants(_ bound: Float) -> [Double] { [Double](repeating: Double(bound), count: count) }
    switch (clip.lower, clip.upper) {
    case (nil, nil): return value
    case (let lower?, nil): return sum([(shifted(lower), 1)], bias: constants(lower), .exact)
    case (nil, let upper?): return sum([(value, 1), (shifted(upper), -1)], .exact)
    case (let lower?, let upper?) where lower > upper:
      return sum([(value, 0)], bias: constants(upper), .exact)
    case (let lower?, let upper?):
      return sum([(shifted(lower), 1), (shifted(upper), -1)], bias: constants(lower), .exact)
    }
  }

  private mutating func pairs(
    _ operation: ElementwiseOperator, _ node: Node, _ operands: [Int], _ shapes: [TensorShape]
  ) throws(RelaxationFailure) -> Int {
    let values = (0..<2).map { broadcast(operands[$0], shapes[$0], to: node.shape) }
    let (a, b) = (values[0], values[1])
    let rounding = Rounding(relative: Self.unit, absolute: 0)
    switch operation {
    case .add: return sum([(a, 1), (b, 1)], rounding)
    case .subtract: return sum([(a, 1), (b, -1)], rounding)
    case .maximum: return larger(a, b)
    case .minimum:
      let difference = sum([(a, 1), (b, -1)], .exact)
      return sum([(a, 1), (relu(difference), -1)], .exact)
    case .multiply, .divide: throw failure(node)
    }
  }

  private mutating func withConstant(
    _ operation: ElementwiseWithConstant, _ node: Node, _ operand: Int, _ shape: TensorShape
  ) throws(RelaxationFailure) -> Int {
    let value = broadcast(operand, shape, to: node.shape)
    let constants = operation.constant.broadcast(to: node.shape).map(Double.init)
    let addition = Rounding(relative: Self.unit, absolute: 0)
    let isLeft = operation.constantSide == .left
    func times(_ factors: [Double], _ rounding: Rounding) -> Int {
      let rows = factors.enumerated().map { [(column: $0.offset, value: $0.element)] }
      return linear(
        [(value, .sparse(SparseMap(inputCount: factors.count, rows: rows)))], count: factors.count, rounding)
    }
    switch operation.elementwise {
    case .add: return sum([(value, 1)], bias: constants, addition)
    case .subtract:
      return isLeft
        ? sum([(value, -1)], bias: constants, addition)
        : sum([(value, 1)], bias: constants.map { -$0 }, addition)
    case .multiply: return times(constants, Self.single)
    case .divide:
      if isLeft { throw failure(node) }
      // The quotients 1 / c are rounded here: charged as a second rounding.
      return times(
        constants.map { 1 / $0 }, Rounding(relative: Self.gamma(2), absolute: Self.underflow))
    case .maximum:
      let excess = sum([(value, 1)], bias: constants.map { -$0 }, .exact)
      return sum([(relu(excess), 1)], bias: constants, .exact)
    case .minimum:
      let excess = sum([(value, 1)], bias: constants.map { -$0 }, .exact)
      return sum([(value, 1), (relu(excess), -1)], .exact)
    }
  }

  private mutating func broadcast(_ value: Int, _ shape: TensorShape, to target: TensorShape) -> Int {
    if shape.elementCount == target.elementCount { return value }
    let indices = Tensor(shape, Array(0..<shape.elementCount)).broadcast(to: target)
    return linear(
      [(value, .sparse(SparseMap(picking: indices, of: shape.elementCount)))], count: indices.count, .exact)
  }

  /// An operator that moves elements: told by what it does to their numbers.
  private mutating func moved(_ node: Node, _ operands: [Int], _ shapes: [TensorShape]) -> Int {
    let picked = indices(of: node.operation, shapes)
    var maps: [(value: Int, map: LinearMap)] = []
    var start = 0
    for (operand, shape) in zip(operands, shapes) {
      let end = start + shape.elementCount
      let own = picked.map { $0 >= start && $0 < end ? Optional($0 - start) : nil }
      maps.append((operand, .sparse(SparseMap(picking: own, of: shape.elementCount))))
      start = end
    }
    return linear(maps, count: picked.count, .exact)
  }

  /// Which element each of the result's elements is, the operands' counted on. A network's elements are fewer than
  /// 2^26; numbers beyond 2^24 would not be exact, so they are told apart in two digits.
  private func indices(of operation: Operation, _ shapes: [TensorShape]) -> [Int] {
    let base = 1 << 12
    var start = 0
    var low: [Tensor<Float>] = []
    var high: [Tensor<Float>] = []
    for shape in shapes {
      low.append(Tensor(shape, (0..<shape.elementCount).map { Float((start + $0) % base) }))
      high.append(Tensor(shape, (0..<shape.elementCount).map { Float((start + $0) / base) }))
      start += shape.elementCount
    }
    let implementation = operation.implementation
    let digits = [low, high].map { implementation.evaluate($0, network.semantics) }
    return zip(digits[0], digits[1]).map { $1 < 0 ? -1 : Int($1) * base + Int($0) }
  }

  /// For each element of the result the operand's elements that are reduced to it.
  private func reducedIndices(_ reduction: Reduction, _ shape: TensorShape) -> [[Int]] {
    let dimensions = shape.dimensions
    let kept = dimensions.indices.filter { !reduction.axes.contains($0) }
    let order = StridedView(whole: dimensions).permuted(kept + reduction.axes)
      .read(Array(0..<shape.elementCount))
    let count = reduction.axes.reduce(1) { $0 * dimensions[$1] }
    return stride(from: 0, to: order.count, by: count).map { Array(order[$0..<$0 + count]) }
  }
}

/// For each element of the result, channels last, the operand's elements of the same channel in its window.
private func windowIndices(_ window: SpatialWindow, _ operand: TensorShape, _ result: TensorShape) -> [[Int]]
{
  let channels = operand.dimensions[operand.dimensions.count - 1]
  return windowPlaces(window, operand, result).flatMap { places in
    (0..<channels).map { channel in places.compactMap { $0 }.map { $0 * channels + channel } }
  }
}

/// For each place of the result, row by row, the operand's place that each tap sees; `nil` for padding.
private func windowPlaces(_ window: SpatialWindow, _ operand: TensorShape, _ result: TensorShape) -> [[Int?]]
{
  let rank = window.kernel.count
  let sizes = Array(operand.dimensions[1...rank])
  var places: [[Int?]] = [[0]]
  // Dimension by dimension: places and taps so far, times those of the next one.
  for dimension in 0..<rank {
    let steps = (0..<result.dimensions[dimension + 1]).map { output in
      (0..<window.kernel[dimension]).map { tap -> Int? in
        let index =
          output * window.strides[dimension] - window.padsBefore[dimension] + tap
          * window.dilations[dimension]
        return index >= 0 && index < sizes[dimension] ? index : nil
      }
    }
    places = places.flatMap { outer in
      steps.map { inner in
        outer.flatMap { place in
          inner.map { step in place.flatMap { place in step.map { place * sizes[dimension] + $0 } } }
        }
      }
    }
  }
  return places
}

extension SparseMap {
  /// A convolution of an operand of shape `operand`.
  fileprivate convenience init(_ convolution: Convolution, _ operand: TensorShape, _ result: TensorShape) {
    let inputs = convolution.inputChannels / convolution.groups
    let outputs = convolution.outputChannels / convolution.groups
    let rows = windowPlaces(convolution.window, operand, result).flatMap { places in
      (0..<convolution.outputChannels).map { output in
        var row: [(column: Int, value: Double)] = []
        for (tap, place) in places.enumerated() {
          guard let place else { continue }
          for input in 0..<inputs {
            let weight = convolution.weights[(tap * inputs + input) * convolution.outputChannels + output]
            if weight == 0 { continue }
            row.append(
              (place * convolution.inputChannels + output / outputs * inputs + input, Double(weight)))
          }
        }
        return row
      }
    }
    self.init(inputCount: operand.elementCount, rows: rows)
  }
}
