/// The outputs of a product in blocks, for layers whose sums have several parts.
struct OutputBlocks: Sendable {
  /// Equal blocks one after the other; the last may reach beyond the outputs, into padding.
  struct Run: Sendable {
    let size: Int
    let start: Int
    let end: Int
  }

  let outputCount: Int
  /// The outputs with the padding.
  let stride: Int
  let runs: [Run]

  init(outputCount: Int, goal: OptimizationGoal) {
    self.outputCount = outputCount
    stride = goal == .size ? outputCount : (outputCount + 7) / 8 * 8
    var runs: [Run] = []
    var start = 0
    for size in [32, 16, 8] {
      let end = start + (stride - start) / size * size
      if end > start { runs.append(Run(size: size, start: start, end: end)) }
      start = end
    }
    if start < stride { runs.append(Run(size: stride - start, start: start, end: stride)) }
    self.runs = runs
  }

  /// Each row of `outputCount` numbers filled up with zeros to the stride.
  func padded(_ values: [Float]) -> [Float] {
    if stride == outputCount { return values }
    var result: [Float] = []
    result.reserveCapacity(values.count / outputCount * stride)
    for row in 0..<values.count / outputCount {
      result += values[row * outputCount..<(row + 1) * outputCount]
      result += repeatElement(0, count: stride - outputCount)
    }
    return result
  }
}
