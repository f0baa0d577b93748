import ExactArithmetic
import NetworkIR

extension Operation {
  /// Whether the result is an affine function of all operands together, and rational.
  var isAffine: Bool {
    switch self {
    case .affine, .concatenate, .convolution, .gather, .negation, .pad, .reshape, .slice, .transpose: true
    case .elementwise(let kind):
      switch kind {
      case .add, .subtract: true
      case .multiply, .divide, .minimum, .maximum: false
      }
    case .elementwiseWithConstant(let operation):
      switch operation.elementwise {
      case .add, .subtract, .multiply: true
      case .divide: operation.constantSide == .right
      case .minimum, .maximum: false
      }
    case .pooling(let pooling):
      switch pooling.kind {
      case .average: true
      case .maximum: false
      }
    case .reduction(let reduction):
      switch reduction.kind {
      case .sum, .mean: true
      case .minimum, .maximum: false
      }
    case .absoluteValue, .celu, .clip, .elu, .erf, .exponential, .gelu, .gru, .hardSigmoid, .hardSwish,
      .leakyRelu,
      .logarithm, .lstm, .power, .pRelu, .relu, .selu, .sigmoid, .softplus, .squareRoot, .tanh:
      false
    }
  }
}

extension SymbolicRun {
  /// The result of an operator that is piecewise linear; see ``Gate``.
  mutating func pieces(
    _ node: Node, _ position: Int, _ operands: [SymbolicValue]
  ) throws(UnsupportedOperator) -> SymbolicValue {
    let shape = node.shape
    func all(_ number: Rational) -> [Rational] { [Rational](repeating: number, count: shape.elementCount) }
    func sum(_ first: SymbolicValue, _ second: SymbolicValue, times factor: Int = 1) -> SymbolicValue {
      .combination([(all(.one), first), (all(Rational(factor)), second)], shape: shape)
    }
    func leaky(_ slopes: [Rational], _ rectified: SymbolicValue) -> SymbolicValue {
      .combination([(slopes, operands[0]), (slopes.map { .one - $0 }, rectified)], shape: shape)
    }
    switch node.operation {
    case .relu: return rectified(operands[0], node: position)
    case .leakyRelu(let operation):
      return leaky(all(Rational(operation.slope)), rectified(operands[0], node: position))
    case .pRelu(let operation):
      let slopes = operation.slope.broadcast(to: shape).map { Rational($0) }
      return leaky(slopes, rectified(operands[0], node: position))
    case .absoluteValue: return leaky(all(Rational(-1)), rectified(operands[0], node: position))
    case .clip(let clip):
      var value = operands[0]
      if let lower = clip.lower {
        let bound = SymbolicValue.constant(all(Rational(lower)), shape)
        value = sum(rectified(sum(value, bound, times: -1), node: position), bound)
      }
      if let upper = clip.upper {
        let bound = SymbolicValue.constant(all(Rational(upper)), shape)
        value = sum(bound, rectified(sum(bound, value, times: -1), node: position, step: 1), times: -1)
      }
      return value
    case .elementwise(let kind) where kind == .maximum || kind == .minimum:
      let (left, right) = (operands[0].broadcast(to: shape), operands[1].broadcast(to: shape))
      return extremum(kind, left, right, position)
    case .elementwiseWithConstant(let operation)
    where operation.elementwise == .maximum || operation.elementwise == .minimum:
      let constant = operation.constant.broadcast(to: shape).map { Rational($0) }
      return extremum(
        operation.elementwise, operands[0].broadcast(to: shape), .constant(constant, shape), position)
    case .affine, .celu, .concatenate, .convolution, .elementwise, .elementwiseWithConstant,
      .elu, .erf,
      .exponential, .gather, .gelu, .gru, .hardSigmoid, .hardSwish, .logarithm, .lstm, .negation, .pad,
      .pooling,
      .power, .reduction, .reshape, .selu, .sigmoid, .slice, .softplus, .squareRoot, .tanh, .transpose:
      throw UnsupportedOperator(node)
    }
  }

  /// max(u, v) = v + max(u - v, 0), min(u, v) = u - max(u - v, 0).
  private mutating func extremum(
    _ kind: ElementwiseOperator, _ left: SymbolicValue, _ right: SymbolicValue, _ position: Int
  ) -> SymbolicValue {
    let count = left.constant.count
    let (plus, minus) = (
      [Rational](repeating: .one, count: count), [Rational](repeating: Rational(-1), count: count)
    )
    let difference = rectified(
      .combination([(plus, left), (minus, right)], shape: left.shape), node: position)
    return kind == .maximum
      ? .combination([(plus, right), (plus, difference)], shape: left.shape)
      : .combination([(plus, left), (minus, difference)], shape: left.shape)
  }
}
