import Diagnostics

extension Network {
  /// Moves transposes and reshapes towards the output, until they cancel, merge or end in weights.
  ///
  /// ```
  /// before:  %1 = transpose %0 to [0, 2, 3, 1]     after:  %1 = transpose %0 to [0, 2, 3, 1]
  ///          %2 = convolution %1                           %2 = convolution %1
  ///          %3 = transpose %2 to [0, 3, 1, 2]             %3 = relu %2
  ///          %4 = relu %3                                  %4 = convolution %3
  ///          %5 = transpose %4 to [0, 2, 3, 1]
  ///          %6 = convolution %5
  /// ```
  /// An operator on a transposed value becomes the transpose of the operator, with its own dimensions and constants
  /// permuted, where all its operands can be had without a further transpose; an affine map of one row of all
  /// elements has its weights permuted instead. Nodes that nothing reads any more are left out.
  ///
  /// Over the rationals nothing changes. In binary32, such an affine map and a reduction add in another order;
  /// that order is the meaning this compiler gives to a layer after a change of layout. So the pass belongs to
  /// import, before anything is said about floats.
  public func sinkingTransposes() throws(DiagnosticSet) -> Network {
    var sinking = TransposeSinking(self)
    for node in nodes { sinking.add(node) }
    let output = sinking.made(sinking.forms[self.output.index])
    return try Network(
      identity: identity, inputShape: inputShape, nodes: sinking.nodes, output: output, semantics: semantics
    ).removingUnusedNodes()
  }
}

/// A value of the old network in terms of the new one: `base` with its dimensions permuted, then reshaped.
struct SunkenValue {
  var base: ValueID
  var baseShape: TensorShape
  /// `nil` for none.
  var permutation: [Int]?
  var shape: TensorShape
  /// Of the node that moved the elements.
  var name: String

  init(_ base: ValueID, _ shape: TensorShape) {
    self.base = base
    baseShape = shape
    self.shape = shape
    name = ""
  }

  /// The shape between permutation and reshape.
  var permutedDimensions: [Int] {
    permutation.map { $0.map { baseShape.dimensions[$0] } } ?? baseShape.dimensions
  }

  var isMoved: Bool { permutation != nil || shape != baseShape }

  var leastRank: Int { min(baseShape.dimensions.count, shape.dimensions.count) }

  /// The permutation, if the value is nothing but a transpose.
  var pureTranspose: [Int]? { permutedDimensions == shape.dimensions ? permutation : nil }
}

private struct TransposeSinking {
  private(set) var nodes: [Node] = []
  private(set) var forms: [SunkenValue]
  private var inputShape: TensorShape
  /// What was made of a base by a permutation and a shape, so that it is made once.
  private var madeValues: [Made: ValueID] = [:]

  private struct Made: Hashable {
    let base: ValueID
    let permutation: [Int]?
    let shape: TensorShape
  }

  init(_ network: Network) {
    inputShape = network.inputShape
    forms = [SunkenValue(.networkInput, network.inputShape)]
  }

  mutating func add(_ node: Node) { forms.append(form(of: node)) }

  private mutating func form(of node: Node) -> SunkenValue {
    let operands = node.operands.map { forms[$0.index] }
    if case .transpose(let transpose) = node.operation {
      return permuted(operands[0], by: transpose.permutation, node)
    }
    if case .reshape = node.operation {
      var result = operands[0]
      result.shape = node.shape
      if result.permutation == nil || result.name.isEmpty { result.name = node.name }
      return result
    }
    if case .affine(let affine) = node.operation, let form = absorbed(operands[0], by: affine, node) {
      return form
    }
    if let form = sunk(node, operands) { return form }
    return SunkenValue(append(node, node.operation, operands.map { made($0) }, node.shape), node.shape)
  }

  /// A form after one more transpose.
  private mutating func permuted(_ operand: SunkenValue, by permutation: [Int], _ node: Node) -> SunkenValue {
    var result = operand
    if operand.permutedDimensions != operand.shape.dimensions {
      result = SunkenValue(made(operand), operand.shape)
    }
    let composed = permutation.map { result.permutation?[$0] ?? $0 }
    result.shape = node.shape
    result.name = node.name
    // Where no element moves, a reshape says it all.
    result.permutation = Transpose(permutation: composed).keepsOrder(of: result.baseShape) ? nil : composed
    return result
  }

  /// An affine map that reads all elements of a value as one row: the same of the base, with the weights in the
  /// order of its elements.
  private mutating func absorbed(_ operand: SunkenValue, by affine: Affine, _ node: Node) -> SunkenValue? {
    guard let permutation = operand.permutation, affine.rows == 1 else { return nil }
    let outputs = affine.outputCount
    // For each input of the map its element of the base.
    let sources = StridedView(whole: operand.baseShape.dimensions).permuted(permutation)
      .read(Array(0..<affine.inputCount))
    var weights = [Float](repeating: 0, count: affine.weights.count)
    for (input, source) in sources.enumerated() {
      weights.replaceSubrange(
        source * outputs..<(source + 1) * outputs,
        with: affine.weights[input * outputs..<(input + 1) * outputs])
    }
    var row = SunkenValue(operand.base, operand.baseShape)
    row.shape = operand.shape
    row.name = operand.name
    let permuted = Affine(
      inputCount: affine.inputCount, outputCount: outputs, weights: weights, bias: affine.bias)
    return SunkenValue(append(node, .affine(permuted), [made(row)], node.shape), node.shape)
  }

  /// The transpose of the operator on operands that are not transposed.
  private mutating func sunk(_ node: Node, _ operands: [SunkenValue]) -> SunkenValue? {
    if operands.count == 1, operands[0].isMoved, node.operation.isUnary(rank: operands[0].leastRank) {
      var result = operands[0]
      result.base = append(node, node.operation, [result.base], result.baseShape)
      return result
    }
    let rank = node.shape.dimensions.count
    guard let permutation = operands.lazy.compactMap(\.pureTranspose).first(where: { $0.count == rank }),
      let operation = node.operation.permuted(permutation)
    else { return nil }
    var inverse = permutation
    for (index, source) in permutation.enumerated() { inverse[source] = index }
    var bases: [ValueID] = []
    var shapes: [TensorShape] = []
    for operand in operands {
      guard let base = untransposed(operand, permutation, inverse) else { return nil }
      bases.append(base.id)
      shapes.append(base.shape)
    }
    guard let shape = try? operation.implementation.resultShape(of: shapes) else { return nil }
    var result = SunkenValue(append(node, operation, bases, shape), shape)
    result.permutation = permutation
    result.shape = node.shape
    result.name = node.name
    return result
  }

  /// A value whose transpose by `permutation` is `operand`, if that costs no transpose.
  private mutating func untransposed(
    _ operand: SunkenValue, _ permutation: [Int], _ inverse: [Int]
  ) -> (id: ValueID, shape: TensorShape)? {
    if operand.pureTranspose == permutation { return (operand.base, operand.baseShape) }
    let missing = permutation.count - operand.shape.dimensions.count
    let dimensions = [Int](repeating: 1, count: max(missing, 0)) + operand.shape.dimensions
    guard operand.permutation == nil, missing >= 0, let padded = TensorShape(dimensions),
      let shape = TensorShape(inverse.map { dimensions[$0] }),
      Transpose(permutation: inverse).keepsOrder(of: padded)
    else { return nil }
    var reshaped = operand
    reshaped.shape = shape
    return (made(reshaped), shape)
  }

  /// The value itself in the new network.
  mutating func made(_ form: SunkenValue) -> ValueID {
    let key = Made(base: form.base, permutation: form.permutation, shape: form.shape)
    if let id = madeValues[key] { return id }
    var id = form.base
    var shape = form.baseShape
    if let permutation = form.permutation, let transposed = TensorShape(form.permutedDimensions) {
      id = append(form.name, .transpose(Transpose(permutation: permutation)), [id], transposed)
      shape = transposed
    }
    if shape != form.shape { id = append(form.name, .reshape(Reshape(to: form.shape)), [id], form.shape) }
    madeValues[key] = id
    return id
  }

  private mutating func append(
    _ node: Node, _ operation: Operation, _ operands: [ValueID], _ shape: TensorShape
  ) -> ValueID {
    append(node.name, operation, operands, shape)
  }

  private mutating func append(
    _ name: String, _ operation: Operation, _ operands: [ValueID], _ shape: TensorShape
  ) -> ValueID {
    nodes.append(Node(name: name, operation: operation, operands: operands, shape: shape))
    return .result(ofNodeAt: nodes.count - 1)
  }
}
