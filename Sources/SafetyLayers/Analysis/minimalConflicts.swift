/// The minimal contradictory subsets of `sets`, whose members are contradictory themselves.
///
/// Subsets of one, two and three elements are tried exhaustively, in this order; a set that has none
/// of these yields one minimal subset by deletion (drop each element whose absence leaves a
/// contradiction). So every set has a reported subset, and every reported subset is minimal.
///
/// - Parameter isContradictory: monotone: a superset of a contradictory set is contradictory.
/// - Returns: ascending sets, smaller ones first, then lexicographically; no duplicates.
func minimalConflicts(of sets: [[Int]], where isContradictory: ([Int]) -> Bool) -> [[Int]] {
  var memo: [[Int]: Bool] = [:]
  func contradictory(_ set: [Int]) -> Bool {
    if let known = memo[set] { return known }
    let result = isContradictory(set)
    memo[set] = result
    return result
  }
  var found: Set<[Int]> = []
  for set in sets {
    var own: [[Int]] = []
    for size in 1...3 where size <= set.count {
      // Beyond 30 members triples are too many to try; deletion covers these sets.
      if size == 3, set.count > 30 { continue }
      forEachSubset(of: set, size: size) { subset in
        if own.contains(where: { $0.allSatisfy(subset.contains) }) { return }
        if contradictory(subset) { own.append(subset) }
      }
    }
    if own.isEmpty {
      var rest = set
      for element in set {
        let without = rest.filter { $0 != element }
        if contradictory(without) { rest = without }
      }
      own = [rest]
    }
    found.formUnion(own)
  }
  return found.sorted { $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count < $1.count }
}

private func forEachSubset(of set: [Int], size: Int, _ body: ([Int]) -> Void) {
  func extend(_ chosen: [Int], from start: Int) {
    if chosen.count == size { return body(chosen) }
    for index in start..<set.count { extend(chosen + [set[index]], from: index + 1) }
  }
  extend([], from: 0)
}
