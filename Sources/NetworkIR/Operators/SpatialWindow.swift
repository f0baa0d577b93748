/// The windows that a convolution or a pooling moves over the spatial dimensions of its operand, which has the shape
/// [1, spatial dimensions..., channels]. All arrays have one number a spatial dimension.
///
/// Output o of a dimension sees the operand's elements `o * stride - padBefore + tap * dilation` for the taps
/// 0 to kernel - 1; those outside the operand are padding.
public struct SpatialWindow: Sendable, Hashable {
  public let kernel: [Int]
  public let strides: [Int]
  public let dilations: [Int]
  public let padsBefore: [Int]
  public let padsAfter: [Int]

  /// No window is larger in any respect; so nothing that is computed with its numbers overflows.
  static let maximum = Network.maximumElementCount

  /// - Requires: one or two spatial dimensions; kernel, strides and dilations are at least 1, pads at least 0.
  public init(kernel: [Int], strides: [Int], dilations: [Int], padsBefore: [Int], padsAfter: [Int]) {
    precondition(
      (1...2).contains(kernel.count)
        && [strides, dilations, padsBefore, padsAfter].allSatisfy { $0.count == kernel.count },
      "one number for each of one or two spatial dimensions")
    precondition((kernel + strides + dilations).allSatisfy { $0 >= 1 }, "a window is not empty and moves on")
    precondition((padsBefore + padsAfter).allSatisfy { $0 >= 0 }, "padding only adds")
    self.kernel = kernel
    self.strides = strides
    self.dilations = dilations
    self.padsBefore = padsBefore
    self.padsAfter = padsAfter
  }

  var rank: Int { kernel.count }

  /// The result's shape for an operand [1, spatial dimensions..., channels].
  ///
  /// - Throws: where the operand has other dimensions, or no window fits.
  func resultShape(of operand: TensorShape, channels: Int) throws(ShapeViolation) -> TensorShape {
    guard operand.dimensions.count == rank + 2, operand.dimensions[0] == 1 else {
      throw ShapeViolation(
        "moves a window over \(rank) dimensions of one image, but its operand has shape \(operand)")
    }
    var result = [1]
    for dimension in 0..<rank {
      let numbers = [kernel, strides, dilations, padsBefore, padsAfter].map { $0[dimension] }
      guard numbers.allSatisfy({ $0 <= SpatialWindow.maximum }) else {
        throw ShapeViolation("has a window with a number above \(SpatialWindow.maximum)")
      }
      let free =
        operand.dimensions[dimension + 1] + padsBefore[dimension] + padsAfter[dimension] - span(dimension)
      guard free >= 0 else {
        throw ShapeViolation(
          "has a window of \(span(dimension)) elements in dimension \(dimension + 1), larger than its operand "
            + "\(operand) with its padding")
      }
      result.append(free / strides[dimension] + 1)
    }
    guard let shape = TensorShape(result + [channels]) else {
      throw ShapeViolation("has a result with more elements than can be counted")
    }
    return shape
  }

  /// From the first to the last element that a window sees.
  func span(_ dimension: Int) -> Int { (kernel[dimension] - 1) * dilations[dimension] + 1 }

  /// The taps of output `output` that lie inside an operand of `size` elements in this dimension; they are
  /// neighbours.
  func inside(_ dimension: Int, output: Int, size: Int) -> Range<Int> {
    let start = output * strides[dimension] - padsBefore[dimension]
    let step = dilations[dimension]
    let first = start >= 0 ? 0 : (-start + step - 1) / step
    let end = start >= size ? 0 : (size - start + step - 1) / step
    let clamped = min(first, kernel[dimension])
    return clamped..<max(clamped, min(end, kernel[dimension]))
  }

  /// The index in the operand that a tap sees; outside the operand for padding.
  func index(_ dimension: Int, output: Int, tap: Int) -> Int {
    output * strides[dimension] - padsBefore[dimension] + tap * dilations[dimension]
  }
}
