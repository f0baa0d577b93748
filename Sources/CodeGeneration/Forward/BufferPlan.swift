import NetworkIR

/// Where the values of a network live while it runs: local arrays, reused once nothing reads what they
/// hold. A reshape is another view of its operand; element-wise nodes write over an operand that is not
/// read again.
struct BufferPlan: Sendable {
  enum Place: Sendable, Hashable {
    case input
    case buffer(Int)
  }

  /// For each value (0 is the network's input) its place.
  let places: [Place]
  /// The number of elements of each buffer.
  let sizes: [Int]

  /// Blocks of outputs are written whole: so many elements may follow a value.
  static let slack = AffineBlocks.smallest - 1

  init(_ network: Network) {
    var planner = Planner(network)
    for position in network.nodes.indices { planner.place(position) }
    places = planner.places
    sizes = planner.sizes
  }

  private struct Planner {
    let network: Network
    var places: [Place] = [.input]
    var sizes: [Int] = []
    /// For each buffer the last node that reads what it holds; past the last node for the output.
    private var busyUntil: [Int] = []
    private let lastUse: [Int]

    init(_ network: Network) {
      self.network = network
      lastUse = Planner.lastUses(network)
    }

    mutating func place(_ position: Int) {
      let node = network.nodes[position]
      let size = node.shape.elementCount + BufferPlan.slack
      let end = lastUse[position + 1]
      switch node.operation {
      case .reshape:
        let operand = places[node.operands[0].index]
        if case .buffer(let buffer) = operand { busyUntil[buffer] = max(busyUntil[buffer], end) }
        places.append(operand)
      case .relu, .elementwise, .elementwiseWithConstant:
        if let dying = node.operands.compactMap({ bufferLastRead(at: position, of: $0) }).first {
          busyUntil[dying] = end
          places.append(.buffer(dying))
        } else {
          takeBuffer(size, position, end)
        }
      case .affine: takeBuffer(size, position, end)
      }
    }

    /// The buffer of a value, if the node at `position` is the last to read it.
    private func bufferLastRead(at position: Int, of value: ValueID) -> Int? {
      guard case .buffer(let buffer) = places[value.index], busyUntil[buffer] == position else { return nil }
      return buffer
    }

    /// The smallest free buffer that is large enough, else the largest one grown, else a new one.
    private mutating func takeBuffer(_ size: Int, _ position: Int, _ end: Int) {
      let available = sizes.indices.filter { busyUntil[$0] < position }
      let fitting = available.filter { sizes[$0] >= size }.min { sizes[$0] < sizes[$1] }
      if let buffer = fitting ?? available.max(by: { sizes[$0] < sizes[$1] }) {
        sizes[buffer] = max(sizes[buffer], size)
        busyUntil[buffer] = end
        places.append(.buffer(buffer))
      } else {
        sizes.append(size)
        busyUntil.append(end)
        places.append(.buffer(sizes.count - 1))
      }
    }

    /// For each value the last node that reads it; the node that makes it if none does.
    private static func lastUses(_ network: Network) -> [Int] {
      var last = [-1] + network.nodes.indices
      for (position, node) in network.nodes.enumerated() {
        for operand in node.operands { last[operand.index] = position }
      }
      last[network.output.index] = network.nodes.count
      return last
    }
  }
}
