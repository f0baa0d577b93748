/// A binary heap: elements go in in any order, and the least comes out first.
package struct MinimumHeap<Element: Comparable> {
  private var elements: [Element] = []

  package init() {}

  package mutating func insert(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0, elements[child] < elements[(child - 1) / 2] {
      elements.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  package mutating func popMinimum() -> Element? {
    guard let minimum = elements.first, let last = elements.popLast() else { return nil }
    if elements.isEmpty { return minimum }
    elements[0] = last
    var parent = 0
    while true {
      var smallest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < elements.count {
        if elements[child] < elements[smallest] { smallest = child }
      }
      if smallest == parent { return minimum }
      elements.swapAt(parent, smallest)
      parent = smallest
    }
  }
}
