import ExactArithmetic

/// A convolution (cross-correlation) over one or two spatial dimensions, channels last: from [1, H, W, C] to
/// [1, H', W', M], or without the H.
///
/// The C input channels and M output channels fall into `groups` equal groups; each output channel reads the
/// input channels of its group.
///
/// Result in binary32, for each place and output channel co: `acc = bias[co]`, then for ky, kx and the group's
/// input channel ci ascending `acc = acc + (weight[ky, kx, ci, co] * x)`, rounded as ``FloatSemantics`` says (with
/// ``FloatSemantics/binary64Sums`` acc is a binary64 number, rounded to binary32 at the end).
/// Padding takes part as x = +0.
public struct Convolution: KernelOperator {
  public let inputChannels: Int
  public let outputChannels: Int
  public let window: SpatialWindow
  public let groups: Int
  /// In the order [ky][kx][ci within the group][co]; one spatial dimension has no ky.
  public let weights: [Float]
  /// One number an output channel; zeros for a convolution without bias.
  public let bias: [Float]

  /// - Requires: `groups` divides both numbers of channels; one weight for each tap, input channel of a group and
  ///   output channel; one bias for each output channel; the window as in ``SpatialWindow``.
  public init(
    inputChannels: Int, outputChannels: Int, kernel: [Int], strides: [Int], dilations: [Int],
    padsBefore: [Int],
    padsAfter: [Int], groups: Int, weights: [Float], bias: [Float]
  ) {
    precondition(inputChannels >= 1 && outputChannels >= 1 && groups >= 1, "a convolution is not empty")
    precondition(
      inputChannels % groups == 0 && outputChannels % groups == 0, "groups divide the channels evenly")
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    window = SpatialWindow(
      kernel: kernel, strides: strides, dilations: dilations, padsBefore: padsBefore, padsAfter: padsAfter)
    self.groups = groups
    self.weights = weights
    self.bias = bias
    precondition(
      weights.count == kernel.reduce(groupInputs * outputChannels, *),
      "one weight for each tap, input channel of a group and output channel")
    precondition(bias.count == outputChannels, "one bias for each output channel")
  }

  /// The input channels that an output channel reads.
  var groupInputs: Int { inputChannels / groups }
  /// The output channels of a group.
  var groupOutputs: Int { outputChannels / groups }
  /// Every output channel reads the one input channel of the same number.
  var isDepthwise: Bool { groupInputs == 1 && groupOutputs == 1 }

  public var text: String { "convolution" }

  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    let shape = try window.resultShape(of: operands[0], channels: outputChannels)
    guard operands[0].dimensions.last == inputChannels else {
      throw ShapeViolation("reads \(inputChannels) channels, but its operand has shape \(operands[0])")
    }
    return shape
  }

  public var constants: [[Float]] { [weights, bias] }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    switch semantics {
    case .contractOff: evaluate(operands[0], SeparateSum.self)
    case .fma: evaluate(operands[0], FusedSum.self)
    case .binary64Sums: evaluate(operands[0], WideSum.self)
    }
  }

  private func evaluate<Sum: ProductSum>(_ operand: Tensor<Float>, _: Sum.Type) -> [Float] {
    var result: [Float] = []
    forEachPlace(of: operand.shape) { taps in
      var sums = bias.map { Sum($0) }
      weights.withUnsafeBufferPointer { weights in
        operand.elements.withUnsafeBufferPointer { operand in
          sums.withUnsafeMutableBufferPointer { sums in
            for (tap, place) in taps.enumerated() {
              for ci in 0..<groupInputs {
                let row = (tap * groupInputs + ci) * outputChannels
                for group in 0..<groups {
                  let x = place.map { operand[$0 + group * groupInputs + ci] } ?? 0
                  for co in group * groupOutputs..<(group + 1) * groupOutputs {
                    sums[co].add(weights[row + co], x)
                  }
                }
              }
            }
          }
        }
      }
      result += sums.map(\.rounded)
    }
    return result
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) -> [Rational] {
    let operand = operands[0].elements
    var result: [Rational] = []
    forEachPlace(of: operands[0].shape) { taps in
      var sums = bias.map { Rational($0) }
      for (tap, place) in taps.enumerated() {
        guard let place else { continue }
        for co in 0..<outputChannels {
          for ci in 0..<groupInputs {
            let x = operand[place + co / groupOutputs * groupInputs + ci]
            let weight = weights[(tap * groupInputs + ci) * outputChannels + co]
            sums[co] = sums[co] + Rational(weight) * x
          }
        }
      }
      result += sums
    }
    return result
  }

  /// Calls `body` for each place of the result in row-major order, with the index of the first channel of the
  /// operand for each tap, `nil` for padding.
  private func forEachPlace(of operand: TensorShape, _ body: ([Int?]) -> Void) {
    let image = PlaneImage(window, operand)
    for y in 0..<image.resultHeight {
      for x in 0..<image.resultWidth { body(image.taps(y, x).map { $0.map { $0 * inputChannels } }) }
    }
  }
}
