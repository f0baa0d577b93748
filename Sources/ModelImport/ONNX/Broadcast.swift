import NetworkIR

/// The shape to which numpy broadcasts two shapes: aligned at the right, a 1 stretches; `nil` if they do
/// not fit.
func broadcastShape(_ a: [Int], _ b: [Int]) -> [Int]? {
  let rank = max(a.count, b.count)
  func padded(_ dimensions: [Int]) -> [Int] {
    [Int](repeating: 1, count: rank - dimensions.count) + dimensions
  }
  var result: [Int] = []
  for (x, y) in zip(padded(a), padded(b)) {
    guard x == y || x == 1 || y == 1 else { return nil }
    result.append(x == 1 ? y : x)
  }
  return result
}

/// `values` of shape `dimensions`, repeated to fill the shape `target`.
///
/// - Requires: `broadcastShape(dimensions, target) == target`, and `values` has as many elements as
///   `dimensions` say.
func broadcast<Element>(_ values: [Element], _ dimensions: [Int], to target: [Int]) -> [Element] {
  dimensions == target ? values : StridedView(whole: dimensions).broadcast(to: target).read(values)
}
