/// The tree of a search: what a proof is made of afterwards.
struct SearchTrace: Sendable {
  struct Node: Sendable {
    var branch = Expansion.Branch.none
    /// Children have the numbers from `first` on: two of a split; one if the node was tried again; none if it was closed.
    var first = 0
    var count = 0
  }

  private(set) var nodes = [Node()]

  /// - Returns: the number of the first child.
  mutating func split(_ node: Int, _ branch: Expansion.Branch, _ count: Int) -> Int {
    let first = nodes.count
    nodes[node] = Node(branch: branch, first: first, count: count)
    for _ in 0..<count { nodes.append(Node()) }
    return first
  }
}
