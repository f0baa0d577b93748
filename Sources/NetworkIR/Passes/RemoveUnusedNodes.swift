import Diagnostics

extension Network {
  /// Leaves out nodes whose results nothing reads.
  public func removingUnusedNodes() throws(DiagnosticSet) -> Network {
    var isRead = [Bool](repeating: false, count: nodes.count + 1)
    isRead[output.index] = true
    for position in nodes.indices.reversed() where isRead[position + 1] {
      for operand in nodes[position].operands { isRead[operand.index] = true }
    }
    if isRead.dropFirst().allSatisfy({ $0 }) { return self }
    var result: [Node] = []
    var renamed = [ValueID.networkInput]
    for (position, node) in nodes.enumerated() {
      if isRead[position + 1] {
        result.append(
          Node(
            name: node.name, operation: node.operation, operands: node.operands.map { renamed[$0.index] },
            shape: node.shape))
      }
      renamed.append(ValueID(index: result.count))
    }
    return try Network(
      identity: identity, inputShape: inputShape, nodes: result, output: renamed[output.index],
      semantics: semantics)
  }
}
