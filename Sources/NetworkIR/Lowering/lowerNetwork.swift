import LoopIR

extension Network {
  /// The network as loops: each group of fused nodes is one function, and `forward` runs them in order.
  ///
  /// The lowered program computes what ``evaluate(_:)`` computes, bit for bit: layout, blocks and fusion change
  /// where numbers lie and when they are computed, never the operations on them.
  public func lowered(_ names: LoweringNames, for goal: OptimizationGoal = .speed) -> LoweredNetwork {
    var lowering = NetworkLowering(self, names, goal)
    return lowering.lower()
  }
}

private struct NetworkLowering {
  let network: Network
  let names: LoweringNames
  let goal: OptimizationGoal
  let groups: [FusionGroup]
  let plan: StoragePlan
  var functions: SharedFunctions
  var tables: [Table] = []
  var layers = LayerFunctions()
  var calls: [Statement] = []

  init(_ network: Network, _ names: LoweringNames, _ goal: OptimizationGoal) {
    self.network = network
    self.names = names
    self.goal = goal
    groups = FusionGroup.groups(of: network)
    plan = StoragePlan(network, groups, goal)
    functions = SharedFunctions(names: names)
  }

  mutating func lower() -> LoweredNetwork {
    for number in groups.indices { lowerGroup(number) }
    copyOutputIfInput()
    let forward = names.shared("forward")
    let function = Function(
      .void, forward,
      [
        Variable(.constPointer(.float), LoweringNames.input),
        Variable(.pointer(.float), LoweringNames.output),
      ]
        + (plan.scratchCount > 0 ? [Variable(.pointer(.float), LoweringNames.scratch)] : []),
      comment: "The network's scores for normalised inputs."
    ) { calls }
    return LoweredNetwork(
      declarations: functions.declarations + tables.map { .table($0) } + layers.declarations
        + [.function(function)], forward: forward,
      scratchCount: plan.scratchCount)
  }

  private mutating func lowerGroup(_ number: Int) {
    let group = groups[number]
    guard let target = plan.storageOfValue[group.last + 1] else {
      preconditionFailure("a group stores its last value")
    }
    clearBorder(of: target)
    var parameters = Parameters()
    let result = View(
      base: LoweringNames.output, shape: network.nodes[group.last].shape,
      strides: plan.storages[target].strides)
    let first = network.nodes[group.first]
    let operation = first.operation.implementation
    var kernelOperands: [View] = []
    if let operation = operation as? any KernelOperator {
      for (index, operand) in first.operands.enumerated() {
        let copy = plan.copies[StoragePlan.KernelOperand(group: number, operand: index)]
        if let copy { copyOperand(operand, to: copy, number) }
        let layout = operation.layout(ofOperand: index, shape: network.shape(of: operand))
        kernelOperands.append(view(of: operand, copy: copy, layout, &parameters))
      }
    }
    var constants: [LayerTable] = []
    let steps = steps(of: group, result.shape, &parameters, &constants)
    var kernel = Kernel(
      operands: kernelOperands, epilogue: Epilogue(steps: steps, result: result), number: group.first + 1,
      goal: goal, semantics: network.semantics, functions: functions)
    if let operation = operation as? any KernelOperator {
      operation.lower(into: &kernel)
    } else {
      kernel.appendPointwise()
    }
    functions = kernel.functions
    let name = appendFunction(
      names.layer("layer", group.first + 1), parameters, kernel, constants + kernel.tables,
      comment: comment(group))
    let arguments = parameters.places.map { address(of: $0.storage, from: $0.distance) }
    calls.append(
      .call(
        .call(
          name, arguments + (constants + kernel.tables).map(\.table.name.expression) + [address(of: target)]))
    )
  }

  /// The function with a kernel's body; declares its tables.
  private mutating func appendFunction(
    _ name: Identifier, _ parameters: Parameters, _ kernel: Kernel, _ layerTables: [LayerTable],
    comment: String
  ) -> Identifier {
    tables += layerTables.map(\.table)
    return layers.name(
      name,
      parameters.variables + layerTables.map { Variable(.constPointer($0.table.type), $0.parameter) }
        + [Variable(.pointer(.float), LoweringNames.output)], kernel.body, comment: comment)
  }

  private func comment(_ group: FusionGroup) -> String {
    let nodes = group.nodes.map { position in
      let node = network.nodes[position]
      return "\(node.operation.implementation.text) `\(node.name)`"
    }
    return "Layer \(group.first + 1): \(nodes.joined(separator: ", "))."
  }

  private func steps(
    of group: FusionGroup, _ shape: TensorShape, _ parameters: inout Parameters,
    _ tables: inout [LayerTable]
  ) -> [Epilogue.Step] {
    var steps: [Epilogue.Step] = []
    var previous: Int?
    for position in group.nodes {
      let node = network.nodes[position]
      defer { previous = position }
      guard let operation = node.operation.implementation as? any PointwiseOperator else { continue }
      let operands = node.operands.map { operand -> Epilogue.Source in
        if let previous, operand == .result(ofNodeAt: previous) { return .chain }
        let view = view(of: operand, copy: nil, .dense, &parameters)
        return .array(view.base, strides: view.strides(broadcastTo: shape))
      }
      let constants = operation.tensors.enumerated().map { number, tensor -> Epilogue.Source in
        let table = LayerTable(
          "constant_\(tables.count)", names.layer("constant_\(number)", position + 1), tensor.elements)
        tables.append(table)
        return .array(table.parameter, strides: tensor.shape.broadcastStrides(to: shape))
      }
      steps.append(Epilogue.Step(operation: operation, operands: operands, constants: constants))
    }
    return steps
  }

  private func view(
    of value: ValueID, copy: Int?, _ layout: OperandLayout, _ parameters: inout Parameters
  ) -> View {
    guard let storage = copy ?? plan.storageOfValue[value.index] else {
      preconditionFailure("an operand from outside a group is stored")
    }
    let shape = network.shape(of: value)
    let isReshaped = plan.storages[storage].shape != shape
    let strides = isReshaped ? shape.strides : plan.storages[storage].strides
    var borderSize = 0
    if case .bordered(let border) = layout { borderSize = View.size(of: border.before, strides) }
    return View(base: parameters.name(of: storage, from: -borderSize), shape: shape, strides: strides)
  }

  /// A pointer into a storage, `distance` elements after the element with all indices zero.
  private func address(of storage: Int, from distance: Int = 0) -> Expression {
    switch plan.storages[storage].place {
    case .input: LoweringNames.input.expression
    case .output: LoweringNames.output.expression
    case .scratch(let offset):
      .unary(.addressOf, LoweringNames.scratch[.count(offset + plan.storages[storage].origin + distance)])
    }
  }

  // MARK: Copies and borders

  private mutating func copyOperand(_ operand: ValueID, to copy: Int, _ group: Int) {
    guard let source = plan.storageOfValue[operand.index] else {
      preconditionFailure("a kernel's operand is stored")
    }
    clearBorder(of: copy)
    let shape = network.shape(of: operand)
    let isReshaped = plan.storages[source].shape != shape
    appendCopy(
      "copy", groups[group].first + 1, shape, from: source,
      strides: isReshaped ? shape.strides : plan.storages[source].strides, to: copy)
  }

  /// A network whose scores are its inputs.
  private mutating func copyOutputIfInput() {
    guard network.output.nodePosition == nil || plan.storageOfValue[network.output.index] == 0 else { return }
    calls.append(
      .each(LoweringNames.counter(0), to: .count(network.outputCount)) {
        let i = LoweringNames.counter(0).expression
        Statement.assign(LoweringNames.output[i], LoweringNames.input[i])
      })
  }

  private mutating func appendCopy(
    _ role: String, _ number: Int, _ shape: TensorShape, from source: Int, strides: [Int], to target: Int
  ) {
    var parameters = Parameters()
    let from = parameters.name(of: source, from: 0)
    let result = View(base: LoweringNames.output, shape: shape, strides: plan.storages[target].strides)
    var kernel = Kernel(
      operands: [],
      epilogue: Epilogue(
        steps: [.init(operation: Copy(), operands: [.array(from, strides: strides)], constants: [])],
        result: result),
      number: number, goal: goal, semantics: network.semantics, functions: functions)
    kernel.appendPointwise()
    let name = appendFunction(
      names.layer(role, number), parameters, kernel, [],
      comment: "The operand of layer \(number), with zeros around it.")
    calls.append(.call(.call(name, [address(of: source), address(of: target)])))
  }

  /// Zeros before and after the elements, outermost dimension first.
  private mutating func clearBorder(of index: Int) {
    let storage = plan.storages[index]
    guard case .scratch(let offset) = storage.place, !storage.border.isEmpty else { return }
    for dimension in storage.extents.indices {
      let stride = storage.strides[dimension]
      let before = storage.border.before[dimension]
      let after = storage.border.after[dimension]
      let outer = (0..<dimension).filter { storage.shape.dimensions[$0] > 1 }
      let start = (0..<dimension).reduce(offset) { $0 + storage.border.before[$1] * storage.strides[$1] }
      for (first, count) in [(0, before), (before + storage.shape.dimensions[dimension], after)]
      where count > 0 {
        let counters = outer.indices.map { LoweringNames.counter($0).expression }
        let cell = LoweringNames.counter(outer.count)
        let place = zip(outer, counters).reduce(.count(start + first * stride) as Expression) {
          $0.adding($1.1.multiplied(by: storage.strides[$1.0]))
        }.adding(cell.expression)
        let innermost: [Statement] = [
          .count(
            cell, from: 0, to: .count(count * stride), [.assign(LoweringNames.scratch[place], .float(0))])
        ]
        calls += outer.enumerated().reversed().reduce(innermost) { statements, level in
          [
            .count(
              LoweringNames.counter(level.offset), from: 0,
              to: .count(storage.shape.dimensions[level.element]), statements)
          ]
        }
      }
    }
  }
}

/// The operands of a layer's function: each place once.
private struct Parameters {
  /// So many elements after the element of a storage with all indices zero.
  struct Place: Hashable {
    let storage: Int
    let distance: Int
  }

  private(set) var places: [Place] = []

  mutating func name(of storage: Int, from distance: Int) -> Identifier {
    let place = Place(storage: storage, distance: distance)
    if let number = places.firstIndex(of: place) { return LoweringNames.operand(number) }
    places.append(place)
    return LoweringNames.operand(places.count - 1)
  }

  var variables: [Variable] {
    places.indices.map { Variable(.constPointer(.float), LoweringNames.operand($0)) }
  }
}
