import Diagnostics

extension Network {
  /// Moves a constant that is added to a product into the product's bias.
  ///
  /// ```
  /// before:  %2 = affine %1 (W, bias 0)      after:  %2 = affine %1 (W, bias c)
  ///          %3 = %2 + c
  /// ```
  /// Side condition: the affine node has no bias yet (all zeros), its result is read by the addition
  /// alone, and the constant is the same for every row. Over the rationals nothing changes. In binary32
  /// the sum then starts with the constant instead of ending with it; that order is the meaning this
  /// compiler gives to a dense layer, whether its file spells it as one operator (ONNX Gemm, NNet) or as
  /// two (ONNX MatMul and Add). So the pass belongs to import, before anything is said about floats.
  public func fusingBiasIntoAffine() throws(DiagnosticSet) -> Network {
    let uses = useCounts
    var result: [Node] = []
    var renamed = [ValueID.networkInput]
    for node in nodes {
      let operands = node.operands.map { renamed[$0.index] }
      if let product = operands.first?.nodePosition, uses[node.operands[0].index] == 1,
        let fused = result[product].absorbing(node)
      {
        result[product] = fused
        renamed.append(operands[0])
      } else {
        result.append(Node(name: node.name, operation: node.operation, operands: operands, shape: node.shape))
        renamed.append(.result(ofNodeAt: result.count - 1))
      }
    }
    return try Network(
      identity: identity, inputShape: inputShape, nodes: result, output: renamed[output.index],
      semantics: semantics)
  }
}

extension Node {
  /// This product and `addition` as one node, if they fit.
  fileprivate func absorbing(_ addition: Node) -> Node? {
    guard case .affine(let affine) = operation, affine.bias.allSatisfy({ $0 == 0 }),
      case .elementwiseWithConstant(let elementwise) = addition.operation, elementwise.elementwise == .add
    else { return nil }
    guard addition.shape == shape else { return nil }
    let constant = elementwise.constant.broadcast(to: shape)
    let bias = Array(constant.prefix(affine.outputCount))
    let isSameInEveryRow = constant.indices.allSatisfy {
      constant[$0].bitPattern == bias[$0 % bias.count].bitPattern
    }
    guard isSameInEveryRow else { return nil }
    let fused = Affine(
      inputCount: affine.inputCount, outputCount: affine.outputCount, rows: affine.rows,
      weights: affine.weights, bias: bias)
    return Node(name: name, operation: .affine(fused), operands: operands, shape: shape)
  }
}
