import SafetyLayers

/// Open nodes. Those without a key come first, the newest of them at the front; then the least key, of equal keys the
/// older one.
struct Frontier {
  /// A key of minus infinity stands for none. Nodes are beside the heap, where they need not be moved.
  private struct Item: Comparable {
    let key: Double
    let order: Int
    let slot: Int

    static func < (a: Item, b: Item) -> Bool { (a.key, a.order) < (b.key, b.order) }
  }

  private var heap = MinimumHeap<Item>()
  private var nodes: [SearchNode?] = []
  private var free: [Int] = []
  private var pushed = 0

  var isEmpty: Bool { free.count == nodes.count }

  mutating func push(_ node: SearchNode, key: Double?) {
    let slot: Int
    if let last = free.popLast() {
      slot = last
      nodes[slot] = node
    } else {
      slot = nodes.count
      nodes.append(node)
    }
    heap.insert(
      Item(
        key: key.map { max($0, -.greatestFiniteMagnitude) } ?? -.infinity,
        order: key == nil ? -pushed : pushed, slot: slot))
    pushed += 1
  }

  mutating func pop(_ count: Int) -> [SearchNode] {
    var result: [SearchNode] = []
    while result.count < count, let first = heap.popMinimum(), let node = nodes[first.slot].take() {
      free.append(first.slot)
      result.append(node)
    }
    return result
  }
}
