import NetworkIR
import Testing

@Suite struct FoldPaddingTests {
  private func padded(_ value: Float, channels: Int = 0) throws -> Network {
    let pad = Pad(before: [0, 1, 0, channels], after: [0, 0, 2, 0], value: value)
    let convolution = Convolution(
      inputChannels: 1 + channels, outputChannels: 1, kernel: [2, 2], strides: [1, 1], dilations: [1, 1],
      padsBefore: [0, 1], padsAfter: [0, 0], groups: 1,
      weights: (0..<4 * (1 + channels)).map { Float($0) - 1.5 },
      bias: [0.5])
    return try network(
      try shape(1, 2, 2, 1),
      [
        node("p", .pad(pad), reading: 0, shape: try shape(1, 3, 4, 1 + channels)),
        node("c", .convolution(convolution), reading: 1, shape: try shape(1, 2, 4, 1)),
      ])
  }

  @Test func zerosBecomeTheConvolutionsOwn() throws {
    let made = try padded(0)
    let folded = try made.foldingPaddingIntoConvolution()
    #expect(folded.nodes.map(\.name) == ["c"])
    for input: [Float] in [[1, 2, 3, 4], [-0.0, 1e30, .infinity, -7]] {
      let (folded, original) = (folded.evaluate(input), made.evaluate(input))
      for (a, b) in zip(folded, original) { #expect(a.bitPattern == b.bitPattern || a.isNaN && b.isNaN) }
    }
  }

  @Test func otherPaddingStays() throws {
    #expect(try padded(1).foldingPaddingIntoConvolution().nodes.count == 2)
    #expect(try padded(-0.0).foldingPaddingIntoConvolution().nodes.count == 2)
    #expect(try padded(0, channels: 1).foldingPaddingIntoConvolution().nodes.count == 2)
  }
}
