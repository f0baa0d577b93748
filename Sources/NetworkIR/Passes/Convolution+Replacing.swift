extension Convolution {
  /// The same with other numbers.
  ///
  /// - Requires: as many weights and biases as before.
  public func replacing(weights: [Float], bias: [Float]) -> Convolution {
    Convolution(
      inputChannels: inputChannels, outputChannels: outputChannels, kernel: window.kernel,
      strides: window.strides, dilations: window.dilations, padsBefore: window.padsBefore,
      padsAfter: window.padsAfter, groups: groups, weights: weights, bias: bias)
  }

  /// The same with more padding, one number a spatial dimension.
  func padded(before: [Int], after: [Int]) -> Convolution {
    Convolution(
      inputChannels: inputChannels, outputChannels: outputChannels, kernel: window.kernel,
      strides: window.strides, dilations: window.dilations,
      padsBefore: zip(window.padsBefore, before).map { $0 + $1 },
      padsAfter: zip(window.padsAfter, after).map { $0 + $1 }, groups: groups, weights: weights, bias: bias)
  }
}
