import CertifiedBounds
import ExactArithmetic
import Foundation
import NetworkIR
import TestSupport
import Testing

/// What the program computes against the same network in rationals: no value is further off than its bound, under any of
/// the float semantics.
@Suite struct ExecutionBoundTests {
  /// Compares every value of the network at points of the box [-reach, reach]^n: its corners, random points, subnormal
  /// numbers and zeros.
  ///
  /// - Returns: the largest quotient of a score's error and its bound.
  @discardableResult private func expectWithin(
    _ network: Network, reach: Float, seed: UInt64 = 3, points: Int = 12
  ) throws -> Double {
    var generator = SplitMix64(seed: seed)
    let count = network.inputCount
    let layers = try LipschitzBound(of: network).layers
    let input = ValueBound(
      magnitude: UpperBound(Double(reach)) * UpperBound(count).squareRoot(), error: .zero)
    var largest = 0.0
    for semantics in FloatSemantics.allCases {
      let program = network.rounding(as: semantics)
      let bound = try ExecutionBound(of: program, layers: layers, input: input)
      for index in 0..<points {
        let point = (0..<count).map { _ in number(index, reach, &generator) }
        let (computed, exact) = try values(of: program, point)
        for (position, value) in bound.values.enumerated() {
          let error = squaredNorm(zip(computed[position], exact[position]).map { Rational($0) - $1 })
          #expect(error <= square(value.error), "value \(position), \(semantics), point \(point)")
          #expect(squaredNorm(exact[position]) <= square(value.magnitude), "value \(position)")
        }
        let (scores, real) = (computed[network.output.index], exact[network.output.index])
        for i in scores.indices {
          #expect(Rational(scores[i]).magnitude <= Rational(bound.scoreMagnitudes[i].value))
          for j in scores.indices where i != j {
            let error = (Rational(scores[i]) - Rational(scores[j]) - real[i] + real[j]).magnitude
            let allowed = bound.pairwise[i * scores.count + j].value
            #expect(error <= Rational(allowed), "scores \(i) and \(j), \(semantics), point \(point)")
            if allowed > 0 { largest = max(largest, (error / Rational(allowed)).nearestDouble ?? 0) }
          }
        }
      }
    }
    return largest
  }

  private func number(_ index: Int, _ reach: Float, _ generator: inout SplitMix64) -> Float {
    switch index % 4 {
    case 0: return Bool.random(using: &generator) ? reach : -reach
    case 1: return Float.random(in: -reach...reach, using: &generator)
    case 2:
      let tiny = Float(bitPattern: UInt32.random(in: 0...0x00ff_ffff, using: &generator))
      return Bool.random(using: &generator) ? min(tiny, reach) : 0
    default:
      return reach * Float(sign: .plus, exponent: -Int.random(in: 0...30, using: &generator), significand: 1)
    }
  }

  /// Every value of the network, in floats and in rationals.
  private func values(of network: Network, _ point: [Float]) throws -> ([[Float]], [[Rational]]) {
    var computed = [Tensor(network.inputShape, point)]
    var exact = [Tensor(network.inputShape, point.map { Rational($0) })]
    for node in network.nodes {
      let operation = node.operation.implementation
      let (floats, rationals) = (
        node.operands.map { computed[$0.index] }, node.operands.map { exact[$0.index] }
      )
      computed.append(Tensor(node.shape, operation.evaluate(floats, network.semantics)))
      exact.append(Tensor(node.shape, try operation.evaluateExactly(rationals)))
    }
    return (computed.map(\.elements), exact.map(\.elements))
  }

  private func squaredNorm(_ elements: [Rational]) -> Rational {
    elements.reduce(.zero) { $0 + $1 * $1 }
  }

  private func square(_ bound: UpperBound) -> Rational { Rational(bound.value) * Rational(bound.value) }

  /// Puts two products before the operator, so that its operands are off already.
  private func expectWithin(_ dimensions: [Int], _ operation: NetworkIR.Operation, operands: Int = 1) throws {
    let shape = try #require(TensorShape(dimensions))
    func product(_ start: Float) -> NetworkIR.Operation {
      let factors = (0..<shape.elementCount).map { start + Float($0) * 0.3 }
      return .elementwiseWithConstant(
        ElementwiseWithConstant(.multiply, constant: Tensor(shape, factors), on: .right))
    }
    let network = try network(
      dimensions, [(product(-1.7), [0]), (product(0.9), [0]), (operation, Array([1, 2].prefix(operands)))])
    for reach: Float in [0x1p-136, 1e-3, 1, 1e6] { try expectWithin(network, reach: reach) }
  }

  @Test func everyRationalOperator() throws {
    let constant = Tensor<Float>(try shape(3), [0.1, -2.5, 7])
    let operations: [(NetworkIR.Operation, Int)] = [
      (.relu, 1), (.absoluteValue, 1), (.negation, 1), (.clip(Clip(lower: -0.5, upper: 0.7)), 1),
      (.clip(Clip(lower: nil, upper: 0.7)), 1), (.clip(Clip(lower: 1, upper: -1)), 1),
      (.leakyRelu(LeakyRelu(slope: -2.1)), 1), (.leakyRelu(LeakyRelu(slope: 0.01)), 1),
      (.pRelu(PRelu(slope: constant)), 1), (.elementwise(.add), 2), (.elementwise(.subtract), 2),
      (.elementwise(.minimum), 2), (.elementwise(.maximum), 2), (.hardSwish, 1),
      (.hardSigmoid(HardSigmoid(alpha: 0.3, beta: 0.4)), 1), (.reshape(Reshape(to: try shape(6))), 1),
      (.transpose(Transpose(permutation: [1, 0])), 1),
      (.slice(Slice(starts: [1, 2], steps: [-1, -1], counts: [2, 3])), 1),
      (.gather(Gather(axis: 1, indices: [2, 0, 0])), 1),
      (.pad(Pad(before: [1, 0], after: [0, 2], value: 0.1)), 1),
      (.concatenate(Concatenate(axis: 1, operandCount: 2)), 2),
    ]
    for (operation, operands) in operations { try expectWithin([2, 3], operation, operands: operands) }
    for elementwise in ElementwiseOperator.allCases {
      for side in [ElementwiseWithConstant.Side.left, .right] where elementwise != .divide || side == .right {
        let operator_ = ElementwiseWithConstant(elementwise, constant: constant, on: side)
        try expectWithin([2, 3], .elementwiseWithConstant(operator_))
      }
    }
    for kind in Reduction.Kind.allCases {
      for axes in [[0], [1], [0, 1]] {
        try expectWithin([2, 3], .reduction(Reduction(kind: kind, axes: axes)))
      }
    }
  }

  @Test func windowsAndLayers() throws {
    var generator = SplitMix64(seed: 7)
    func weights(_ count: Int) -> [Float] { (0..<count).map { _ in Float(normal(&generator)) } }
    for groups in [1, 2] {
      try expectWithin(
        [1, 4, 5, 2],
        .convolution(
          Convolution(
            inputChannels: 2, outputChannels: 4, kernel: [3, 2], strides: [2, 1], dilations: [1, 2],
            padsBefore: [1, 0], padsAfter: [1, 1], groups: groups, weights: weights(6 * 2 / groups * 4),
            bias: weights(4))))
    }
    for kind in [Pooling.Kind.maximum, .average(countsPadding: true), .average(countsPadding: false)] {
      try expectWithin(
        [1, 4, 5, 2],
        .pooling(
          Pooling(
            kind: kind, kernel: [3, 3], strides: [1, 2], dilations: [1, 1], padsBefore: [1, 1],
            padsAfter: [1, 1])))
    }
    try expectWithin(
      [2, 3], .affine(Affine(inputCount: 3, outputCount: 4, rows: 2, weights: weights(12), bias: weights(4))))
  }

  /// Sigmoid and the like, against functions in binary64 of exact operands: what these are off by is far below the bounds.
  @Test func irrationalActivations() throws {
    let selu = (alpha: Float(1.67326), gamma: Float(0.01))
    func elu(_ x: Double, _ alpha: Double) -> Double { x < 0 ? alpha * expm1(x) : x }
    let cases: [(NetworkIR.Operation, (Double) -> Double)] = [
      (.tanh, { tanh($0) }), (.sigmoid, { 1 / (1 + exp(-$0)) }),
      (.softplus, { max($0, 0) + log1p(exp(-$0.magnitude)) }), (.elu(Elu(alpha: -1.5)), { elu($0, -1.5) }),
      (.celu(Celu(alpha: 0.25)), { $0 < 0 ? 0.25 * expm1($0 * 4) : $0 }),
      (
        .selu(Selu(alpha: selu.alpha, gamma: selu.gamma)),
        { Double(selu.gamma) * elu($0, Double(selu.alpha)) }
      ),
    ]
    var generator = SplitMix64(seed: 17)
    for (operation, function) in cases {
      for reach: Float in [0x1p-136, 0.1, 3, 30, 1e5] {
        let subject = try network([64], [(operation, [0])])
        let layers = try LipschitzBound(of: subject).layers
        let input = ValueBound(magnitude: UpperBound(Double(reach) * 8), error: .zero)
        let bound = try ExecutionBound(of: subject, layers: layers, input: input).values[1]
        for index in 0..<200 {
          let point = (0..<64).map { _ in number(index, reach, &generator) }
          let error = zip(subject.evaluate(point), point).reduce(0) { sum, pair in
            let difference = Double(pair.0) - function(Double(pair.1))
            return sum + difference * difference
          }.squareRoot()
          #expect(error <= bound.error.value * (1 + 1e-6), "\(operation.implementation.text), \(reach)")
          #expect(bound.error.value <= Double(max(1, reach)) * 2e-5)
        }
      }
    }
  }

  /// Sums that lose as much as sums can: every addition of 2^-24 to 1 rounds to 1. Each bound is reached, nearly.
  @Test func boundsOfSumsAreReached() throws {
    let count = 1000
    func sum(_ weight: Float, bias: Float) throws -> Network {
      try network(
        [count],
        [
          (
            .affine(
              Affine(
                inputCount: count, outputCount: 2,
                weights: (0..<count).flatMap { _ in [weight, 0] }, bias: [bias, 0])), [0]
          )
        ])
    }
    let ones = [Float](repeating: 1, count: count)
    for (weight, bias) in [(Float(0x1p-24), Float(1)), (0x1p-140, 0)] {
      let subject = try sum(weight, bias: bias)
      // Products of 2^-150, half the least number, vanish.
      let point = bias == 0 ? ones.map { $0 * 0x1p-10 } : ones
      let layers = try LipschitzBound(of: subject).layers
      let input = ValueBound(magnitude: UpperBound(Double(norm(point)) * (1 + 1e-12)), error: .zero)
      for semantics in FloatSemantics.allCases {
        let program = subject.rounding(as: semantics)
        let bound = try ExecutionBound(of: program, layers: layers, input: input).pairwise[1].value
        let exact = try program.evaluateExactly(point.map { Rational($0) })
        let error = (Rational(program.evaluate(point)[0]) - exact[0]).magnitude
        #expect(error <= Rational(bound))
        // Everything but the final rounding is exact in binary64.
        let isWide = semantics == .binary64Sums
        #expect(isWide || error >= Rational(bound) * Rational(bias == 0 ? 0.24 : 0.99), "\(semantics)")
        #expect(!isWide || bound <= 1.01 * 0x1p-24)
      }
    }
  }

  private func norm(_ point: [Float]) -> Double {
    point.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  @Test func generatedNetworks() throws {
    var generator = SplitMix64(seed: 23)
    var largest = 0.0
    for seed in 0..<sampleCount(12, full: 400) {
      let network = try rationalNetwork(&generator)
      for reach: Float in [1e-30, 1, 1000] {
        largest = max(largest, try expectWithin(network, reach: reach, seed: UInt64(seed), points: 8))
      }
    }
    #expect(largest > 1e-4)
  }

  /// The bound of a dense layer's |W| is not below its norm at |x|.
  @Test func magnitudesOfWeights() throws {
    var generator = SplitMix64(seed: 29)
    for _ in 0..<20 {
      let (inputs, outputs) = (
        Int.random(in: 1...9, using: &generator), Int.random(in: 2...9, using: &generator)
      )
      let weights = (0..<inputs * outputs).map { _ in Float(normal(&generator)) }
      let subject = try network(
        [inputs],
        [
          (
            .affine(
              Affine(
                inputCount: inputs, outputCount: outputs, weights: weights,
                bias: [Float](repeating: 1e6, count: outputs))), [0]
          )
        ])
      for reach: Float in [1e-3, 1e3] { try expectWithin(subject, reach: reach) }
    }
  }

  @Test func numbersThatMayOverflow() throws {
    func bound(_ steps: [(NetworkIR.Operation, [Int])], reach: Double) throws -> ExecutionFailure? {
      let subject = try network([4], steps)
      let layers = try LipschitzBound(of: subject).layers
      do throws(ExecutionFailure) {
        _ = try ExecutionBound(
          of: subject, layers: layers, input: ValueBound(magnitude: UpperBound(reach), error: .zero))
        return nil
      } catch {
        return error
      }
    }
    func product(_ factor: Float) throws -> NetworkIR.Operation {
      .elementwiseWithConstant(
        ElementwiseWithConstant(.multiply, constant: Tensor(try shape(1), [factor]), on: .left))
    }
    // Zero times a number that may be infinite is no zero.
    let hidden = try bound([(product(1e30), [0]), (product(0), [1])], reach: 1e20)
    #expect(hidden == ExecutionFailure(node: "node 1", reason: .overflow))
    #expect(try bound([(product(1e30), [0]), (product(0), [1])], reach: 1e3) == nil)
    // The sum overflows before it is divided.
    let mean = NetworkIR.Operation.reduction(Reduction(kind: .mean, axes: [0]))
    #expect(try bound([(mean, [0])], reach: 3e38) == ExecutionFailure(node: "node 1", reason: .overflow))
    #expect(try bound([(mean, [0])], reach: 1e37) == nil)
    #expect(try bound([(.relu, [0])], reach: .infinity) == ExecutionFailure(node: nil, reason: .overflow))
    #expect(try bound([(.relu, [0])], reach: 4e38) == ExecutionFailure(node: nil, reason: .overflow))
  }
}
