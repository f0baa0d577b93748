import LoopIR

extension Convolution {
  public func layout(ofOperand index: Int, shape: TensorShape) -> OperandLayout {
    .bordered(Border(before: [0] + window.padsBefore + [0], after: [0] + window.padsAfter + [0]))
  }

  public func lower(into kernel: inout Kernel) {
    let strides = Array(kernel.operands[0].strides[1...window.rank])
    let steps = zip(window.strides, strides).map { $0 * $1 }
    var taps = zip(window.kernel, zip(window.dilations, strides)).map {
      SumsOfProducts.Taps(count: $0, step: $1.0 * $1.1)
    }
    let outputs: ChannelGroups
    if isDepthwise {
      outputs = .single
    } else if groups > 1 {
      outputs = .groups(groups, distance: groupInputs)
      taps.append(SumsOfProducts.Taps(count: groupInputs, step: 1))
    } else {
      outputs = .together
      // The channels of neighbouring taps are neighbours in memory: one loop.
      let last = taps[window.rank - 1]
      if last.step == inputChannels || last.count == 1 {
        taps[window.rank - 1] = SumsOfProducts.Taps(count: last.count * inputChannels, step: 1)
      } else {
        taps.append(SumsOfProducts.Taps(count: inputChannels, step: 1))
      }
    }
    kernel.append(
      SumsOfProducts(steps: [0] + steps, taps: taps, outputs: outputs, weights: weights, bias: bias))
  }
}
