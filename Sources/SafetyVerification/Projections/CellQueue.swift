import SafetyLayers

/// Cells that are to be split, the nearest first, of equally near ones the one that was entered first.
struct CellQueue {
  struct Entry {
    let cell: Cell
    /// Where to split it.
    let neuron: Cell.Neuron
  }

  private struct Item: Comparable {
    let entry: Entry
    let rival: Int
    let distance: Double
    let number: Int

    static func == (a: Item, b: Item) -> Bool { (a.distance, a.number) == (b.distance, b.number) }
    static func < (a: Item, b: Item) -> Bool { (a.distance, a.number) < (b.distance, b.number) }
  }

  private var heap = MinimumHeap<Item>()
  private var inserted = 0

  mutating func insert(_ entry: Entry, _ rival: Int, distance: Double) {
    heap.insert(Item(entry: entry, rival: rival, distance: distance, number: inserted))
    inserted += 1
  }

  mutating func popNearest() -> (Entry, rival: Int)? {
    heap.popMinimum().map { ($0.entry, $0.rival) }
  }
}
