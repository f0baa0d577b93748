import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Transpose: the axes in the order of `perm`, or reversed.
  mutating func translateTranspose(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["perm"])
    let operand = try operands.required(0)
    let dimensions = operand.dimensions
    var permutation = Array(dimensions.indices.reversed())
    if attributes.contains("perm") {
      permutation = try attributes.integers("perm").map { Int(clamping: $0) }
    }
    guard permutation.sorted() == Array(dimensions.indices) else {
      throw node.failure(
        .shapeMismatch,
        "permutation \(permutation.prefix(8)) does not name each axis of shape \(dimensions) once",
        cure: "export the model again")
    }
    switch operand {
    case .constant(let constant):
      try reserveWeights(constant.elements.count, node)
      return .constant(constant.viewed(as: StridedView(whole: dimensions).permuted(permutation)))
    case .computed(let value):
      return .computed(try transpose(value, permutation, node))
    }
  }
}
