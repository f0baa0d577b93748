import CertifiedBounds
import Diagnostics
import NetworkIR
import TestSupport
import Testing

@Suite struct LipschitzBoundTests {
  /// The bound of a network of one node, with its input as every operand.
  private func bound(
    _ operation: NetworkIR.Operation, _ dimensions: [Int], operands: Int = 1
  ) throws -> Double {
    try lipschitz(dimensions, [(operation, [Int](repeating: 0, count: operands))]).output.value
  }

  private func lipschitz(
    _ dimensions: [Int], _ steps: [(NetworkIR.Operation, [Int])]
  ) throws -> LipschitzBound {
    try LipschitzBound(of: network(dimensions, steps))
  }

  @Test func activationsHaveTheirConstants() throws {
    for operation: NetworkIR.Operation in [
      .relu, .absoluteValue, .tanh, .negation, .softplus, .celu(Celu(alpha: 3)),
      .clip(Clip(lower: -1, upper: 1)), .elu(Elu(alpha: -0.5)), .leakyRelu(LeakyRelu(slope: 0.5)),
    ] {
      #expect(try bound(operation, [4]) == 1, "\(operation)")
    }
    #expect(try bound(.sigmoid, [4]) == 0.25)
    #expect(try bound(.leakyRelu(LeakyRelu(slope: -2)), [4]) == 2)
    #expect(try bound(.elu(Elu(alpha: -2)), [4]) == 2)
    #expect(try bound(.hardSigmoid(HardSigmoid(alpha: -0.5, beta: 0.5)), [4]) == 0.5)
    #expect(try bound(.hardSwish, [4]) == 1.5)
    #expect(try bound(.selu(Selu(alpha: 2, gamma: 3)), [4]) >= 6)
    let slopes = Tensor<Float>(try shape(2), [0.5, -3])
    #expect(try bound(.pRelu(PRelu(slope: slopes)), [2]) == 3)
  }

  @Test func operatorsWithoutAConstantAreErrorsThatNameTheNode() throws {
    let power = try #require(Power(exponent: 2))
    for (operation, operands) in [
      (NetworkIR.Operation.exponential, [1]), (.logarithm, [1]), (.squareRoot, [1]), (.erf, [1]),
      (.power(power), [1]), (.gelu(Gelu(approximation: .none)), [1]), (.elementwise(.multiply), [1, 1]),
      (.elementwise(.divide), [1, 0]),
    ] {
      let failure = LipschitzFailure(
        node: "node 2", reason: .noConstant(operator: operation.implementation.text))
      #expect(throws: failure) { try lipschitz([3], [(.relu, [0]), (operation, operands)]) }
    }
    let inverse = ElementwiseWithConstant(.divide, constant: Tensor(try shape(1), [1]), on: .left)
    #expect(throws: LipschitzFailure.self) { try bound(.elementwiseWithConstant(inverse), [3]) }
  }

  @Test func elementsThatMoveKeepTheirDistance() throws {
    let three = try shape(3)
    #expect(try bound(.reshape(Reshape(to: shape(6))), [2, 3]) == 1)
    #expect(try bound(.transpose(Transpose(permutation: [1, 0])), [2, 3]) == 1)
    #expect(try bound(.pad(Pad(before: [2], after: [0], value: 7)), [3]) == 1)
    #expect(try bound(.slice(Slice(starts: [2], steps: [-1], counts: [2])), [3]) == 1)
    #expect(try bound(.gather(Gather(axis: 0, indices: [2, 0, 2, 2, 2])), [3]) >= 2)
    let add = ElementwiseWithConstant(
      .add, constant: Tensor(try shape(4, 3), [Float](repeating: 1, count: 12)), on: .left)
    // Repeated in four rows.
    #expect(try bound(.elementwiseWithConstant(add), [3]) >= 2)
    let multiply = ElementwiseWithConstant(.multiply, constant: Tensor(three, [1, -100, 2]), on: .left)
    #expect(try bound(.elementwiseWithConstant(multiply), [3]) == 100)
    let divide = ElementwiseWithConstant(.divide, constant: Tensor(three, [1, -0.25, 2]), on: .right)
    #expect(try bound(.elementwiseWithConstant(divide), [3]) >= 4)
  }

  @Test func sumsConcatenationsAndReductions() throws {
    #expect(try bound(.elementwise(.add), [3], operands: 2) >= 2)
    #expect(try bound(.elementwise(.subtract), [3], operands: 2) >= 2)
    let four = try bound(.concatenate(Concatenate(axis: 0, operandCount: 4)), [3], operands: 4)
    #expect(four >= 2 && four < 2 + 1e-9)
    #expect(try bound(.reduction(Reduction(kind: .sum, axes: [1])), [2, 9]) >= 3)
    #expect(try bound(.reduction(Reduction(kind: .mean, axes: [1])), [2, 16]) >= 0.25)
    #expect(try bound(.reduction(Reduction(kind: .mean, axes: [1])), [2, 16]) < 0.2501)
    #expect(try bound(.reduction(Reduction(kind: .maximum, axes: [0])), [2, 16]) == 1)
  }

  @Test func minMaxKeepsDistances() throws {
    let (least, most) = (
      Reduction(kind: .minimum, axes: [2]), Reduction(kind: .maximum, axes: [2])
    )
    let join = NetworkIR.Operation.concatenate(Concatenate(axis: 2, operandCount: 2))
    #expect(
      try lipschitz([1, 3, 2], [(.reduction(least), [0]), (.reduction(most), [0]), (join, [1, 2])])
        .output.value == 1)
    // One element a group comes twice.
    #expect(
      try lipschitz([1, 3, 1], [(.reduction(least), [0]), (.reduction(most), [0]), (join, [1, 2])])
        .output.value >= 2.0.squareRoot())
    // Twice the maximum is not a pair.
    #expect(
      try lipschitz([1, 3, 2], [(.reduction(most), [0]), (.reduction(most), [0]), (join, [1, 2])])
        .output.value >= 2.0.squareRoot())
    // Halves of a vector, as Split gives them.
    func slice(_ start: Int) -> NetworkIR.Operation {
      .slice(Slice(starts: [start], steps: [1], counts: [3]))
    }
    let halves: [(NetworkIR.Operation, [Int])] = [
      (slice(0), [0]), (slice(3), [0]), (.elementwise(.maximum), [1, 2]), (.elementwise(.minimum), [2, 1]),
      (.concatenate(Concatenate(axis: 0, operandCount: 2)), [3, 4]),
    ]
    #expect(try lipschitz([6], halves).output.value == 1)
    var overlapping = halves
    overlapping[1].0 = slice(2)
    #expect(try lipschitz([6], overlapping).output.value >= 2.0.squareRoot())
  }

  @Test func poolings() throws {
    func pool(
      _ kind: Pooling.Kind, _ kernel: Int, _ stride: Int, pad: Int = 0, size: Int
    ) throws -> Double {
      let pooling = Pooling(
        kind: kind, kernel: [kernel, kernel], strides: [stride, stride], dilations: [1, 1],
        padsBefore: [pad, pad], padsAfter: [pad, pad])
      return try bound(.pooling(pooling), [1, size, size, 2])
    }
    // An element in nine windows moves nine outputs.
    let overlap = try pool(.maximum, 3, 1, size: 8)
    #expect(overlap >= 3 && overlap < 3 + 1e-9)
    #expect(try pool(.maximum, 2, 2, size: 8) == 1)
    let disjoint = try pool(.average(countsPadding: true), 2, 2, size: 8)
    #expect(disjoint >= 0.5 && disjoint < 0.5 + 1e-8)
    // A window at a corner that sees four elements divides by four, or by nine.
    let excluded = try pool(.average(countsPadding: false), 3, 1, pad: 1, size: 2)
    #expect(excluded >= 1 && excluded < 1 + 1e-8)
    let included = try pool(.average(countsPadding: true), 3, 1, pad: 1, size: 2)
    #expect(included >= 4.0 / 9 && included < 4.0 / 9 + 1e-8)
  }

  @Test func averagesOfALongDimension() throws {
    for (size, stride) in [(700, 1), (1400, 2)] {
      let pooling = Pooling(
        kind: .average(countsPadding: true), kernel: [2], strides: [stride], dilations: [1], padsBefore: [0],
        padsAfter: [0])
      let exact = stride == 1 ? 1.0 : 0.5.squareRoot()
      let found = try bound(.pooling(pooling), [1, size, 1])
      #expect(found >= exact * (1 - 1e-5) && found < exact * (1 + 1e-9))
    }
  }

  /// Random networks on random pairs of inputs: no distance grows by more than the bounds say.
  @Test(arguments: 0..<UInt64(sampleCount(60, full: 2_000)))
  func distancesGrowByNoMoreThanTheBounds(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let network = try randomNetwork(&generator)
    let bound = try LipschitzBound(of: network)
    let count = network.outputCount
    for _ in 0..<50 {
      let x = (0..<network.inputCount).map { _ in Float(normal(&generator)) }
      let step = Float.random(in: 0...2, using: &generator)
      let y = x.map { $0 + step * Float(normal(&generator)) }
      let distance = zip(x, y).reduce(0) {
        $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
      }
      .squareRoot()
      let (fx, fy) = (network.evaluate(x), network.evaluate(y))
      // The evaluation rounds; the bounds are about the network without rounding.
      let most = (distance + 1e-4) * (1 + 1e-4)
      let moved = zip(fx, fy).map { Double($0) - Double($1) }
      #expect(moved.reduce(0) { $0 + $1 * $1 }.squareRoot() <= bound.output.value * most)
      for i in 0..<count {
        for j in 0..<count {
          #expect((moved[i] - moved[j]).magnitude <= bound.pairwise[i * count + j].value * most)
        }
      }
    }
  }

  @Test func pairsThroughTheLastLayer() throws {
    let last = Affine(
      inputCount: 2, outputCount: 3, weights: [1, 1, 4, 2, 2, 6], bias: [0, 1_000_000, -1_000_000])
    let bound = try lipschitz([2], [(.relu, [0]), (.affine(last), [1])])
    #expect(bound.pairwise[1] == .zero && bound.pairwise[3] == .zero && bound.pairwise[4] == .zero)
    #expect(bound.pairwise[2].value >= 5 && bound.pairwise[2].value < 5 + 1e-12)
    #expect(bound.pairwise[2] == bound.pairwise[6])
    // Not the scores themselves: the general bound.
    let general = try lipschitz([2], [(.affine(last), [0]), (.relu, [1])])
    #expect(general.pairwise[1].value >= general.output.value * 2.0.squareRoot())
    #expect(general.pairwise[0] == .zero)
  }
}
