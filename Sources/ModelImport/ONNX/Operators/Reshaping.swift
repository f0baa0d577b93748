import Diagnostics
import NetworkIR

/// Identity, Dropout, Flatten, Reshape, Squeeze and Unsqueeze: the same elements in the same order.
extension ONNXTranslation {
  func translateIdentity(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    return try operands.required(0)
  }

  /// Dropout keeps everything once training is over.
  func translateDropout(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: opset < 12 ? ["ratio"] : ["seed"])
    if let mode = try operands.constant(2, "training_mode") {
      guard case .booleans([false]) = mode.elements else {
        throw node.failure(
          .unsupportedOperator, "Dropout in training mode is not supported",
          cure: "export the model for inference, in PyTorch after `model.eval()`")
      }
    }
    return try operands.required(0)
  }

  /// To two dimensions: those before `axis`, and those from it on.
  mutating func translateFlatten(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["axis"])
    let axis = try attributes.integer("axis", default: 1)
    let operand = try operands.required(0)
    let dimensions = operand.dimensions
    guard let split = node.position(ofAxis: axis, rank: dimensions.count, isEndAllowed: true) else {
      throw node.noAxis(axis, dimensions)
    }
    return try reshape(
      operand, to: [dimensions[..<split].reduce(1, *), dimensions[split...].reduce(1, *)], node)
  }

  /// To the constant `shape`, where 0 keeps a dimension (unless `allowzero`) and one -1 is what is left.
  mutating func translateReshape(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: opset < 14 ? [] : ["allowzero"])
    let allowsZero = try attributes.integer("allowzero", default: 0) != 0
    let operand = try operands.required(0)
    guard case .constant(let shape) = try operands.required(1), let target = shape.elements.integers,
      shape.dimensions.count == 1
    else {
      throw node.failure(
        .unsupportedOperator, "Reshape to a shape that is not a constant list of integers",
        cure: "export the model with fixed shapes")
    }
    let dimensions = try node.reshaped(operand.dimensions, to: target, allowsZero: allowsZero)
    return try reshape(operand, to: dimensions, node)
  }

  /// Without the named dimensions of 1, or without all of them.
  mutating func translateSqueeze(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let operand = try operands.required(0)
    let dimensions = operand.dimensions
    var axes = dimensions.indices.filter { dimensions[$0] == 1 }
    if let given = try self.axes(node, operands, inputSince: 13) {
      axes = try node.positions(ofAxes: given, dimensions)
    }
    guard axes.allSatisfy({ dimensions[$0] == 1 }) else {
      throw node.failure(
        .shapeMismatch, "Squeeze of axes \(axes) of shape \(dimensions), which are not all 1",
        cure: "export the model with a batch of 1 or an open one")
    }
    return try reshape(
      operand, to: dimensions.indices.filter { !axes.contains($0) }.map { dimensions[$0] }, node)
  }

  /// With dimensions of 1 at the positions that `axes` have in the result.
  mutating func translateUnsqueeze(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let operand = try operands.required(0)
    guard let given = try axes(node, operands, inputSince: 13) else { throw node.missingInput }
    var dimensions = operand.dimensions
    let rank = dimensions.count + given.count
    guard rank <= ONNXTensor.largestRank else { throw node.noAxis(given[0], dimensions) }
    let positions = try node.positions(ofAxes: given, [Int](repeating: 1, count: rank))
    for position in positions.sorted() { dimensions.insert(1, at: position) }
    return try reshape(operand, to: dimensions, node)
  }

  /// A value with the same elements in another shape.
  mutating func reshape(
    _ operand: ONNXValue, to dimensions: [Int], _ node: ONNXNode
  ) throws(Diagnostic) -> ONNXValue {
    switch operand {
    case .constant(let constant):
      return .constant(ONNXTensor(dimensions: dimensions, elements: constant.elements))
    case .computed(let value):
      guard let shape = TensorShape(dimensions) else {
        throw node.impossibleReshape(value.shape.dimensions, dimensions.map { Int64($0) })
      }
      return .computed(try reshape(value, to: shape, node))
    }
  }

  /// The axes of a node: the attribute `axes`, since operator set `version` the second input; `nil` if they
  /// are not given.
  func axes(
    _ node: ONNXNode, _ operands: ONNXOperands, inputSince version: Int, otherAttributes: [String] = []
  ) throws(Diagnostic) -> [Int64]? {
    let attributes = try ONNXAttributes(
      of: node, allowed: otherAttributes + (opset < version ? ["axes"] : []))
    if opset >= version { return try operands.integers(1, "axes") }
    guard operands.values.count == 1 else { throw node.missingInput }
    return attributes.contains("axes") ? try attributes.integers("axes") : nil
  }
}

extension ONNXNode {
  /// The index of an axis that counts from the end if negative; `nil` if there is no such axis.
  func position(ofAxis axis: Int64, rank: Int, isEndAllowed: Bool = false) -> Int? {
    let (position, overflow) = axis.addingReportingOverflow(axis < 0 ? Int64(rank) : 0)
    let end = Int64(isEndAllowed ? rank + 1 : rank)
    return !overflow && position >= 0 && position < end ? Int(position) : nil
  }

  /// The indices of different axes, each of which counts from the end if negative.
  func positions(ofAxes axes: [Int64], _ dimensions: [Int]) throws(Diagnostic) -> [Int] {
    var positions: [Int] = []
    for axis in axes {
      guard let position = position(ofAxis: axis, rank: dimensions.count), !positions.contains(position)
      else {
        throw noAxis(axis, dimensions)
      }
      positions.append(position)
    }
    return positions
  }

  func noAxis(_ axis: Int64, _ dimensions: [Int]) -> Diagnostic {
    failure(
      .shapeMismatch, "axis \(axis) is not a further axis of shape \(dimensions)",
      cure: "export the model again")
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
