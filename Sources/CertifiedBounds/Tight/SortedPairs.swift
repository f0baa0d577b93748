import NetworkIR

/// MinMax of pairs: which elements each pair has.
struct SortedPairs: Sendable {
  /// The elements of the source, a pair after another.
  let sources: [Int]
  /// For each pair, which element of the result is the smaller one, and which the larger.
  let results: [Int]

  /// The pairs that a concatenation of minima and maxima joins, and the value that they are of; `nil` for any other
  /// concatenation, and for groups of other sizes.
  static func source(of node: Node, in network: Network) -> (SortedPairs, ValueID)? {
    guard let rule = network.minMaxRule(of: node), let first = network.node(of: node.operands[0]),
      let second = network.node(of: node.operands[1])
    else { return nil }
    let source: ValueID
    let members: [[Int]]
    let isMinimumFirst: Bool
    switch (rule, first.operation, second.operation) {
    case (.minMax(let value), .reduction(let a), .reduction):
      source = value
      isMinimumFirst = a.kind == .minimum
      // Of the numbers 0, 1, ..., the least and the largest of a group are its members, if there are two.
      members = [Reduction.Kind.minimum, .maximum].map { kind in
        places(Reduction(kind: kind, axes: a.axes), network.shape(of: source))
      }
      guard 2 * members[0].count == network.shape(of: source).elementCount else { return nil }
    case (.minMaxOfPair(let x, let y), .elementwise(let a), .elementwise):
      guard let value = network.source(ofDisjointSlices: [x, y]) else { return nil }
      source = value
      isMinimumFirst = a == .minimum
      members = [x, y].compactMap { half in
        network.node(of: half).map { places($0.operation.implementation, network.shape(of: source)) }
      }
      guard members.count == 2 else { return nil }
    default: return nil
    }
    let count = members[0].count
    let joined = joinedPlaces(node, first, second)
    let results = (0..<count).flatMap { group in
      isMinimumFirst ? [joined[group], joined[count + group]] : [joined[count + group], joined[group]]
    }
    let sources = (0..<count).flatMap { [members[0][$0], members[1][$0]] }
    let all = Array(0..<network.shape(of: source).elementCount)
    guard sources.sorted() == all, results.sorted() == all else { return nil }
    return (SortedPairs(sources: sources, results: results), source)
  }
}

/// For each element of the result of an operator that moves elements, the place in its operand.
///
/// Places are below 2^24, exact in binary32, if the operand has no more elements.
private func places(_ operation: any NetworkOperator, _ shape: TensorShape) -> [Int] {
  let numbers = (0..<shape.elementCount).map { Float($0) }
  return operation.evaluate([Tensor(shape, numbers)], .contractOff).map { Int($0) }
}

/// For each element of the first operand, and then of the second, its place in the concatenation.
private func joinedPlaces(_ node: Node, _ first: Node, _ second: Node) -> [Int] {
  let count = first.shape.elementCount
  let numbers = (0..<2 * count).map { Float($0) }
  let joined = node.operation.implementation.evaluate(
    [Tensor(first.shape, Array(numbers[..<count])), Tensor(second.shape, Array(numbers[count...]))],
    .contractOff)
  var result = [Int](repeating: 0, count: 2 * count)
  for (place, number) in joined.enumerated() { result[Int(number)] = place }
  return result
}
