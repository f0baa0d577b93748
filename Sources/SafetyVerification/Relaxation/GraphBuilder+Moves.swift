// Trusted: the graph computes the network's real function, and roundings are those of the operators' documentation.
import NetworkIR

/// Operators that move elements, and which elements others read.
extension GraphBuilder {
  /// An operator that moves elements: told by what it does to their numbers.
  mutating func moved(_ node: Node, _ operands: [Int], _ shapes: [TensorShape]) -> Int {
    let picked = indices(of: node.operation, shapes)
    var maps: [(value: Int, map: LinearMap)] = []
    var start = 0
    for (operand, shape) in zip(operands, shapes) {
      let end = start + shape.elementCount
      let own = picked.map { $0 >= start && $0 < end ? Optional($0 - start) : nil }
      maps.append((operand, .sparse(SparseMap(picking: own, of: shape.elementCount))))
      start = end
    }
    return linear(maps, count: picked.count, .exact)
  }

  /// Which element each of the result's elements is, the operands' counted on. A network's elements are fewer than
  /// 2^26; numbers beyond 2^24 would not be exact, so they are told apart in two digits.
  func indices(of operation: Operation, _ shapes: [TensorShape]) -> [Int] {
    let base = 1 << 12
    var start = 0
    var low: [Tensor<Float>] = []
    var high: [Tensor<Float>] = []
    for shape in shapes {
      low.append(Tensor(shape, (0..<shape.elementCount).map { Float((start + $0) % base) }))
      high.append(Tensor(shape, (0..<shape.elementCount).map { Float((start + $0) / base) }))
      start += shape.elementCount
    }
    let implementation = operation.implementation
    let digits = [low, high].map { implementation.evaluate($0, network.semantics) }
    return zip(digits[0], digits[1]).map { $1 < 0 ? -1 : Int($1) * base + Int($0) }
  }

  /// For each element of the result the operand's elements that are reduced to it.
  func reducedIndices(_ reduction: Reduction, _ shape: TensorShape) -> [[Int]] {
    let dimensions = shape.dimensions
    let kept = dimensions.indices.filter { !reduction.axes.contains($0) }
    let order = StridedView(whole: dimensions).permuted(kept + reduction.axes)
      .read(Array(0..<shape.elementCount))
    let count = reduction.axes.reduce(1) { $0 * dimensions[$1] }
    return stride(from: 0, to: order.count, by: count).map { Array(order[$0..<$0 + count]) }
  }
}

/// For each element of the result, channels last, the operand's elements of the same channel in its window.
func windowIndices(_ window: SpatialWindow, _ operand: TensorShape, _ result: TensorShape) -> [[Int]] {
  let channels = operand.dimensions[operand.dimensions.count - 1]
  return windowPlaces(window, operand, result).flatMap { places in
    (0..<channels).map { channel in places.compactMap { $0 }.map { $0 * channels + channel } }
  }
}

/// For each place of the result, row by row, the operand's place that each tap sees; `nil` for padding.
func windowPlaces(_ window: SpatialWindow, _ operand: TensorShape, _ result: TensorShape) -> [[Int?]] {
  let rank = window.kernel.count
  let sizes = Array(operand.dimensions[1...rank])
  var places: [[Int?]] = [[0]]
  // Dimension by dimension: places and taps so far, times those of the next one.
  for dimension in 0..<rank {
    let steps = (0..<result.dimensions[dimension + 1]).map { output in
      (0..<window.kernel[dimension]).map { tap -> Int? in
        let index =
          output * window.strides[dimension] - window.padsBefore[dimension] + tap
          * window.dilations[dimension]
        return index >= 0 && index < sizes[dimension] ? index : nil
      }
    }
    places = places.flatMap { outer in
      steps.map { inner in
        outer.flatMap { place in
          inner.map { step in place.flatMap { place in step.map { place * sizes[dimension] + $0 } } }
        }
      }
    }
  }
  return places
}
