import NetworkIR

/// What each output of a window sees along one spatial dimension.
struct WindowPositions {
  struct Tap {
    /// The number of the weight.
    let index: Int
    /// The element of the operand.
    let input: Int
  }

  let inputSize: Int
  let outputSize: Int
  let kernel: Int
  let stride: Int
  let dilation: Int
  let padBefore: Int
  /// For each output its taps that are not padding.
  let taps: [[Tap]]

  /// - Requires: `dimension` is one of the window's; the window fits `input` with its padding.
  init(_ window: SpatialWindow, _ dimension: Int, input: TensorShape) {
    self.init(
      inputSize: input.dimensions[dimension + 1], kernel: window.kernel[dimension],
      stride: window.strides[dimension], dilation: window.dilations[dimension],
      padBefore: window.padsBefore[dimension], padAfter: window.padsAfter[dimension])
  }

  /// - Requires: the window fits.
  init(inputSize: Int, kernel: Int, stride: Int, dilation: Int, padBefore: Int, padAfter: Int) {
    let span = (kernel - 1) * dilation + 1
    let free = inputSize + padBefore + padAfter - span
    precondition(free >= 0, "the window fits its operand")
    self.inputSize = inputSize
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.padBefore = padBefore
    outputSize = free / stride + 1
    taps = (0..<outputSize).map { output in
      (0..<kernel).compactMap { tap in
        let input = output * stride - padBefore + tap * dilation
        return (0..<inputSize).contains(input) ? Tap(index: tap, input: input) : nil
      }
    }
  }

  /// The tap by which every output reads the input at its own place; `nil` if there is none, or if the outputs are not as
  /// many as the inputs.
  var ownTap: Int? {
    let isSame = stride == 1 && outputSize == inputSize && padBefore % dilation == 0
    return isSame && padBefore / dilation < kernel ? padBefore / dilation : nil
  }

  /// A dimension of one element.
  static let point = WindowPositions(
    inputSize: 1, kernel: 1, stride: 1, dilation: 1, padBefore: 0, padAfter: 0)
}
