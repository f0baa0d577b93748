import CertifiedBounds
import ExactArithmetic
import NetworkIR
import TestSupport
import Testing

@Suite struct ConvolutionNormTests {
  @Test(arguments: 0..<UInt64(sampleCount(60, full: 200)))
  func boundsAreNeverBelowTheUnrolledNorm(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let (convolution, input) = try randomConvolution(&generator)
    let truth = try unrolled(convolution, input)
    let banded = try convolutionNorm(of: convolution, input: input, by: .factorization)
    let fourier = try convolutionNorm(of: convolution, input: input, by: .fourier)
    if truth.elements.allSatisfy({ $0.signum == 0 }) {
      #expect(banded.bound == .zero)
      return
    }
    #expect(banded.proof == .factorization && fourier.proof == .fourier)
    #expect(truth.isAtMost(banded.bound.value), "the banded bound is below the norm")
    #expect(truth.isAtMost(fourier.bound.value), "the Fourier bound is below the norm")
    let least = truth.squaredLowerBound()
    let squared = Rational(banded.bound.value) * Rational(banded.bound.value)
    #expect(squared >= least)
    #expect(squared <= least * (Rational.one + Rational(1, over: 1_000_000)).power(2))
  }

  /// On larger images both are near each other, and which is chosen follows from the cost.
  @Test func fourierIsLittleAboveBanded() throws {
    var generator = SplitMix64(seed: 1)
    for (size, channels, kernel) in [(28, 4, 3), (32, 3, 5), (24, 6, 3)] {
      let convolution = Convolution(
        inputChannels: channels, outputChannels: channels, kernel: [kernel, kernel], strides: [1, 1],
        dilations: [1, 1], padsBefore: [kernel / 2, kernel / 2], padsAfter: [kernel / 2, kernel / 2],
        groups: 1,
        weights: (0..<kernel * kernel * channels * channels).map { _ in Float(normal(&generator)) },
        bias: [Float](repeating: 0, count: channels))
      let input = try #require(TensorShape([1, size, size, channels]))
      let banded = try convolutionNorm(of: convolution, input: input, by: .factorization).bound.value
      let fourier = try convolutionNorm(of: convolution, input: input, by: .fourier).bound.value
      #expect(fourier >= banded * (1 - 1e-7) && fourier <= banded * 1.01)
      #expect(try convolutionNorm(of: convolution, input: input).proof == .factorization)
    }
  }

  /// A flat spectrum in 4,096 dimensions, on which power iteration stops below the norm: 1.02 times an orthogonal map.
  @Test func aFlatSpectrum() throws {
    let convolution = Convolution(
      inputChannels: 4, outputChannels: 4, kernel: [1, 1], strides: [1, 1], dilations: [1, 1],
      padsBefore: [0, 0], padsAfter: [0, 0], groups: 1,
      weights: [
        0.51, 0.51, 0.51, 0.51, 0.51, -0.51, 0.51, -0.51, 0.51, 0.51, -0.51, -0.51, 0.51, -0.51, -0.51, 0.51,
      ], bias: [0, 0, 0, 0])
    let input = try #require(TensorShape([1, 32, 32, 4]))
    let exact = Double(Float(0.51)) * 2
    for proof in [LayerBound.Proof.factorization, .fourier] {
      let bound = try convolutionNorm(of: convolution, input: input, by: proof).bound.value
      #expect(bound >= exact && bound <= exact * (1 + 1e-6))
    }
  }

  @Test func zeroWeightsHaveNoNorm() throws {
    let convolution = Convolution(
      inputChannels: 2, outputChannels: 2, kernel: [3], strides: [1], dilations: [1], padsBefore: [1],
      padsAfter: [1], groups: 2, weights: [Float](repeating: 0, count: 6), bias: [1, 2])
    let input = try #require(TensorShape([1, 9, 2]))
    for proof in [nil, LayerBound.Proof.factorization, .fourier] {
      #expect(try convolutionNorm(of: convolution, input: input, by: proof).bound == .zero)
    }
  }
}

/// One or two spatial dimensions; strides, dilations, groups and uneven padding among them.
private func randomConvolution(
  _ generator: inout SplitMix64
) throws -> (Convolution, TensorShape) {
  let rank = Int.random(in: 1...2, using: &generator)
  func numbers(_ range: ClosedRange<Int>) -> [Int] {
    (0..<rank).map { _ in Int.random(in: range, using: &generator) }
  }
  let groups = Int.random(in: 1...3, using: &generator) == 1 ? 2 : 1
  let (inputs, outputs) = (
    groups * Int.random(in: 1...2, using: &generator), groups * Int.random(in: 1...3, using: &generator)
  )
  let (kernel, strides, dilations) = (numbers(1...4), numbers(1...3), numbers(1...2))
  let (before, after) = (numbers(0...3), numbers(0...3))
  let sizes = (0..<rank).map { dimension in
    let span = (kernel[dimension] - 1) * dilations[dimension] + 1
    return max(1, span - before[dimension] - after[dimension]) + Int.random(in: 0...4, using: &generator)
  }
  let scale = Float(sign: .plus, exponent: Int.random(in: -60...60, using: &generator), significand: 1)
  let isOfOnes = Int.random(in: 0..<4, using: &generator) == 0
  let weights = (0..<kernel.reduce(inputs / groups * outputs, *)).map { _ in
    scale * (isOfOnes ? 1 : Float(normal(&generator)))
  }
  let convolution = Convolution(
    inputChannels: inputs, outputChannels: outputs, kernel: kernel, strides: strides, dilations: dilations,
    padsBefore: before, padsAfter: after, groups: groups, weights: weights,
    bias: [Float](repeating: 0, count: outputs))
  return (convolution, try #require(TensorShape([1] + sizes + [inputs])))
}

/// The convolution's matrix: its results for the unit vectors, which are exact.
private func unrolled(_ convolution: Convolution, _ input: TensorShape) throws -> TrueNorm {
  let rows = try convolution.resultShape(of: [input]).elementCount
  let columns = input.elementCount
  var elements = [Rational](repeating: .zero, count: rows * columns)
  for column in 0..<columns {
    var unit = [Float](repeating: 0, count: columns)
    unit[column] = 1
    for (row, value) in convolution.evaluate([Tensor(input, unit)], .contractOff).enumerated()
    where value != 0 {
      elements[row * columns + column] = Rational(value)
    }
  }
  return TrueNorm(rows: rows, columns: columns, elements: elements)
}
