/// Numbers in row-major order with their shape.
public struct Tensor<Element: Sendable>: Sendable {
  public let shape: TensorShape
  /// INVARIANT: `elements.count == shape.elementCount`.
  public let elements: [Element]

  /// - Requires: as many elements as the shape has.
  public init(_ shape: TensorShape, _ elements: [Element]) {
    precondition(elements.count == shape.elementCount, "one number for each element of the shape")
    self.shape = shape
    self.elements = elements
  }

  /// A tensor of one dimension; not empty.
  public static func vector(_ elements: [Element]) -> Tensor {
    Tensor(.vector(elements.count), elements)
  }

  /// The elements repeated along dimensions of size 1 and in front, as numpy broadcasts.
  ///
  /// - Requires: `shape.broadcast(with: target) == target`.
  public func broadcast(to target: TensorShape) -> [Element] {
    if shape.dimensions == target.dimensions { return elements }
    let strides = shape.broadcastStrides(to: target)
    return target.indices(strides: strides).map { elements[$0] }
  }
}

extension TensorShape {
  /// The shape that two operands broadcast to, as in numpy: aligned at the last dimension, where one is 1 the
  /// other counts; `nil` if they differ otherwise.
  public func broadcast(with other: TensorShape) -> TensorShape? {
    let rank = max(dimensions.count, other.dimensions.count)
    let left = [Int](repeating: 1, count: rank - dimensions.count) + dimensions
    let right = [Int](repeating: 1, count: rank - other.dimensions.count) + other.dimensions
    guard zip(left, right).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else { return nil }
    return TensorShape(zip(left, right).map { max($0, $1) })
  }

  /// For each dimension how far apart neighbours lie in row-major order.
  public var strides: [Int] {
    var strides = dimensions
    var next = 1
    for index in dimensions.indices.reversed() {
      strides[index] = next
      next *= dimensions[index]
    }
    return strides
  }

  /// For each dimension of `target` how far apart this shape's elements lie when it is broadcast to it; 0 where
  /// it is repeated.
  ///
  /// - Requires: `broadcast(with: target) == target`.
  public func broadcastStrides(to target: TensorShape) -> [Int] {
    precondition(broadcast(with: target) == target, "\(self) does not broadcast to \(target)")
    let missing = target.dimensions.count - dimensions.count
    return [Int](repeating: 0, count: missing) + zip(dimensions, strides).map { $0 == 1 ? 0 : $1 }
  }

  /// For each element in row-major order the sum of its indices times `strides`.
  func indices(strides: [Int]) -> [Int] {
    var result = [0]
    for (dimension, stride) in zip(dimensions, strides) {
      result = result.flatMap { start in (0..<dimension).map { start + $0 * stride } }
    }
    return result
  }
}
