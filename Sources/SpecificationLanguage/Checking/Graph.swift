/// A directed graph over `0..<successors.count`.
struct Graph {
  let successors: [[Int]]

  /// An order in which each node stands behind its successors; nodes that reach a cycle are missing.
  var order: [Int] {
    var waitsFor = successors.map(\.count)
    var predecessors = [[Int]](repeating: [], count: successors.count)
    for (node, next) in successors.enumerated() {
      for successor in next { predecessors[successor].append(node) }
    }
    var order = waitsFor.indices.filter { waitsFor[$0] == 0 }
    var position = 0
    while position < order.count {
      for node in predecessors[order[position]] {
        waitsFor[node] -= 1
        if waitsFor[node] == 0 { order.append(node) }
      }
      position += 1
    }
    return order
  }

  /// Disjoint cycles, one for each place where a walk along the lowest successors runs in circles: if
  /// there is a cycle, at least one. Each node is followed by its successor.
  var cycles: [[Int]] {
    let open = Set(successors.indices).subtracting(order)
    var walkOf: [Int: Int] = [:]
    var cycles: [[Int]] = []
    for start in open.sorted() {
      var path: [Int] = []
      var node: Int? = start
      while let current = node, walkOf[current] == nil {
        walkOf[current] = start
        path.append(current)
        node = successors[current].filter(open.contains).min()
      }
      if let node, walkOf[node] == start, let first = path.firstIndex(of: node) {
        cycles.append(Array(path[first...]))
      }
    }
    return cycles
  }
}
