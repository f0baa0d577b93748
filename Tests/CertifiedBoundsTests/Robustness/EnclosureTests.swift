import CertifiedBounds
import ExactArithmetic
import NetworkIR
import TestSupport
import Testing

/// Scores in binary64 with bounds of their errors, against the same scores in rationals.
@Suite struct EnclosureTests {
  /// Compares at random points.
  ///
  /// - Parameter tightness: how large an error's bound may be, relative to the largest score or 1.
  private func expectEnclosed(
    _ network: Network, seed: UInt64 = 1, points: Int = 20, tightness: Double = 1e-10
  ) throws {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<points {
      let scale: Double = [1e-30, 0.1, 1, 100, 1e20].randomElement(using: &generator) ?? 1
      let point = (0..<network.inputCount).map { index in
        index % 5 == 4 ? 0 : Float(normal(&generator) * scale)
      }
      let enclosure = try #require(network.enclosedScores(of: Enclosure(exactly: point)))
      let exact = try network.evaluateExactly(point.map { Rational($0) })
      let largest = enclosure.centers.reduce(1) { max($0, $1.magnitude) }
      for (index, score) in exact.enumerated() {
        let error = (score - Rational(enclosure.centers[index])).magnitude
        #expect(error <= Rational(enclosure.errors[index]))
        #expect(enclosure.errors[index] <= tightness * max(largest, scale * 1e6))
      }
    }
  }

  /// Puts a product before the operator, so that its operands are not exact.
  private func expectEnclosed(_ dimensions: [Int], _ operation: NetworkIR.Operation, operands: Int = 1) throws
  {
    let shape = try #require(TensorShape(dimensions))
    func product(_ start: Float) -> NetworkIR.Operation {
      let factors = (0..<shape.elementCount).map { start + Float($0) * 0.3 }
      return .elementwiseWithConstant(
        ElementwiseWithConstant(.multiply, constant: Tensor(shape, factors), on: .right))
    }
    // Twice, as a product of two binary32 numbers is exact in binary64.
    let steps: [(NetworkIR.Operation, [Int])] = [
      (product(-1.7), [0]), (product(0.9), [0]), (product(1.1), [1]), (product(0.7), [2]),
      (operation, Array([3, 4].prefix(operands))),
    ]
    try expectEnclosed(network(dimensions, steps))
  }

  @Test func everyRationalOperator() throws {
    let constant = Tensor<Float>(try shape(3), [0.1, -2.5, 7])
    let operations: [(NetworkIR.Operation, Int)] = [
      (.relu, 1), (.absoluteValue, 1), (.negation, 1), (.clip(Clip(lower: -0.5, upper: 0.7)), 1),
      (.clip(Clip(lower: nil, upper: 0.7)), 1), (.clip(Clip(lower: 1, upper: -1)), 1),
      (.leakyRelu(LeakyRelu(slope: -2)), 1), (.leakyRelu(LeakyRelu(slope: 0.01)), 1),
      (.pRelu(PRelu(slope: constant)), 1), (.elementwise(.add), 2), (.elementwise(.subtract), 2),
      (.elementwise(.multiply), 2), (.elementwise(.minimum), 2), (.elementwise(.maximum), 2),
      (.reshape(Reshape(to: try shape(6))), 1), (.transpose(Transpose(permutation: [1, 0])), 1),
      (.slice(Slice(starts: [1, 2], steps: [-1, -1], counts: [2, 3])), 1),
      (.gather(Gather(axis: 1, indices: [2, 0, 0])), 1),
      (.pad(Pad(before: [1, 0], after: [0, 2], value: 0.1)), 1),
      (.concatenate(Concatenate(axis: 1, operandCount: 2)), 2),
    ]
    for (operation, operands) in operations { try expectEnclosed([2, 3], operation, operands: operands) }
    for elementwise in ElementwiseOperator.allCases {
      for side in [ElementwiseWithConstant.Side.left, .right] where elementwise != .divide || side == .right {
        let operator_ = ElementwiseWithConstant(elementwise, constant: constant, on: side)
        try expectEnclosed([2, 3], .elementwiseWithConstant(operator_))
      }
    }
    for kind in Reduction.Kind.allCases {
      for axes in [[0], [1], [0, 1]] {
        try expectEnclosed([2, 3], .reduction(Reduction(kind: kind, axes: axes)))
      }
    }
  }

  @Test func windows() throws {
    var generator = SplitMix64(seed: 7)
    func weights(_ count: Int) -> [Float] { (0..<count).map { _ in Float(normal(&generator)) } }
    for groups in [1, 2] {
      try expectEnclosed(
        [1, 4, 5, 2],
        .convolution(
          Convolution(
            inputChannels: 2, outputChannels: 4, kernel: [3, 2], strides: [2, 1], dilations: [1, 2],
            padsBefore: [1, 0], padsAfter: [1, 1], groups: groups, weights: weights(6 * 2 / groups * 4),
            bias: weights(4))))
    }
    try expectEnclosed(
      [1, 6, 2],
      .convolution(
        Convolution(
          inputChannels: 2, outputChannels: 3, kernel: [3], strides: [1], dilations: [1], padsBefore: [1],
          padsAfter: [1], groups: 1, weights: weights(18), bias: weights(3))))
    for kind in [Pooling.Kind.maximum, .average(countsPadding: true), .average(countsPadding: false)] {
      try expectEnclosed(
        [1, 4, 5, 2],
        .pooling(
          Pooling(
            kind: kind, kernel: [3, 3], strides: [1, 2], dilations: [1, 1], padsBefore: [1, 1],
            padsAfter: [1, 1])))
    }
  }

  /// Large opposite biases: the scores cancel to nothing beside them, the errors do not.
  @Test func largeOppositeBiases() throws {
    let layers = try network(
      [1, 3],
      [
        (
          .affine(
            Affine(
              inputCount: 3, outputCount: 3, weights: [0.1, 0.7, 0.3, 0.2, 0.9, 0.6, 0.4, 0.8, 0.5],
              bias: [1e6, 1e6, -1e6])), [0]
        ),
        (
          .affine(
            Affine(
              inputCount: 3, outputCount: 2, weights: [0.3, -0.3, -0.3, 0.3, 0.7, 0.7], bias: [-1e6, 1e6])),
          [1]
        ),
      ])
    try expectEnclosed(layers, points: 200, tightness: 1e-8)
  }

  @Test func randomDenseNetworks() throws {
    var generator = SplitMix64(seed: 11)
    for seed in 0..<20 {
      var steps: [(NetworkIR.Operation, [Int])] = []
      var width = 5
      for _ in 0..<4 {
        let next = Int.random(in: 2...8, using: &generator)
        let weights = (0..<width * next).map { _ in Float(normal(&generator)) }
        let bias = (0..<next).map { _ in Float(normal(&generator)) }
        steps.append(
          (.affine(Affine(inputCount: width, outputCount: next, weights: weights, bias: bias)), [steps.count])
        )
        steps.append((.relu, [steps.count]))
        width = next
      }
      try expectEnclosed(network([1, 5], steps), seed: UInt64(seed))
    }
  }

  @Test func overflowAndIrrationalOperatorsHaveNoBounds() throws {
    let tanh = try network([2], [(.tanh, [0])])
    #expect(tanh.enclosedScores(of: Enclosure(exactly: [0, 1])) == nil)
    var steps: [(NetworkIR.Operation, [Int])] = []
    for _ in 0..<10 {
      let factor = ElementwiseWithConstant(
        .multiply, constant: Tensor(try shape(1), [Float.greatestFiniteMagnitude]), on: .left)
      steps.append((.elementwiseWithConstant(factor), [steps.count]))
    }
    #expect(try network([1], steps).enclosedScores(of: Enclosure(exactly: [1])) == nil)
  }
}
