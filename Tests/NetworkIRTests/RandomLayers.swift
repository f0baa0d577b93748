import NetworkIR
import TestSupport

/// A convolution that fits some small operand, and the operand's shape.
func randomConvolution(_ generator: inout SplitMix64) -> (convolution: Convolution, operand: [Int]) {
  func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
  let rank = pick(1...2)
  let groups = pick(0...2) == 0 ? pick(1...3) : 1
  let isDepthwise = pick(0...3) == 0
  let inputs = isDepthwise ? pick(1...40) : groups * pick(1...4)
  let outputs = isDepthwise ? inputs : groups * pick(1...(groups == 1 ? 70 : 12))
  let kernel = (0..<rank).map { _ in pick(1...3) }
  let dilations = (0..<rank).map { _ in pick(0...3) == 0 ? 2 : 1 }
  let before = (0..<rank).map { _ in pick(0...2) }
  let after = (0..<rank).map { _ in pick(0...2) }
  let sizes = (0..<rank).map { dimension -> Int in
    let span = (kernel[dimension] - 1) * dilations[dimension] + 1
    return max(pick(1...11), span - before[dimension] - after[dimension])
  }
  let usedGroups = isDepthwise ? inputs : groups
  let convolution = Convolution(
    inputChannels: inputs, outputChannels: outputs, kernel: kernel,
    strides: (0..<rank).map { _ in pick(1...2) },
    dilations: dilations, padsBefore: before, padsAfter: after, groups: usedGroups,
    weights: randomFloats(kernel.reduce(inputs / usedGroups * outputs, *), &generator),
    bias: randomFloats(outputs, &generator))
  return (convolution, [1] + sizes + [inputs])
}

/// A pooling that fits some small operand, and the operand's shape.
func randomPooling(_ generator: inout SplitMix64) -> (pooling: Pooling, operand: [Int]) {
  func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
  let rank = pick(1...2)
  let kernel = (0..<rank).map { _ in pick(1...3) }
  // No window sees padding alone.
  let before = kernel.map { pick(0...$0 - 1) }
  let after = kernel.map { pick(0...$0 - 1) }
  let dilations = (0..<rank).map { dimension -> Int in
    let isPadded = before[dimension] + after[dimension] > 0
    return !isPadded && pick(0...3) == 0 ? 2 : 1
  }
  let kinds: [Pooling.Kind] = [.maximum, .average(countsPadding: true), .average(countsPadding: false)]
  let pooling = Pooling(
    kind: kinds[pick(0...2)], kernel: kernel, strides: (0..<rank).map { _ in pick(1...3) },
    dilations: dilations,
    padsBefore: before, padsAfter: after)
  let sizes: [Int] = kernel.map { 2 * $0 + pick(0...5) }
  return (pooling, [1] + sizes + [pick(1...40)])
}
