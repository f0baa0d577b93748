extension Operation {
  /// Whether each element of the result is one function of the element there, for an operand with as many
  /// dimensions as `rank` or more.
  func isUnary(rank: Int) -> Bool {
    guard let pointwise = implementation as? any PointwiseOperator else { return false }
    return pointwise.operandCount == 1
      && pointwise.tensors.allSatisfy { $0.elements.count == 1 && $0.shape.dimensions.count <= rank }
  }

  /// The operation whose result, transposed by `permutation`, is this operation's for operands transposed by it;
  /// `nil` where a transpose has to be made before it.
  ///
  /// All operands have as many dimensions as `permutation`, or broadcast to such.
  func permuted(_ permutation: [Int]) -> Operation? {
    // Dimension d of the transposed operand is dimension permutation[d] of the other.
    if case .concatenate(let concatenate) = self {
      return .concatenate(
        Concatenate(axis: permutation[concatenate.axis], operandCount: concatenate.operandCount))
    }
    if case .elementwiseWithConstant(let elementwise) = self {
      return elementwise.constant.untransposed(permutation).map {
        .elementwiseWithConstant(
          ElementwiseWithConstant(elementwise.elementwise, constant: $0, on: elementwise.constantSide))
      }
    }
    if case .gather(let gather) = self {
      return .gather(Gather(axis: permutation[gather.axis], indices: gather.indices))
    }
    if case .pad(let pad) = self {
      return .pad(
        Pad(
          before: pad.before.untransposed(permutation), after: pad.after.untransposed(permutation),
          value: pad.value))
    }
    if case .pRelu(let prelu) = self {
      return prelu.slope.untransposed(permutation).map { .pRelu(PRelu(slope: $0)) }
    }
    if case .reduction(let reduction) = self {
      return .reduction(
        Reduction(kind: reduction.kind, axes: reduction.axes.map { permutation[$0] }.sorted()))
    }
    if case .slice(let slice) = self {
      return .slice(
        Slice(
          starts: slice.starts.untransposed(permutation), steps: slice.steps.untransposed(permutation),
          counts: slice.counts.untransposed(permutation)))
    }
    guard let pointwise = implementation as? any PointwiseOperator, pointwise.tensors.isEmpty else {
      return nil
    }
    return self
  }
}

extension [Int] {
  /// The list whose entries in the order of `permutation` are this one.
  fileprivate func untransposed(_ permutation: [Int]) -> [Int] {
    var result = self
    for (index, source) in permutation.enumerated() { result[source] = self[index] }
    return result
  }
}

extension Tensor {
  /// The tensor whose transpose by `permutation` this is, once ones are put before its dimensions; `nil` if it
  /// has more dimensions.
  func untransposed(_ permutation: [Int]) -> Tensor? {
    let missing = permutation.count - shape.dimensions.count
    if missing < 0 { return nil }
    let dimensions = [Int](repeating: 1, count: missing) + shape.dimensions
    var inverse = permutation
    for (index, source) in permutation.enumerated() { inverse[source] = index }
    let view = StridedView(whole: dimensions).permuted(inverse)
    return TensorShape(view.dimensions).map { Tensor($0, view.read(elements)) }
  }
}
