// Trusted: the graph computes the network's real function, and roundings are those of the operators' documentation.
import CertifiedBounds
import NetworkIR

/// Operators of two values, element by element.
extension GraphBuilder {
  mutating func pairs(
    _ operation: ElementwiseOperator, _ node: Node, _ operands: [Int], _ shapes: [TensorShape]
  ) throws(RelaxationFailure) -> Int {
    let values = (0..<2).map { broadcast(operands[$0], shapes[$0], to: node.shape) }
    let (a, b) = (values[0], values[1])
    let rounding = Rounding(relative: SingleRounding.unit.value, absolute: 0)
    switch operation {
    case .add: return sum([(a, 1), (b, 1)], rounding)
    case .subtract: return sum([(a, 1), (b, -1)], rounding)
    case .maximum: return larger(a, b)
    case .minimum:
      let difference = sum([(a, 1), (b, -1)], .exact)
      return sum([(a, 1), (relu(difference), -1)], .exact)
    case .multiply, .divide: throw failure(node)
    }
  }

  mutating func withConstant(
    _ operation: ElementwiseWithConstant, _ node: Node, _ operand: Int, _ shape: TensorShape
  ) throws(RelaxationFailure) -> Int {
    let value = broadcast(operand, shape, to: node.shape)
    let constants = operation.constant.broadcast(to: node.shape).map(Double.init)
    let addition = Rounding(relative: SingleRounding.unit.value, absolute: 0)
    let isLeft = operation.constantSide == .left
    func times(_ factors: [Double], _ rounding: Rounding) -> Int {
      let rows = factors.enumerated().map { [(column: $0.offset, value: $0.element)] }
      return linear(
        [(value, .sparse(SparseMap(inputCount: factors.count, rows: rows)))], count: factors.count, rounding)
    }
    switch operation.elementwise {
    case .add: return sum([(value, 1)], bias: constants, addition)
    case .subtract:
      return isLeft
        ? sum([(value, -1)], bias: constants, addition)
        : sum([(value, 1)], bias: constants.map { -$0 }, addition)
    case .multiply: return times(constants, Self.single)
    case .divide:
      if isLeft { throw failure(node) }
      // The quotients 1 / c are rounded here: charged as a second rounding.
      return times(
        constants.map { 1 / $0 },
        Rounding(relative: SingleRounding.gamma(2).value, absolute: SingleRounding.underflow.value))
    case .maximum:
      let excess = sum([(value, 1)], bias: constants.map { -$0 }, .exact)
      return sum([(relu(excess), 1)], bias: constants, .exact)
    case .minimum:
      let excess = sum([(value, 1)], bias: constants.map { -$0 }, .exact)
      return sum([(value, 1), (relu(excess), -1)], .exact)
    }
  }

  mutating func broadcast(_ value: Int, _ shape: TensorShape, to target: TensorShape) -> Int {
    if shape.elementCount == target.elementCount { return value }
    let indices = Tensor(shape, Array(0..<shape.elementCount)).broadcast(to: target)
    return linear(
      [(value, .sparse(SparseMap(picking: indices, of: shape.elementCount)))], count: indices.count, .exact)
  }
}
