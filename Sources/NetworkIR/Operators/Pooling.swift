import ExactArithmetic

/// The maximum or average of each channel over windows of one or two spatial dimensions, channels last: from
/// [1, H, W, C] to [1, H', W', C], or without the H. A window as large as the operand pools globally.
///
/// Padding has no part in a maximum, and adds nothing to an average; ``Kind/average(countsPadding:)`` says whether
/// it counts in the divisor.
///
/// Result in binary32, over the elements of a window that are not padding, row by row. Maximum: the first, then
/// for each other x `m = x > m ? x : x == x ? m : x`, so that NaN wins. Average: `acc = 0`, then
/// `acc = acc + x`, at last `acc / count`.
public struct Pooling: KernelOperator {
  public enum Kind: Sendable, Hashable {
    case maximum
    case average(countsPadding: Bool)
  }

  public let kind: Kind
  public let window: SpatialWindow

  /// - Requires: the window as in ``SpatialWindow``.
  public init(
    kind: Kind, kernel: [Int], strides: [Int], dilations: [Int], padsBefore: [Int], padsAfter: [Int]
  ) {
    self.kind = kind
    window = SpatialWindow(
      kernel: kernel, strides: strides, dilations: dilations, padsBefore: padsBefore, padsAfter: padsAfter)
  }

  public var text: String {
    switch kind {
    case .maximum: "maximum_pool"
    case .average: "average_pool"
    }
  }

  /// Every window sees at least one element that is not padding.
  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    let operand = operands[0]
    let shape = try window.resultShape(of: operand, channels: operand.dimensions.last ?? 1)
    for dimension in 0..<window.rank {
      for output in 0..<shape.dimensions[dimension + 1]
      where window.inside(dimension, output: output, size: operand.dimensions[dimension + 1]).isEmpty {
        throw ShapeViolation("has a window that sees only padding of its operand \(operand)")
      }
    }
    return shape
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    pool(operands[0]) { elements, count in
      switch kind {
      case .maximum: elements.dropFirst().reduce(elements[0]) { $1 > $0 ? $1 : $1 == $1 ? $0 : $1 }
      case .average: elements.reduce(0, +) / Float(count)
      }
    }
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) -> [Rational] {
    pool(operands[0]) { elements, count in
      switch kind {
      case .maximum: elements.dropFirst().reduce(elements[0]) { max($0, $1) }
      case .average: elements.reduce(.zero) { $0 + $1 } / Rational(count)
      }
    }
  }

  /// `reduce` on the elements of each window that are not padding, with the divisor of an average.
  private func pool<Element>(_ operand: Tensor<Element>, _ reduce: ([Element], Int) -> Element) -> [Element] {
    let channels = operand.shape.dimensions.last ?? 1
    let image = PlaneImage(window, operand.shape)
    var result: [Element] = []
    for y in 0..<image.resultHeight {
      for x in 0..<image.resultWidth {
        let taps = image.taps(y, x)
        let places = taps.compactMap { $0 }
        let count = kind == .average(countsPadding: true) ? taps.count : places.count
        for channel in 0..<channels {
          result.append(reduce(places.map { operand.elements[$0 * channels + channel] }, count))
        }
      }
    }
    return result
  }
}
