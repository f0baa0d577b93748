import NetworkIR

/// About what a linear node does to distances at most, by Lanczos' method on the map itself. Untrusted: it shows how
/// much a proved bound is above the truth, as it is not above the truth itself but for rounding.
///
/// - Parameter input: the shape of the node's operand.
/// - Returns: `nil` for an operator whose bound is its definition.
public func estimatedNorm(of node: Node, input: TensorShape) -> Double? {
  if case .affine(let affine) = node.operation {
    return root(size: affine.outputCount) { affine.gramTimes($0) }
  }
  if case .convolution(let convolution) = node.operation {
    return (0..<convolution.groups).map { group in
      let map = ConvolutionMap(convolution, group: group, input: input)
      let size = map.rows.inputSize * map.columns.inputSize * map.inputChannels
      return root(size: size) { map.transposed(times: map.times($0)) }
    }.max()
  }
  return nil
}

private func root(size: Int, _ apply: ([Double]) -> [Double]) -> Double {
  max(0, estimateLargestEigenvalue(size: size, accuracy: 1e-10, apply)).squareRoot()
}

extension Affine {
  /// W W^T v, for a vector of outputs.
  fileprivate func gramTimes(_ vector: [Double]) -> [Double] {
    weights.withUnsafeBufferPointer { weights in
      var result = [Double](repeating: 0, count: outputCount)
      for k in 0..<inputCount {
        let start = k * outputCount
        var sum = 0.0
        for j in 0..<outputCount { sum += Double(weights[start + j]) * vector[j] }
        for j in 0..<outputCount { result[j] += Double(weights[start + j]) * sum }
      }
      return result
    }
  }
}

extension ConvolutionMap {
  /// The convolution of an image [rows][columns][channels].
  fileprivate func times(_ image: [Double]) -> [Double] {
    var result = [Double](
      repeating: 0, count: rows.outputSize * columns.outputSize * outputChannels)
    forEachMeeting { input, output, weights in
      for ci in 0..<inputChannels {
        let x = image[input + ci]
        for co in 0..<outputChannels {
          result[output + co] += weights[weights.startIndex + ci * outputChannels + co] * x
        }
      }
    }
    return result
  }

  /// The transposed map of an image of outputs.
  fileprivate func transposed(times image: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: rows.inputSize * columns.inputSize * inputChannels)
    forEachMeeting { input, output, weights in
      for ci in 0..<inputChannels {
        var sum = 0.0
        for co in 0..<outputChannels {
          sum += weights[weights.startIndex + ci * outputChannels + co] * image[output + co]
        }
        result[input + ci] += sum
      }
    }
    return result
  }

  /// Calls `body` for each output and each of its taps, with the places of their first channels and the tap's weights.
  private func forEachMeeting(_ body: (_ input: Int, _ output: Int, _ weights: ArraySlice<Double>) -> Void) {
    for y in 0..<rows.outputSize {
      for row in rows.taps[y] {
        for x in 0..<columns.outputSize {
          for column in columns.taps[x] {
            body(
              (row.input * columns.inputSize + column.input) * inputChannels,
              (y * columns.outputSize + x) * outputChannels,
              weights(ofTap: row.index * columns.kernel + column.index))
          }
        }
      }
    }
  }
}
