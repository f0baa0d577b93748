/// Nodes that become one function: a first one, and element-wise ones that are applied to each of its elements
/// before it is stored.
struct FusionGroup: Sendable {
  /// Positions in the network, ascending.
  var nodes: [Int]

  var first: Int { nodes[0] }
  /// The position whose value is stored, and at which the group runs: all operands are there by then.
  var last: Int { nodes[nodes.count - 1] }

  /// All nodes of a network but reshapes, in groups in the order in which they run.
  ///
  /// Fused are element-wise nodes whose operand of the same shape is read by nothing else. So every value that is
  /// not stored has one reader, and what is computed for an element does not change.
  static func groups(of network: Network) -> [FusionGroup] {
    let uses = network.useCounts
    var groups: [FusionGroup] = []
    var groupOfValue: [Int: Int] = [:]
    for (position, node) in network.nodes.enumerated() {
      if case .reshape = node.operation { continue }
      let value = position + 1
      let host = hosts(of: node, in: network, uses: uses).compactMap { groupOfValue[$0] }.max {
        groups[$0].last < groups[$1].last
      }
      if let host {
        groups[host].nodes.append(position)
        groupOfValue[value] = host
      } else {
        groupOfValue[value] = groups.count
        groups.append(FusionGroup(nodes: [position]))
      }
    }
    return groups.sorted { $0.last < $1.last }
  }

  /// The operands into whose store `node` can be fused.
  private static func hosts(of node: Node, in network: Network, uses: [Int]) -> [Int] {
    guard node.operation.implementation is any PointwiseOperator else { return [] }
    return node.operands.filter { uses[$0.index] == 1 && network.shape(of: $0) == node.shape }.map(\.index)
  }
}
