/// The tree of a search: what a proof is made of afterwards, and what a later search of the same region begins from.
struct SearchTrace: Sendable {
  /// INVARIANT: 16 bytes, as there are millions.
  struct Node: Sendable {
    fileprivate var middle = 0.0
    /// Zero of a leaf: the root is no child.
    fileprivate var link: UInt32 = 0
    /// Of a leaf whether it is closed; else the input, the neuron's complement, or ``retry``.
    fileprivate var subject: Int32 = 0
    fileprivate static let retry = Int32.min

    /// Children have the numbers from `first` on: two of a split; one if the node was tried again; none of a leaf.
    var first: Int { Int(link) }
    var count: Int { link == 0 ? 0 : subject == Self.retry ? 1 : 2 }
    var isClosed: Bool { link == 0 && subject == 1 }

    var branch: Expansion.Branch {
      if count < 2 { return .none }
      return subject >= 0 ? .input(Int(subject), at: middle) : .neuron(~subject)
    }
  }

  private(set) var nodes = [Node()]
  /// Beyond that many nodes, splits are not recorded any more: their nodes stay open leaves.
  var limit: Int

  init(limit: Int = Int(Int32.max)) { self.limit = limit }

  /// - Parameter node: nil if it is not recorded itself.
  /// - Returns: the number of the first child; nil if the children are not recorded.
  mutating func split(_ node: Int?, _ branch: Expansion.Branch, _ count: Int) -> Int? {
    guard let node, nodes.count + count <= limit else { return nil }
    let first = nodes.count
    let link = UInt32(first)
    switch branch {
    case .input(let input, let middle) where count == 2:
      nodes[node] = Node(middle: middle, link: link, subject: Int32(input))
    case .neuron(let neuron) where count == 2: nodes[node] = Node(link: link, subject: ~neuron)
    default: nodes[node] = Node(link: link, subject: Node.retry)
    }
    for _ in 0..<count { nodes.append(Node()) }
    return first
  }

  /// Nothing of the node is open any more; what was below it is forgotten.
  mutating func close(_ node: Int?) {
    if let node { nodes[node] = Node(subject: 1) }
  }

  /// For each node whether all leaves below it are closed.
  var closedSubtrees: [Bool] {
    var result = nodes.map(\.isClosed)
    // Children come after their parents.
    for (index, node) in nodes.enumerated().reversed() where node.count > 0 {
      result[index] = (node.first..<node.first + node.count).allSatisfy { result[$0] }
    }
    return result
  }
}
