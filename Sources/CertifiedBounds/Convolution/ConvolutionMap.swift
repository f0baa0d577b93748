import NetworkIR

/// One group of a convolution over two spatial dimensions (a single one counts as the second), without its bias: a
/// linear map of binary64 numbers.
struct ConvolutionMap {
  let rows: WindowPositions
  let columns: WindowPositions
  let inputChannels: Int
  let outputChannels: Int
  /// [tap][input channel][output channel], a tap at row * columns.kernel + column.
  let weights: [Double]

  /// Group `group` of a convolution of an operand [1, spatial dimensions..., channels].
  init(_ convolution: Convolution, group: Int, input: TensorShape) {
    let window = convolution.window
    let rank = window.kernel.count
    rows = rank == 2 ? WindowPositions(window, 0, input: input) : .point
    columns = WindowPositions(window, rank - 1, input: input)
    let inputs = convolution.inputChannels / convolution.groups
    let outputs = convolution.outputChannels / convolution.groups
    inputChannels = inputs
    outputChannels = outputs
    let taps = window.kernel.reduce(1, *)
    weights = (0..<taps * inputs).flatMap { row in
      let start = row * convolution.outputChannels + group * outputs
      return convolution.weights[start..<start + outputs].map { Double($0) }
    }
  }

  private init(_ map: ConvolutionMap, weights: [Double]) {
    rows = map.rows
    columns = map.columns
    inputChannels = map.inputChannels
    outputChannels = map.outputChannels
    self.weights = weights
  }

  var tapCount: Int { rows.kernel * columns.kernel }

  /// The weights of a tap, input channels x output channels.
  func weights(ofTap tap: Int) -> ArraySlice<Double> {
    let size = inputChannels * outputChannels
    return weights[tap * size..<(tap + 1) * size]
  }

  /// I + `scale` times the map, with the weights of I rounded once, and the largest magnitude of these; `nil` if no tap
  /// reads the element at the output's own place.
  ///
  /// - Requires: outputs are as many as inputs, the weights are binary32 numbers, and so is `scale`.
  func addedToIdentity(times scale: Double) -> (map: ConvolutionMap, largest: UpperBound)? {
    guard inputChannels == outputChannels, let row = rows.ownTap, let column = columns.ownTap else {
      return nil
    }
    var sums = weights.map { scale * $0 }
    var largest = 0.0
    let start = (row * columns.kernel + column) * inputChannels * outputChannels
    for channel in 0..<inputChannels {
      let index = start + channel * outputChannels + channel
      sums[index] += 1
      largest = max(largest, sums[index].magnitude)
    }
    return (ConvolutionMap(self, weights: sums), UpperBound(largest))
  }

  /// The map times 2^exponent, exactly: the weights are binary32 numbers, products of two, or near 1.
  func scaled(byPowerOfTwo exponent: Int) -> ConvolutionMap {
    ConvolutionMap(self, weights: weights.map { Double(sign: .plus, exponent: exponent, significand: $0) })
  }

  /// The exponent that brings the largest magnitude into [1/2, 1); `nil` if all weights are zero.
  var normalizingExponent: Int? {
    let largest = weights.reduce(0) { max($0, $1.magnitude) }
    return largest == 0 ? nil : -(Int(largest.exponent) + 1)
  }
}
