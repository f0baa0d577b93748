/// Cells that are to be split, the nearest first, of equally near ones the one that was entered first: a binary heap.
struct CellQueue {
  struct Entry {
    let cell: Cell
    /// Where to split it.
    let neuron: Cell.Neuron
  }

  private struct Item {
    let entry: Entry
    let rival: Int
    let distance: Double
    let number: Int

    func isBefore(_ other: Item) -> Bool { (distance, number) < (other.distance, other.number) }
  }

  private var heap: [Item] = []
  private var inserted = 0

  mutating func insert(_ entry: Entry, _ rival: Int, distance: Double) {
    heap.append(Item(entry: entry, rival: rival, distance: distance, number: inserted))
    inserted += 1
    var place = heap.count - 1
    while place > 0, heap[place].isBefore(heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popNearest() -> (Entry, rival: Int)? {
    guard let nearest = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return (nearest.entry, nearest.rival) }
    heap[0] = last
    var place = 0
    while let child = [2 * place + 1, 2 * place + 2].filter({ $0 < heap.count })
      .min(by: { heap[$0].isBefore(heap[$1]) }), heap[child].isBefore(heap[place])
    {
      heap.swapAt(child, place)
      place = child
    }
    return (nearest.entry, nearest.rival)
  }
}
