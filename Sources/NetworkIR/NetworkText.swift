extension Network: CustomStringConvertible {
  /// The graph as text, one line a node, without the weights; for tests and for people.
  /// ```
  /// network `a.onnx` (onnx opset 8)
  /// %0 = input [1, 5]
  /// %1 = affine %0 [1, 50] `linear_1_MatMul`
  /// output %1
  /// ```
  public var description: String {
    var lines = ["network `\(identity.name)` (\(identity.format))", "%0 = input \(inputShape)"]
    for (position, node) in nodes.enumerated() {
      let operands = node.operands.map { "%\($0.index)" }.joined(separator: ", ")
      lines.append(
        "%\(position + 1) = \(node.operation.implementation.text(operands)) \(node.shape) `\(node.name)`")
    }
    return (lines + ["output %\(output.index)"]).joined(separator: "\n") + "\n"
  }
}
