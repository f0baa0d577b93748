import ExactArithmetic
import NetworkIR
import TestSupport
import Testing

@Suite struct SinkTransposesTests {
  /// Over the rationals the pass changes nothing; nor does it in binary32 where nothing is rounded.
  @Test(arguments: 0..<UInt64(sampleCount(300, full: 12_000))) func keepsTheFunction(seed: UInt64) throws {
    let network = try RandomNetwork.make(seed: seed, isExact: true)
    let sunk = try network.sinkingTransposes()
    #expect(sunk.outputShape == network.outputShape)
    var generator = SplitMix64(seed: seed)
    for _ in 0..<2 {
      let input = (0..<network.inputCount).map { _ in Rational(Int.random(in: -3...3, using: &generator)) }
      #expect(try sunk.evaluateExactly(input) == network.evaluateExactly(input), "\(network)\n\(sunk)")
    }
    #expect(
      transposeCount(sunk) <= transposeCount(network) + reshapesOfTransposes(network), "\(network)\n\(sunk)")
  }

  private func transposeCount(_ network: Network) -> Int {
    network.nodes.count { if case .transpose = $0.operation { true } else { false } }
  }

  /// A value that is read both transposed and not can be made twice.
  private func reshapesOfTransposes(_ network: Network) -> Int {
    network.useCounts.count { $0 > 1 }
  }

  @Test func transposesCancelAcrossLayers() throws {
    let image = try shape(1, 2, 3, 3)
    let last = try shape(1, 3, 3, 2)
    let convolution = NetworkIR.Operation.convolution(
      Convolution(
        inputChannels: 2, outputChannels: 2, kernel: [1, 1], strides: [1, 1], dilations: [1, 1],
        padsBefore: [0, 0],
        padsAfter: [0, 0], groups: 1, weights: [1, 2, 3, 4], bias: [5, 6]))
    let toLast = NetworkIR.Operation.transpose(Transpose(permutation: [0, 2, 3, 1]))
    let toFirst = NetworkIR.Operation.transpose(Transpose(permutation: [0, 3, 1, 2]))
    let made = try network(
      image,
      [
        node("a", toLast, reading: 0, shape: last), node("b", convolution, reading: 1, shape: last),
        node("c", toFirst, reading: 2, shape: image), node("d", .relu, reading: 3, shape: image),
        node("e", toLast, reading: 4, shape: last), node("f", convolution, reading: 5, shape: last),
        node("g", toFirst, reading: 6, shape: image),
        node("h", .reshape(Reshape(to: try shape(1, 18))), reading: 7, shape: try shape(1, 18)),
        node(
          "i",
          .affine(Affine(inputCount: 18, outputCount: 1, weights: (0..<18).map { Float($0) }, bias: [0])),
          reading: 8, shape: try shape(1, 1)),
      ])
    let sunk = try made.sinkingTransposes()
    #expect(sunk.nodes.map(\.name) == ["a", "b", "d", "f", "g", "i"])
    let input = (0..<18).map { Rational($0, over: 7) }
    #expect(try sunk.evaluateExactly(input) == made.evaluateExactly(input))
  }
}
