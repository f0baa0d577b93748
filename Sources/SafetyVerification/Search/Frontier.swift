/// Open nodes. Those without a key come first, the newest of them at the front; then the least key, of equal keys the
/// older one.
struct Frontier {
  /// A key of minus infinity stands for none. Nodes are beside the heap, where they need not be moved.
  private var heap: [(key: Double, order: Int, slot: Int)] = []
  private var nodes: [SearchNode?] = []
  private var free: [Int] = []
  private var pushed = 0

  var isEmpty: Bool { heap.isEmpty }

  mutating func push(_ node: SearchNode, key: Double?) {
    let slot: Int
    if let last = free.popLast() {
      slot = last
      nodes[slot] = node
    } else {
      slot = nodes.count
      nodes.append(node)
    }
    heap.append(
      (key.map { max($0, -.greatestFiniteMagnitude) } ?? -.infinity, key == nil ? -pushed : pushed, slot))
    pushed += 1
    var child = heap.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop(_ count: Int) -> [SearchNode] {
    var result: [SearchNode] = []
    while result.count < count, let node = pop() { result.append(node) }
    return result
  }

  private mutating func pop() -> SearchNode? {
    guard let first = heap.first else { return nil }
    heap[0] = heap[heap.count - 1]
    heap.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isBefore(child, least) {
        least = child
      }
      if least == parent { break }
      heap.swapAt(least, parent)
      parent = least
    }
    free.append(first.slot)
    return nodes[first.slot].take()
  }

  private func isBefore(_ a: Int, _ b: Int) -> Bool {
    (heap[a].key, heap[a].order) < (heap[b].key, heap[b].order)
  }
}
