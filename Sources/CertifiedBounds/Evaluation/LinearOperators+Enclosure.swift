import NetworkIR

extension Affine {
  func enclosure(_ operand: Enclosure) -> Enclosure? {
    var centers: [Double] = []
    var errors: [Double] = []
    for row in 0..<rows {
      var sums = WeightedSums(constants: bias, length: inputCount)
      weights.withUnsafeBufferPointer { weights in
        for k in 0..<inputCount {
          let index = row * inputCount + k
          let column = UnsafeBufferPointer(rebasing: weights[k * outputCount..<(k + 1) * outputCount])
          sums.add(operand.centers[index], operand.errors[index], times: column, to: 0..<outputCount)
        }
      }
      centers += sums.centers
      errors += sums.errors
    }
    return Enclosure(centers, errors)
  }
}

extension Convolution {
  func enclosure(_ operand: Enclosure, _ shape: TensorShape) -> Enclosure? {
    let plane = WindowPlane(window, input: shape)
    let (inputs, outputs) = (inputChannels / groups, outputChannels / groups)
    var sums = WeightedSums(
      constants: (0..<plane.outputCount).flatMap { _ in bias }, length: plane.tapCount * inputs)
    weights.withUnsafeBufferPointer { weights in
      plane.forEachMeeting { input, output, tap in
        for channel in 0..<inputChannels {
          let group = channel / inputs
          let start = (tap * inputs + channel % inputs) * outputChannels + group * outputs
          let index = input * inputChannels + channel
          let target = output * outputChannels + group * outputs
          sums.add(
            operand.centers[index], operand.errors[index],
            times: UnsafeBufferPointer(rebasing: weights[start..<start + outputs]),
            to: target..<target + outputs)
        }
      }
    }
    return Enclosure(sums.centers, sums.errors)
  }
}

/// The places of a window's outputs, over two spatial dimensions (a single one counts as the second).
struct WindowPlane {
  private let rows: WindowPositions
  private let columns: WindowPositions

  /// - Parameter input: the operand's shape, [1, spatial dimensions..., channels].
  init(_ window: SpatialWindow, input: TensorShape) {
    let rank = window.kernel.count
    rows = rank == 2 ? WindowPositions(window, 0, input: input) : .point
    columns = WindowPositions(window, rank - 1, input: input)
  }

  var outputCount: Int { rows.outputSize * columns.outputSize }
  var tapCount: Int { rows.kernel * columns.kernel }

  /// Calls `body` for each output and each of its taps that is not padding, output by output.
  func forEachMeeting(_ body: (_ input: Int, _ output: Int, _ tap: Int) -> Void) {
    for y in 0..<rows.outputSize {
      for x in 0..<columns.outputSize {
        for row in rows.taps[y] {
          for column in columns.taps[x] {
            body(
              row.input * columns.inputSize + column.input, y * columns.outputSize + x,
              row.index * columns.kernel + column.index)
          }
        }
      }
    }
  }
}
