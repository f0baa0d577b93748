import Diagnostics

extension Network {
  /// Moves a constant that is added to a product into the product's bias.
  ///
  /// ```
  /// before:  %2 = affine %1 (W, bias 0)      after:  %2 = affine %1 (W, bias c)
  ///          %3 = %2 + c
  /// ```
  /// The same for a convolution, with one number a channel. Side condition: the node has no bias yet (all zeros), its
  /// result is read by the addition alone, and the constant is the same for every row or place. Over the rationals nothing changes. In binary32
  /// the sum then starts with the constant instead of ending with it; that order is the meaning this
  /// compiler gives to a dense layer, whether its file spells it as one operator (ONNX Gemm, NNet) or as
  /// two (ONNX MatMul and Add). So the pass belongs to import, before anything is said about floats.
  public func fusingBias() throws(DiagnosticSet) -> Network {
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
    guard case .elementwiseWithConstant(let elementwise) = addition.operation,
      elementwise.elementwise == .add,
      addition.shape == shape, let outputs = shape.dimensions.last
    else { return nil }
    guard let bias = elementwise.constant.row(count: outputs),
      let fused = operation.adding(bias: bias)
    else { return nil }
    return Node(name: name, operation: fused, operands: operands, shape: shape)
  }
}

extension Operation {
  /// The product with this bias; `nil` where it has one, or is none.
  fileprivate func adding(bias: [Float]) -> Operation? {
    if case .affine(let affine) = self, affine.bias.allSatisfy({ $0 == 0 }) {
      return .affine(
        Affine(
          inputCount: affine.inputCount, outputCount: affine.outputCount, rows: affine.rows,
          weights: affine.weights, bias: bias))
    }
    if case .convolution(let convolution) = self, convolution.bias.allSatisfy({ $0 == 0 }) {
      return .convolution(convolution.replacing(weights: convolution.weights, bias: bias))
    }
    return nil
  }
}

extension Tensor<Float> {
  /// What broadcasting to a shape gives each of its rows of `count` elements; `nil` if they differ.
  fileprivate func row(count: Int) -> [Float]? {
    if elements.count == 1 { return [Float](repeating: elements[0], count: count) }
    guard shape.dimensions.last == count else { return nil }
    let row = Array(elements.prefix(count))
    let isSame = elements.indices.allSatisfy { elements[$0].bitPattern == row[$0 % count].bitPattern }
    return isSame ? row : nil
  }
}
