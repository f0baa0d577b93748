import Diagnostics
import NetworkIR

/// Identity, Flatten and Reshape: the same elements in the same order.
extension ONNXTranslation {
  func translateIdentity(_ node: ONNXNode, _ operand: ONNXValue) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    return operand
  }

  /// To two dimensions: those before `axis`, and those from it on.
  mutating func translateFlatten(_ node: ONNXNode, _ operand: ONNXValue) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["axis"])
    let axis = try attributes.integer("axis", default: 1)
    guard case .computed(let operand) = operand else {
      throw node.failure(
        .unsupportedOperator, "Flatten of a constant is not supported",
        cure: "simplify the model first, for example with onnxsim")
    }
    let rank = operand.shape.dimensions.count
    guard let split = node.position(ofAxis: axis, rank: rank, isEndAllowed: true),
      let shape = TensorShape([
        operand.shape.dimensions[..<split].reduce(1, *), operand.shape.dimensions[split...].reduce(1, *),
      ])
    else {
      throw node.failure(
        .shapeMismatch, "axis \(axis) is not an axis of shape \(operand.shape)",
        cure: "export the model again")
    }
    return .computed(try reshape(operand, to: shape, node))
  }

  /// To the constant `shape`, where 0 keeps a dimension (unless `allowzero`) and one -1 is what is left.
  mutating func translateReshape(
    _ node: ONNXNode, _ operand: ONNXValue, shape: ONNXValue
  ) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["allowzero"])
    let allowsZero = try attributes.integer("allowzero", default: 0) != 0
    guard case .constant(let tensor) = shape, case .integers(let target) = tensor.elements,
      tensor.dimensions.count == 1
    else {
      throw node.failure(
        .unsupportedOperator, "Reshape to a shape that is not a constant list of integers",
        cure: "export the model with fixed shapes")
    }
    switch operand {
    case .failed: return .failed
    case .constant(let constant):
      let dimensions = try node.reshaped(constant.dimensions, to: target, allowsZero: allowsZero)
      return .constant(ONNXTensor(dimensions: dimensions, elements: constant.elements))
    case .computed(let value):
      let dimensions = try node.reshaped(value.shape.dimensions, to: target, allowsZero: allowsZero)
      guard let shape = TensorShape(dimensions) else {
        throw node.impossibleReshape(value.shape.dimensions, target)
      }
      return .computed(try reshape(value, to: shape, node))
    }
  }
}

extension ONNXNode {
  /// The index of an axis that counts from the end if negative; `nil` if there is no such axis.
  func position(ofAxis axis: Int64, rank: Int, isEndAllowed: Bool = false) -> Int? {
    let (position, overflow) = axis.addingReportingOverflow(axis < 0 ? Int64(rank) : 0)
    let end = Int64(isEndAllowed ? rank + 1 : rank)
    return !overflow && position >= 0 && position < end ? Int(position) : nil
  }

  fileprivate func reshaped(
    _ source: [Int], to target: [Int64], allowsZero: Bool
  ) throws(Diagnostic) -> [Int] {
    guard target.count <= ONNXTensor.largestRank else { throw impossibleReshape(source, target) }
    let count = source.reduce(1, *)
    var dimensions: [Int] = []
    var known = 1
    var inferred: Int?
    for (axis, size) in target.enumerated() {
      var dimension = Int(clamping: size)
      if dimension == 0, !allowsZero {
        guard axis < source.count else { throw impossibleReshape(source, target) }
        dimension = source[axis]
      }
      if dimension == -1, inferred == nil {
        inferred = axis
        dimension = 1
      }
      let (product, overflow) = known.multipliedReportingOverflow(by: dimension)
      guard dimension >= 0, !overflow else { throw impossibleReshape(source, target) }
      known = product
      dimensions.append(dimension)
    }
    if let inferred {
      guard known > 0, count % known == 0 else { throw impossibleReshape(source, target) }
      dimensions[inferred] = count / known
      known *= count / known
    }
    guard known == count else { throw impossibleReshape(source, target) }
    return dimensions
  }

  fileprivate func impossibleReshape(_ source: [Int], _ target: [Int64]) -> Diagnostic {
    failure(
      .shapeMismatch, "shape \(source) can't be reshaped to \(target.prefix(16))",
      cure: "the batch is read as 1; export the model with a batch of 1 or an open one (-1)")
  }
}
