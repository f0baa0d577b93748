import NetworkIR
import TestSupport

/// Generated networks: what moves data, with element-wise operators, affine maps, convolutions and pooling between.
struct RandomNetwork {
  private var generator: SplitMix64
  private var shapes: [TensorShape]
  private var nodes: [Node] = []
  /// Whether constants are small integers, whose sums and products are exact.
  private let isExact: Bool

  private init(seed: UInt64, isExact: Bool) {
    generator = SplitMix64(seed: seed)
    self.isExact = isExact
    shapes = []
    shapes = [random((0..<Int.random(in: 1...4, using: &generator)).map { _ in dimension() }, 1)]
  }

  /// - Parameter steps: how many nodes are tried.
  static func make(seed: UInt64, steps: Int = 10, isExact: Bool = false) throws -> Network {
    var random = RandomNetwork(seed: seed, isExact: isExact)
    for _ in 0..<steps { random.addNode() }
    return try network(random.shapes[0], random.nodes)
  }

  private mutating func dimension() -> Int { Int.random(in: 1...4, using: &generator) }

  private func random(_ dimensions: [Int], _ fallback: Int) -> TensorShape {
    TensorShape(dimensions) ?? .vector(fallback)
  }

  private mutating func floats(_ count: Int) -> [Float] {
    isExact
      ? (0..<count).map { _ in Float(Int.random(in: -3...3, using: &generator)) }
      : randomFloats(count, &generator)
  }

  private mutating func chance() -> Bool { Bool.random(using: &generator) }

  /// Appends a node, if the operator that was drawn fits the value that was drawn.
  private mutating func addNode() {
    // Mostly the value before, so that chains come about; also earlier ones, so that values are read twice.
    let value = chance() ? shapes.count - 1 : Int.random(in: 0..<shapes.count, using: &generator)
    guard let (operation, operands) = operation(on: value),
      let shape = try? operation.implementation.resultShape(of: operands.map { shapes[$0] }),
      shape.elementCount <= 600
    else { return }
    nodes.append(
      Node(
        name: "n\(nodes.count)", operation: operation, operands: operands.map { ValueID(index: $0) },
        shape: shape))
    shapes.append(shape)
  }

  private mutating func operation(on value: Int) -> (Operation, [Int])? {
    let shape = shapes[value]
    let dimensions = shape.dimensions
    let rank = dimensions.count
    if rank == 0 { return (.relu, [value]) }
    let axis = Int.random(in: 0..<rank, using: &generator)
    switch Int.random(in: 0..<14, using: &generator) {
    case 0, 1: return (.transpose(Transpose(permutation: (0..<rank).shuffled(using: &generator))), [value])
    case 2: return (.slice(slice(dimensions)), [value])
    case 3:
      let indices = (0..<dimension()).map { _ in Int.random(in: 0..<dimensions[axis], using: &generator) }
      return (.gather(Gather(axis: axis, indices: indices)), [value])
    case 4:
      let others = shapes.indices.filter {
        var other = shapes[$0].dimensions
        guard other.count == rank else { return false }
        other[axis] = dimensions[axis]
        return other == dimensions
      }
      let parts = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        others.randomElement(using: &generator) ?? value
      }
      return (.concatenate(Concatenate(axis: axis, operandCount: parts.count)), parts)
    case 5:
      let pads = dimensions.map { _ in (before: dimension() - 1, after: dimension() - 1) }
      return (.pad(Pad(before: pads.map(\.before), after: pads.map(\.after), value: floats(1)[0])), [value])
    case 6:
      let axes = (0..<rank).filter { _ in chance() }
      let kinds: [Reduction.Kind] = isExact ? [.sum, .maximum, .minimum] : Reduction.Kind.allCases
      return (
        .reduction(Reduction(kind: kinds.randomElement(using: &generator) ?? .sum, axes: axes)), [value]
      )
    case 7: return (.relu, [value])
    case 8:
      let kept = dimensions.map { chance() ? $0 : 1 }.drop { $0 == 1 && chance() }
      let constant = random(Array(kept), 1)
      return (
        .elementwiseWithConstant(
          ElementwiseWithConstant(
            elementwise(), constant: Tensor(constant, floats(constant.elementCount)),
            on: chance() ? .left : .right)), [value]
      )
    case 9:
      let fitting = shapes.indices.filter { shape.broadcast(with: shapes[$0]) != nil }
      return (.elementwise(elementwise()), [value, fitting.randomElement(using: &generator) ?? value])
    case 10: return (.reshape(Reshape(to: refactored(shape))), [value])
    case 11: return (.reshape(Reshape(to: random([1, shape.elementCount], 1))), [value])
    case 12:
      let inputs = dimensions[rank - 1]
      let outputs = dimension()
      return (
        .affine(
          Affine(
            inputCount: inputs, outputCount: outputs, rows: shape.elementCount / inputs,
            weights: floats(inputs * outputs), bias: floats(outputs))), [value]
      )
    default: return window(dimensions).map { ($0, [value]) }
    }
  }

  private mutating func elementwise() -> ElementwiseOperator {
    [.add, .subtract, .multiply, .minimum, .maximum][Int.random(in: 0..<5, using: &generator)]
  }

  private mutating func slice(_ dimensions: [Int]) -> Slice {
    var (starts, steps, counts): ([Int], [Int], [Int]) = ([], [], [])
    for size in dimensions {
      let start = Int.random(in: 0..<size, using: &generator)
      let step = [1, 1, 2, -1, -2][Int.random(in: 0..<5, using: &generator)]
      let room = step > 0 ? (size - 1 - start) / step : start / -step
      starts.append(start)
      steps.append(step)
      counts.append(Int.random(in: 1...(room + 1), using: &generator))
    }
    return Slice(starts: starts, steps: steps, counts: counts)
  }

  /// The same number of elements in other dimensions.
  private mutating func refactored(_ shape: TensorShape) -> TensorShape {
    var rest = shape.elementCount
    var dimensions: [Int] = []
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      let divisors = (1...rest).filter { rest % $0 == 0 }
      let divisor = divisors.randomElement(using: &generator) ?? 1
      dimensions.append(divisor)
      rest /= divisor
    }
    return random(dimensions + [rest], 1)
  }

  /// A convolution or a pooling, if the shape is that of one image.
  private mutating func window(_ dimensions: [Int]) -> Operation? {
    let rank = dimensions.count - 2
    guard (1...2).contains(rank), dimensions[0] == 1, let channels = dimensions.last else { return nil }
    let ones = [Int](repeating: 1, count: rank)
    let kernel = ones.map { _ in Int.random(in: 1...2, using: &generator) }
    let pads = kernel.map { $0 - 1 }
    if chance() {
      return .pooling(
        Pooling(
          kind: .maximum, kernel: kernel, strides: ones, dilations: ones, padsBefore: pads, padsAfter: pads))
    }
    let outputs = dimension()
    return .convolution(
      Convolution(
        inputChannels: channels, outputChannels: outputs, kernel: kernel, strides: ones, dilations: ones,
        padsBefore: pads, padsAfter: pads, groups: 1,
        weights: floats(kernel.reduce(channels * outputs, *)), bias: floats(outputs)))
  }
}
