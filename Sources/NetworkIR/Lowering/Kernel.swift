import LoopIR

/// The function of a layer while an operator writes its body.
public struct Kernel: Sendable {
  /// The operands, laid out as the operator asked for.
  public let operands: [View]
  /// The result's shape. Elements are stored by ``store(_:at:)`` alone.
  public let shape: TensorShape
  public let goal: OptimizationGoal
  public let semantics: FloatSemantics
  public var functions: SharedFunctions
  private(set) var tables: [LayerTable] = []
  private(set) var body: [Statement] = []
  private let epilogue: Epilogue
  private let number: Int
  private var elements = 0

  init(
    operands: [View], epilogue: Epilogue, number: Int, goal: OptimizationGoal, semantics: FloatSemantics,
    functions: SharedFunctions
  ) {
    self.operands = operands
    shape = epilogue.result.shape
    self.epilogue = epilogue
    self.number = number
    self.goal = goal
    self.semantics = semantics
    self.functions = functions
  }

  /// A constant table of this layer: a parameter of its function, so that layers of the same shape are one function.
  ///
  /// - Parameter role: tells it from the layer's other tables. For example: `weights`.
  public mutating func table(_ role: String, _ values: [Float]) -> Identifier {
    let table = LayerTable(role, functions.names.layer(role, number), values)
    tables.append(table)
    return table.parameter
  }

  /// A constant table of indices; a parameter like the others.
  public mutating func table(_ role: String, _ values: [UInt32]) -> Identifier {
    let table = LayerTable(role, functions.names.layer(role, number), values)
    tables.append(table)
    return table.parameter
  }

  public mutating func append(@BlockBuilder _ statements: () -> [Statement]) { body += statements() }

  /// The statements that store an element of the result, after the element-wise operations that follow it.
  ///
  /// - Parameter indices: one a dimension of ``shape``.
  public mutating func store(_ value: Expression, at indices: [Expression]) -> [Statement] {
    epilogue.store(
      value, offset: { View.offset(indices, $0) }, elements: &elements, functions: &functions)
  }

  /// The loops over all elements of a group that starts with an element-wise operation. Dimensions whose
  /// neighbours are neighbours in every array become one loop.
  mutating func appendPointwise() {
    let strides = epilogue.allStrides
    let kept = collapsed(shape, strides)
    let counters = kept.indices.map { LoweringNames.counter($0).expression }
    let innermost = epilogue.store(
      nil,
      offset: { strides in
        zip(kept, counters).reduce(0 as Expression) {
          $0.adding($1.1.multiplied(by: strides[$1.0.dimension]))
        }
      }, elements: &elements, functions: &functions)
    body += kept.enumerated().reversed().reduce(innermost) { statements, level in
      [.count(LoweringNames.counter(level.offset), from: 0, to: .count(level.element.count), statements)]
    }
  }
}

/// The loops over a shape: for each the number of rounds and the dimension in which it moves.
private func collapsed(_ shape: TensorShape, _ strides: [[Int]]) -> [(count: Int, dimension: Int)] {
  var loops: [(count: Int, dimension: Int)] = []
  for dimension in shape.dimensions.indices.reversed() where shape.dimensions[dimension] > 1 {
    if let inner = loops.last, strides.allSatisfy({ $0[dimension] == $0[inner.dimension] * inner.count }) {
      loops[loops.count - 1].count *= shape.dimensions[dimension]
    } else {
      loops.append((shape.dimensions[dimension], dimension))
    }
  }
  return loops.reversed()
}

extension Epilogue {
  /// The strides of every array that is read or written.
  fileprivate var allStrides: [[Int]] {
    let sources = steps.flatMap { $0.operands + $0.constants }
    return [result.strides]
      + sources.compactMap { if case .array(_, let strides) = $0 { strides } else { nil } }
  }
}
