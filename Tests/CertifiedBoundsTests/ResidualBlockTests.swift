import CertifiedBounds
import ExactArithmetic
import NetworkIR
import TestSupport
import Testing

@Suite struct ResidualBlockTests {
  /// x + s L(x) + c for a convolution or a dense layer, against the exact matrix I + s L.
  @Test(arguments: 0..<UInt64(sampleCount(60, full: 1_000)))
  func boundsAreNeverBelowTheUnrolledNormAndLittleAbove(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let scales: [Float] = [1, -0.25, 0.1, 1e-6, 3]
    let scale = scales.randomElement(using: &generator) ?? 1
    let (layer, dimensions) =
      seed % 2 == 0 ? try convolution(&generator) : try dense(&generator)
    let input = try #require(TensorShape(dimensions))
    let isSubtracted = Bool.random(using: &generator)
    let multiply = ElementwiseWithConstant(.multiply, constant: .vector([scale]), on: .left)
    let add = ElementwiseWithConstant(.add, constant: .vector([Float(3)]), on: .right)
    let bound = try LipschitzBound(
      of: network(
        dimensions,
        [
          (layer, [0]), (.elementwiseWithConstant(add), [1]), (.elementwiseWithConstant(multiply), [2]),
          (.elementwise(isSubtracted ? .subtract : .add), Bool.random(using: &generator) ? [0, 3] : [3, 0]),
        ])
    ).values[4].value
    let truth = try matrix(layer, input, plus: isSubtracted ? -1 : 1, scale)
    #expect(truth.isAtMost(bound), "the bound is below the norm")
    let least = truth.squaredLowerBound()
    let squared = Rational(bound) * Rational(bound)
    #expect(squared >= least)
    #expect(squared <= least * (Rational.one + Rational(1, over: 1_000_000)).power(2))
  }

  @Test(arguments: 0..<UInt64(sampleCount(20, full: 200)))
  func boundsByFrequenciesAreNeverBelowTheUnrolledNorm(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let (layer, dimensions) = try convolution(&generator)
    guard case .convolution(let convolution) = layer else { return }
    let input = try #require(TensorShape(dimensions))
    let scale = Float(normal(&generator))
    let found = try #require(
      try residualBlockNorm(of: convolution, scale: Double(scale), input: input, by: .fourier))
    #expect(try matrix(layer, input, plus: 1, scale).isAtMost(found.bound.value))
  }

  /// Sums that are no such block have the sum of their branches' constants.
  @Test func otherSums() throws {
    let half = NetworkIR.Operation.affine(
      Affine(inputCount: 2, outputCount: 2, weights: [-0.5, 0, 0, -0.5], bias: [1, 1]))
    func last(_ steps: [(NetworkIR.Operation, [Int])]) throws -> Double {
      try LipschitzBound(of: network([2], steps)).output.value
    }
    #expect(try last([(half, [0]), (.elementwise(.add), [0, 1])]) < 0.5 + 1e-9)
    #expect(try last([(half, [0]), (.relu, [1]), (.elementwise(.add), [0, 2])]) >= 1.5)
    #expect(try last([(.relu, [0]), (half, [1]), (.elementwise(.add), [0, 2])]) >= 1.5)
    let different = ElementwiseWithConstant(.multiply, constant: .vector([1, -4]), on: .left)
    #expect(
      try last([(half, [0]), (.elementwiseWithConstant(different), [1]), (.elementwise(.add), [0, 2])]) >= 3)
  }

  /// An output's own element is read by the first tap, by the last one, or by one beside the middle: weights that are zero
  /// but for -1/2 there make I + K half the identity.
  @Test(arguments: [(0, 2), (2, 0), (0, 4), (2, 2), (4, 0)])
  func padsMayDiffer(before: Int, after: Int) throws {
    for dilation in [1, 2] where before % dilation == 0 {
      let kernel = (before + after) / dilation + 1
      let layer = NetworkIR.Operation.convolution(
        Convolution(
          inputChannels: 1, outputChannels: 1, kernel: [kernel], strides: [1], dilations: [dilation],
          padsBefore: [before], padsAfter: [after], groups: 1,
          weights: (0..<kernel).map { $0 == before / dilation ? -0.5 : 0 }, bias: [1]))
      let bound = try LipschitzBound(of: network([1, 6, 1], [(layer, [0]), (.elementwise(.add), [0, 1])]))
      #expect(bound.output.value >= 0.5 && bound.output.value < 0.5 + 1e-6)
    }
  }

  /// Taps on both sides of an output's own element, and none that reads it: the sum of the branches' constants, which the
  /// symmetric K here reaches.
  @Test func convolutionsWithoutAnOwnTap() throws {
    let convolution = Convolution(
      inputChannels: 1, outputChannels: 1, kernel: [2], strides: [1], dilations: [2], padsBefore: [1],
      padsAfter: [1], groups: 1, weights: [-0.5, -0.5], bias: [0])
    let input = try shape(1, 4, 1)
    #expect(try residualBlockNorm(of: convolution, scale: 1, input: input) == nil)
    let layer = NetworkIR.Operation.convolution(convolution)
    let bound = try LipschitzBound(of: network([1, 4, 1], [(layer, [0]), (.elementwise(.add), [0, 1])]))
    // The largest eigenvalue of a path of four vertices is the golden ratio.
    let norm = 1 + (1 + 5.0.squareRoot()) / 4
    #expect(bound.output.value >= norm - 1e-15 && bound.output.value < norm + 1e-6)
    #expect(try matrix(layer, input, plus: 1, 1).isAtMost(bound.output.value))
  }

  private func dense(_ generator: inout SplitMix64) throws -> (NetworkIR.Operation, [Int]) {
    let (size, rows) = (Int.random(in: 1...12, using: &generator), Int.random(in: 1...2, using: &generator))
    let weights = (0..<size * size).map { _ in Float(normal(&generator)) }
    let bias = (0..<size).map { _ in Float(normal(&generator)) }
    return (
      .affine(Affine(inputCount: size, outputCount: size, rows: rows, weights: weights, bias: bias)),
      [rows, size]
    )
  }

  /// Of one or two spatial dimensions, with results of the operand's shape; any tap reads an output's own element.
  private func convolution(_ generator: inout SplitMix64) throws -> (NetworkIR.Operation, [Int]) {
    let rank = Int.random(in: 1...2, using: &generator)
    let groups = Int.random(in: 1...2, using: &generator)
    let channels = groups * Int.random(in: 1...2, using: &generator)
    let kernel = (0..<rank).map { _ in Int.random(in: 1...5, using: &generator) }
    let dilations = (0..<rank).map { _ in Int.random(in: 1...2, using: &generator) }
    let pads = zip(kernel, dilations).map { ($0 - 1) * $1 }
    let before = zip(kernel, dilations).map { Int.random(in: 0..<$0, using: &generator) * $1 }
    let sizes = (0..<rank).map { _ in Int.random(in: 3...6, using: &generator) }
    let weights = (0..<kernel.reduce(channels / groups * channels, *)).map { _ in Float(normal(&generator)) }
    return (
      .convolution(
        Convolution(
          inputChannels: channels, outputChannels: channels, kernel: kernel,
          strides: [Int](repeating: 1, count: rank), dilations: dilations, padsBefore: before,
          padsAfter: zip(pads, before).map { $0 - $1 },
          groups: groups, weights: weights, bias: [Float](repeating: 0, count: channels))),
      [1] + sizes + [channels]
    )
  }

  /// I + sign s L: the layer's results for the unit vectors without its bias, in rationals.
  private func matrix(
    _ layer: NetworkIR.Operation, _ input: TensorShape, plus sign: Int, _ scale: Float
  ) throws -> TrueNorm {
    let size = input.elementCount
    func results(_ place: Int?) throws -> [Rational] {
      let elements = (0..<size).map { $0 == place ? Rational.one : .zero }
      return try layer.implementation.evaluateExactly([Tensor(input, elements)])
    }
    let constants = try results(nil)
    var elements = [Rational](repeating: .zero, count: size * size)
    for column in 0..<size {
      for (row, value) in try results(column).enumerated() {
        elements[row * size + column] =
          (value - constants[row]) * Rational(scale) * Rational(sign) + (row == column ? .one : .zero)
      }
    }
    return TrueNorm(rows: size, columns: size, elements: elements)
  }
}
