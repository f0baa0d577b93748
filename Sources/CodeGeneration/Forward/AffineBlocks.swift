import NetworkIR

/// The outputs of an affine layer in blocks of constant size, whose sums a compiler keeps in registers
/// and whose lanes it computes with vector instructions. Each output's sum is taken in one fixed order
/// whatever the block, so scalar and vector code give the same bits.
struct AffineBlocks: Sendable {
  static let sizes = [32, 16, 8]
  static let smallest = 8

  /// Size and first output of each run of equal blocks, ascending; the last block may be padded.
  let runs: [(size: Int, start: Int, end: Int)]
  /// The outputs with the padding.
  let stride: Int

  init(outputCount: Int) {
    stride = (outputCount + AffineBlocks.smallest - 1) / AffineBlocks.smallest * AffineBlocks.smallest
    var runs: [(size: Int, start: Int, end: Int)] = []
    var start = 0
    for size in AffineBlocks.sizes {
      let end = start + (stride - start) / size * size
      if end > start { runs.append((size, start, end)) }
      start = end
    }
    self.runs = runs
  }

  /// The weights input-major, each input's row padded with zeros to the stride.
  func padded(_ affine: Affine) -> [Float] {
    if stride == affine.outputCount { return affine.weights }
    var result = [Float](repeating: 0, count: affine.inputCount * stride)
    for k in 0..<affine.inputCount {
      for j in 0..<affine.outputCount { result[k * stride + j] = affine.weights[k * affine.outputCount + j] }
    }
    return result
  }

  func padded(bias: [Float]) -> [Float] { bias + [Float](repeating: 0, count: stride - bias.count) }
}
