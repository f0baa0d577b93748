/// A row-major array read out of another in strides: what moving, repeating and cutting elements out all are.
///
/// The element at the indices i of ``dimensions`` is the source's element at
/// `offset + i[0] * strides[0] + i[1] * strides[1] + ...`. A stride of 0 repeats, a negative one reverses.
public struct StridedView: Sendable {
  /// Outermost first; a 0 makes the view empty.
  public let dimensions: [Int]
  public let strides: [Int]
  public let offset: Int

  /// - Requires: one stride a dimension, no dimension is negative, and their product fits in `Int`.
  public init(dimensions: [Int], strides: [Int], offset: Int = 0) {
    precondition(dimensions.count == strides.count, "one stride a dimension")
    self.dimensions = dimensions
    self.strides = strides
    self.offset = offset
  }

  /// The whole of a row-major array with these dimensions.
  public init(whole dimensions: [Int]) {
    var strides: [Int] = []
    var stride = 1
    for dimension in dimensions.reversed() {
      strides.append(stride)
      // An empty array has no element to reach, but its other dimensions may be of any size.
      stride = stride &* dimension
    }
    self.init(dimensions: dimensions, strides: strides.reversed())
  }

  public var elementCount: Int { dimensions.contains(0) ? 0 : dimensions.reduce(1, *) }

  /// The axes in another order: axis k of the result is axis `permutation[k]` of this view.
  ///
  /// - Requires: `permutation` has every axis once.
  public func permuted(_ permutation: [Int]) -> StridedView {
    StridedView(
      dimensions: permutation.map { dimensions[$0] }, strides: permutation.map { strides[$0] }, offset: offset
    )
  }

  /// `count` of the indices of an axis: `start`, `start + step`, ...
  ///
  /// - Requires: they are indices of the axis; `count` may be 0.
  public func sliced(axis: Int, start: Int, step: Int, count: Int) -> StridedView {
    var dimensions = dimensions
    var strides = strides
    dimensions[axis] = count
    strides[axis] = strides[axis] &* step
    return StridedView(
      dimensions: dimensions, strides: strides,
      offset: count == 0 ? offset : offset + start &* self.strides[axis])
  }

  /// As numpy broadcasts: aligned at the right, a dimension of 1 is repeated.
  ///
  /// - Requires: this view's shape broadcasts to `target`.
  public func broadcast(to target: [Int]) -> StridedView {
    let padding = target.count - dimensions.count
    let strides = target.indices.map { axis in
      axis < padding || dimensions[axis - padding] != target[axis] ? 0 : self.strides[axis - padding]
    }
    return StridedView(dimensions: target, strides: strides, offset: offset)
  }

  /// The elements in row-major order.
  ///
  /// - Requires: every index of the view is one of `source`.
  public func read<Element>(_ source: [Element]) -> [Element] {
    let count = elementCount
    if count == 0 { return [] }
    guard let rowLength = dimensions.last, let rowStride = strides.last else { return [source[offset]] }
    var result: [Element] = []
    result.reserveCapacity(count)
    var indices = [Int](repeating: 0, count: dimensions.count)
    var start = offset
    while true {
      if rowStride == 1 {
        result += source[start..<start + rowLength]
      } else {
        for column in 0..<rowLength { result.append(source[start + column * rowStride]) }
      }
      // To the next row: the outer indices count like an odometer.
      var axis = dimensions.count - 2
      while axis >= 0 {
        indices[axis] += 1
        start += strides[axis]
        if indices[axis] < dimensions[axis] { break }
        start -= indices[axis] * strides[axis]
        indices[axis] = 0
        axis -= 1
      }
      if axis < 0 { return result }
    }
  }
}
