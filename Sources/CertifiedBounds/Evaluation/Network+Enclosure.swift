import NetworkIR

extension Network {
  /// The scores over the real numbers for an input that is enclosed: binary64 with a bound of the error of every
  /// element, layer by layer from the operands at hand.
  ///
  /// - Returns: `nil` if a number overflows, or if an operator of the network has no bounds here
  ///   (``evaluateExactly(_:)`` may know its result all the same).
  /// - Requires: one number for each element of the input.
  public func enclosedScores(of input: Enclosure) -> Enclosure? {
    precondition(input.centers.count == inputCount, "the input has \(inputCount) elements")
    var values = [input]
    for node in nodes {
      let operands = node.operands.map { values[$0.index] }
      let shapes = node.operands.map { shape(of: $0) }
      guard let value = node.enclosure(operands, shapes) else { return nil }
      values.append(value)
    }
    return values[output.index]
  }
}

extension Node {
  /// The node's result for operands of the given shapes.
  fileprivate func enclosure(_ operands: [Enclosure], _ shapes: [TensorShape]) -> Enclosure? {
    let first = operands[0]
    switch operation {
    case .affine(let affine): return affine.enclosure(first)
    case .convolution(let convolution): return convolution.enclosure(first, shapes[0])
    case .pooling(let pooling): return pooling.enclosure(first, shapes[0])
    case .reduction(let reduction): return reduction.enclosure(first, shapes[0])
    case .reshape: return first
    case .concatenate, .gather, .slice, .transpose:
      return moved(by: operation.implementation, operands, shapes)
    case .pad(let pad):
      let mover = Pad(before: pad.before, after: pad.after, value: 0)
      return moved(by: mover, constant: pad.value, operands, shapes)
    // Exact on the centres, and no further apart than the operands.
    case .relu: return Enclosure(first.centers.map { max(0, $0) }, first.errors)
    case .absoluteValue: return Enclosure(first.centers.map(\.magnitude), first.errors)
    case .negation: return Enclosure(first.centers.map { -$0 }, first.errors)
    case .clip(let clip):
      let (low, high) = (Double(clip.lower ?? -.infinity), Double(clip.upper ?? .infinity))
      return Enclosure(first.centers.map { min(max($0, low), high) }, first.errors)
    case .leakyRelu(let leaky):
      return first.leaky([Double](repeating: Double(leaky.slope), count: first.centers.count))
    case .pRelu(let prelu): return first.leaky(prelu.slope.broadcast(to: shape).map { Double($0) })
    case .elementwise(let elementwise):
      guard let left = first.broadcast(from: shapes[0], to: shape),
        let right = operands[1].broadcast(from: shapes[1], to: shape)
      else { return nil }
      return .combined(elementwise, left, right)
    case .elementwiseWithConstant(let elementwise):
      guard let operand = first.broadcast(from: shapes[0], to: shape) else { return nil }
      let constant = Enclosure(exactly: elementwise.constant.broadcast(to: shape))
      return elementwise.constantSide == .left
        ? .combined(elementwise.elementwise, constant, operand)
        : .combined(elementwise.elementwise, operand, constant)
    case .celu, .elu, .erf, .exponential, .gelu, .gru, .hardSigmoid, .hardSwish, .logarithm, .lstm, .power,
      .selu, .sigmoid, .softplus, .squareRoot, .tanh:
      return nil
    }
  }

  /// Elements that move.
  ///
  /// - Parameters:
  ///   - mover: moves elements, and puts 0 where it has none.
  ///   - constant: what stands in these places.
  private func moved(
    by mover: any NetworkOperator, constant: Float = 0, _ operands: [Enclosure], _ shapes: [TensorShape]
  ) -> Enclosure? {
    let centers = [Double(constant)] + operands.flatMap(\.centers)
    let errors = [0] + operands.flatMap(\.errors)
    // The numbers of the elements, counted from 1 over all operands, move as the elements do: exactly, if a binary32
    // number holds them.
    guard centers.count <= 1 << 24 else { return nil }
    var next = 1
    let numbers = shapes.map { shape in
      defer { next += shape.elementCount }
      return Tensor(shape, (next..<next + shape.elementCount).map { Float($0) })
    }
    let places = mover.evaluate(numbers, .contractOff).map { Int($0) }
    return Enclosure(places.map { centers[$0] }, places.map { errors[$0] })
  }
}
