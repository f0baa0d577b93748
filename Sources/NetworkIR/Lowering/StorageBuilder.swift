/// Decides which values share memory and which have a border, before anything has an offset.
struct StorageBuilder {
  let network: Network
  let groups: [FusionGroup]
  var storages: [StoragePlan.Storage] = []
  var storageOfValue: [Int?]
  /// For each storage the one whose memory it is: itself, or that of an operand that dies where it is made.
  var owner: [Int] = []
  /// For each storage how it is read: by a kernel, as the operand with this layout, or element by element.
  private var readers: [[OperandLayout?]] = []
  private var hasReshape: Set<Int> = []
  /// Operands of kernels that do not lie as the kernel reads them: the storage that they are copied to first.
  private(set) var copies: [StoragePlan.KernelOperand: Int] = [:]

  init(_ network: Network, _ groups: [FusionGroup]) {
    self.network = network
    self.groups = groups
    storageOfValue = [Int?](repeating: nil, count: network.nodes.count + 1)
    addStorage(ofValue: 0, network.inputShape, group: -1, place: .input)
    var groupEndingAt: [Int: Int] = [:]
    for (number, group) in groups.enumerated() { groupEndingAt[group.last] = number }
    for (position, node) in network.nodes.enumerated() {
      if case .reshape = node.operation {
        let storage = storageOfValue[node.operands[0].index]
        storageOfValue[position + 1] = storage
        if let storage { hasReshape.insert(storage) }
      } else if let group = groupEndingAt[position] {
        addStorage(ofValue: position + 1, node.shape, group: group, place: .scratch(0))
      }
    }
    for (number, group) in groups.enumerated() { read(group, number) }
    if let output = storageOfValue[network.output.index] {
      storages[output].lastGroup = groups.count
      if storages[output].place != .input { storages[output].place = .output }
    }
  }

  private mutating func addStorage(
    ofValue value: Int, _ shape: TensorShape, group: Int, place: StoragePlan.Place
  ) {
    storageOfValue[value] = storages.count
    owner.append(storages.count)
    readers.append([])
    storages.append(
      StoragePlan.Storage(
        shape: shape, border: .none(rank: shape.dimensions.count), firstGroup: group, lastGroup: group,
        place: place))
  }

  private mutating func read(_ group: FusionGroup, _ number: Int) {
    for position in group.nodes {
      let node = network.nodes[position]
      for (index, operand) in node.operands.enumerated() {
        guard let storage = storageOfValue[operand.index] else { continue }
        storages[storage].lastGroup = max(storages[storage].lastGroup, number)
        let kernel = node.operation.implementation as? any KernelOperator
        readers[storage].append(kernel?.layout(ofOperand: index, shape: network.shape(of: operand)))
      }
    }
  }

  /// A value has a border if some kernel wants one and nothing that reads it needs it dense.
  mutating func chooseBorders() {
    for index in storages.indices where !hasReshape.contains(index) {
      guard case .scratch = storages[index].place else { continue }
      if readers[index].contains(.dense) { continue }
      for case .bordered(let border)? in readers[index] {
        storages[index].border = storages[index].border.union(border)
      }
    }
  }

  /// Gives a copy to each operand of a kernel that has no border where the kernel needs one, or has one where the
  /// kernel needs none.
  mutating func addCopies() {
    for (number, group) in groups.enumerated() {
      let node = network.nodes[group.first]
      guard let kernel = node.operation.implementation as? any KernelOperator else { continue }
      for (index, operand) in node.operands.enumerated() {
        let shape = network.shape(of: operand)
        guard let storage = storageOfValue[operand.index] else { continue }
        var border = Border.none(rank: shape.dimensions.count)
        switch kernel.layout(ofOperand: index, shape: shape) {
        case .dense: if storages[storage].border.isEmpty { continue }
        case .bordered(let wanted):
          let isReshaped = storages[storage].shape != shape
          if isReshaped ? wanted.isEmpty : storages[storage].border.union(wanted) == storages[storage].border
          {
            continue
          }
          border = wanted
        }
        copies[StoragePlan.KernelOperand(group: number, operand: index)] = storages.count
        owner.append(storages.count)
        storages.append(
          StoragePlan.Storage(
            shape: shape, border: border, firstGroup: number, lastGroup: number, place: .scratch(0)))
      }
    }
  }

  /// A group writes over an operand of an element-wise node that nothing reads later: each element is read just
  /// before its successor is stored.
  mutating func shareDyingOperands() {
    for (number, group) in groups.enumerated() {
      guard let result = storageOfValue[group.last + 1], case .scratch = storages[result].place else {
        continue
      }
      let first = network.nodes[group.first]
      let isKernel = first.operation.implementation is any KernelOperator
      let kernelOperands = isKernel ? first.operands.compactMap { storageOfValue[$0.index] } : []
      let taken = Set(kernelOperands.map { owner[$0] })
      let candidates = group.nodes.flatMap { network.nodes[$0].operands }.compactMap {
        storageOfValue[$0.index]
      }
      let dying = candidates.first { candidate in
        guard case .scratch = storages[candidate].place, !taken.contains(owner[candidate]) else {
          return false
        }
        let isLast = storages.indices.allSatisfy {
          owner[$0] != owner[candidate] || storages[$0].lastGroup <= number
        }
        return isLast && storages[candidate].extents == storages[result].extents
          && storages[candidate].border == storages[result].border
      }
      if let dying { owner[result] = owner[dying] }
    }
  }
}
