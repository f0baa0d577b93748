/// Trees as bytes: a number a node, in the order of a depth-first walk: 0 an open leaf, 1 a closed one, 2 + 2 i a split of
/// input i, followed by where, 3 + 2 k one of neuron k.
extension SearchTrace {
  /// Nodes that were tried over the reals alone are open leaves: floats were given up there by what the search found, which
  /// is for the next one to find.
  func write(to bytes: inout [UInt8]) {
    var open = [0]
    while let index = open.popLast() {
      let node = nodes[index]
      switch node.branch {
      case .input(let input, let middle):
        bytes.append(number: 2 + 2 * input)
        for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: middle.bitPattern >> (8 * UInt64(byte)))) }
      case .neuron(let neuron): bytes.append(number: 3 + 2 * Int(neuron))
      case .none:
        bytes.append(node.isClosed ? 1 : 0)
        continue
      }
      open.append(node.first + 1)
      open.append(node.first)
    }
  }

  /// No honest tree is as deep.
  private static let depthLimit = 4_096

  /// Reads a tree of splits of `inputs` inputs and `neurons` neurons.
  ///
  /// - Returns: `nil` if the bytes don't begin with one, or it is larger than `limit` nodes.
  init?(_ bytes: inout ArraySlice<UInt8>, inputs: Int, neurons: Int, limit: Int) {
    self.init(limit: limit)
    var open = [(node: 0, depth: 0)]
    while let (node, depth) = open.popLast() {
      guard let code = bytes.popNumber() else { return nil }
      let branch: Expansion.Branch
      switch code {
      case 0: continue
      case 1:
        close(node)
        continue
      case let code where code % 2 == 0:
        guard code / 2 - 1 < inputs, bytes.count >= 8 else { return nil }
        let pattern = bytes.prefix(8).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        bytes.removeFirst(8)
        let middle = Double(bitPattern: pattern)
        guard middle.isFinite else { return nil }
        branch = .input(code / 2 - 1, at: middle)
      default:
        guard (code - 3) / 2 < neurons else { return nil }
        branch = .neuron(Int32((code - 3) / 2))
      }
      guard depth < Self.depthLimit, let first = split(node, branch, 2) else { return nil }
      open.append((first + 1, depth + 1))
      open.append((first, depth + 1))
    }
  }
}

extension [UInt8] {
  /// Seven bits a byte, the lowest first.
  mutating func append(number: Int) {
    var rest = number
    while rest >= 128 {
      append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}

extension ArraySlice<UInt8> {
  /// - Returns: `nil` if there is no number below 2^35.
  mutating func popNumber() -> Int? {
    var result = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard let byte = popFirst() else { return nil }
      result |= Int(byte & 127) << shift
      if byte < 128 { return result }
    }
    return nil
  }
}
