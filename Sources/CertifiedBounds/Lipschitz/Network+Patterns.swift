import NetworkIR

extension Network {
  /// The node that makes a value; `nil` for the input.
  func node(of value: ValueID) -> Node? { value.nodePosition.map { nodes[$0] } }

  /// The value of which all of `values` are slices that share no element: their squared distances add up to at most
  /// that value's. `nil` if there is none.
  func source(ofDisjointSlices values: [ValueID]) -> ValueID? {
    var slices: [Slice] = []
    var source: ValueID?
    for value in values {
      guard let node = node(of: value), case .slice(let slice) = node.operation,
        source == nil || source == node.operands[0]
      else { return nil }
      source = node.operands[0]
      slices.append(slice)
    }
    for (index, slice) in slices.enumerated() {
      guard slices[..<index].allSatisfy({ $0.isDisjoint(with: slice) }) else { return nil }
    }
    return source
  }

  /// MinMax (GroupSort with two outputs a group): the rule for a concatenation of a minimum and a maximum of the same.
  ///
  /// Sorting a vector does not lengthen the distance of two vectors (rearrangement inequality: the sum of products of
  /// two vectors is largest when both are sorted). The least and the largest of a group of at least two are two
  /// elements of the sorted group.
  func minMaxRule(of node: Node) -> LayerBound.Rule? {
    guard case .concatenate = node.operation, node.operands.count == 2,
      let first = self.node(of: node.operands[0]), let second = self.node(of: node.operands[1])
    else { return nil }
    switch (first.operation, second.operation) {
    case (.reduction(let a), .reduction(let b)):
      let isPair = Set([a.kind, b.kind]) == [.minimum, .maximum]
      let source = first.operands[0]
      let group = a.axes.reduce(1) { $0 * shape(of: source).dimensions[$1] }
      return isPair && a.axes == b.axes && source == second.operands[0] && group >= 2 ? .minMax(source) : nil
    case (.elementwise(let a), .elementwise(let b)):
      let isPair = Set([a, b]) == [.minimum, .maximum]
      let (x, y) = (first.operands[0], first.operands[1])
      let isSame = second.operands == [x, y] || second.operands == [y, x]
      return isPair && isSame && shape(of: x) == shape(of: y) ? .minMaxOfPair(x, y) : nil
    default: return nil
    }
  }
}

extension Slice {
  /// Whether there is a dimension along which they have no index in common.
  fileprivate func isDisjoint(with other: Slice) -> Bool {
    starts.indices.contains { dimension in
      Set(indices(dimension)).isDisjoint(with: other.indices(dimension))
    }
  }

  private func indices(_ dimension: Int) -> [Int] {
    (0..<counts[dimension]).map { starts[dimension] + $0 * steps[dimension] }
  }
}
