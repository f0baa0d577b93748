/// The shape to which numpy broadcasts two shapes: aligned at the right, a 1 stretches; `nil` if they do
/// not fit.
func broadcastShape(_ a: [Int], _ b: [Int]) -> [Int]? {
  let rank = max(a.count, b.count)
  var result: [Int] = []
  for (x, y) in zip(padded(a, to: rank), padded(b, to: rank)) {
    guard x == y || x == 1 || y == 1 else { return nil }
    result.append(x == 1 ? y : x)
  }
  return result
}

/// `values` of shape `dimensions`, repeated to fill the shape `target`.
///
/// - Requires: `broadcastShape(dimensions, target) == target`, no dimension is 0, and `values` has as many
///   elements as `dimensions` say.
func broadcast(_ values: [Float], _ dimensions: [Int], to target: [Int]) -> [Float] {
  // From the innermost dimension outwards: a block is what lies below one index of the dimension.
  var result = values
  var block = 1
  for (from, to) in zip(padded(dimensions, to: target.count), target).reversed() {
    if from != to {
      var stretched: [Float] = []
      for start in stride(from: 0, to: result.count, by: block) {
        for _ in 0..<to { stretched += result[start..<start + block] }
      }
      result = stretched
    }
    block *= to
  }
  return result
}

private func padded(_ dimensions: [Int], to rank: Int) -> [Int] {
  [Int](repeating: 1, count: rank - dimensions.count) + dimensions
}
