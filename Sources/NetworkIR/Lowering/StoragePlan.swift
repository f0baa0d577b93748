/// Where the values of a network lie: which share memory, in which layout, and at which offset of the scratch
/// memory.
struct StoragePlan: Sendable {
  enum Place: Sendable, Hashable {
    case input
    case output
    /// So many floats into the scratch memory.
    case scratch(Int)
  }

  struct Storage: Sendable {
    let shape: TensorShape
    var border: Border
    /// The groups that write and last read it.
    var firstGroup: Int
    var lastGroup: Int
    var place: Place

    /// For each dimension its size with the border.
    var extents: [Int] {
      zip(shape.dimensions, zip(border.before, border.after)).map { $0 + $1.0 + $1.1 }
    }
    var size: Int { extents.reduce(1, *) }
    var strides: [Int] {
      guard let padded = TensorShape(extents) else { preconditionFailure("a border only enlarges") }
      return padded.strides
    }
    /// Where the element with all indices zero lies.
    var origin: Int { zip(border.before, strides).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private(set) var storages: [Storage]
  /// For each value its storage. A reshape has its operand's; values that are only passed from one fused node to
  /// the next have none.
  private(set) var storageOfValue: [Int?]
  /// The storages into which operands of kernels are copied first.
  let copies: [KernelOperand: Int]
  private(set) var scratchCount = 0

  /// An operand of the kernel that starts a group.
  struct KernelOperand: Sendable, Hashable {
    let group: Int
    let operand: Int
  }

  init(_ network: Network, _ groups: [FusionGroup], _ goal: OptimizationGoal) {
    var builder = StorageBuilder(network, groups)
    builder.chooseBorders()
    builder.addCopies()
    builder.shareDyingOperands()
    storages = builder.storages
    storageOfValue = builder.storageOfValue
    copies = builder.copies
    allocate(builder.owner, alignment: goal == .speed ? 16 : 1)
  }

  /// Largest first, each at the lowest offset where nothing lives at the same time: as in "Efficient Memory
  /// Management for Deep Neural Net Inference" (Pisarchyk, Lee 2020), greedy by size.
  private mutating func allocate(_ owner: [Int], alignment: Int) {
    func isScratch(_ storage: Int) -> Bool {
      if case .scratch = storages[storage].place { true } else { false }
    }
    var placed: [(range: Range<Int>, groups: ClosedRange<Int>)] = []
    let owners = storages.indices.filter { isScratch($0) && owner[$0] == $0 }
    for index in owners.sorted(by: { (storages[$1].size, $0) < (storages[$0].size, $1) }) {
      let members = storages.indices.filter { owner[$0] == index }
      let start = members.map { storages[$0].firstGroup }.min() ?? storages[index].firstGroup
      let end = members.map { storages[$0].lastGroup }.max() ?? storages[index].lastGroup
      let size = (storages[index].size + alignment - 1) / alignment * alignment
      var offset = 0
      let busy = placed.filter { $0.groups.overlaps(start...end) }.sorted {
        $0.range.lowerBound < $1.range.lowerBound
      }
      for other in busy where other.range.overlaps(offset..<offset + size) { offset = other.range.upperBound }
      placed.append((offset..<offset + size, start...end))
      scratchCount = max(scratchCount, offset + size)
      for member in members { storages[member].place = .scratch(offset) }
    }
  }
}
