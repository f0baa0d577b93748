import Diagnostics

/// Shape, Size and what builds constants out of shapes.
extension ONNXTranslation {
  /// The dimensions, from `start` to before `end` since operator set 15.
  func translateShape(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: opset < 15 ? [] : ["start", "end"])
    let dimensions = try operands.required(0).dimensions
    let rank = Int64(dimensions.count)
    func clamped(_ axis: Int64) -> Int {
      Int(min(max(axis < 0 ? axis.addingReportingOverflow(rank).partialValue : axis, 0), rank))
    }
    let start = clamped(try attributes.integer("start", default: 0))
    let end = max(start, clamped(try attributes.integer("end", default: rank)))
    return .constant(integers: dimensions[start..<end].map { Int64($0) })
  }

  func translateSize(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    let count = Int64(try operands.required(0).dimensions.reduce(1, *))
    return .constant(ONNXTensor(dimensions: [], elements: .int64s([count])))
  }

  /// A constant with one value (0 where none is given) everywhere.
  mutating func translateConstantOfShape(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["value"])
    let dimensions = try node.dimensions(try operands.requiredIntegers(0, "input"))
    var value = ONNXTensor(dimensions: [], elements: .floats([0]))
    if let tensor = try attributes.tensor("value") {
      value = try ONNXTensor(tensor, "its value", at: node.location)
    }
    guard value.elements.count == 1 else {
      throw node.failure(
        .modelMalformed, "ConstantOfShape has a value of \(value.elements.count) elements",
        cure: "export the model again")
    }
    return .constant(
      try stretch(ONNXTensor(dimensions: [], elements: value.elements), to: dimensions, node))
  }

  /// The integers from `start` by steps of `delta` to before `limit`.
  mutating func translateRange(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: opset < 27 ? [] : ["stash_type"])
    var ends: [Int64] = []
    for (position, role) in ["start", "limit", "delta"].enumerated() {
      let tensor = try operands.requiredConstant(position, role)
      guard case .int64s(let values) = tensor.elements, values.count == 1 else {
        throw node.unsupportedTypes(tensor)
      }
      ends.append(values[0])
    }
    let (start, limit, delta) = (ends[0], ends[1], ends[2])
    let (span, overflow) = limit.subtractingReportingOverflow(start)
    guard delta != 0, delta != .min, !overflow else {
      throw node.failure(
        .modelMalformed, "Range from \(start) to \(limit) by \(delta) has no end",
        cure: "export the model again")
    }
    let isEmpty = span == 0 || (span < 0) != (delta < 0)
    let count = isEmpty ? 0 : Int((span - delta.signum()) / delta + 1)
    try reserve(constant: [count], node)
    return .constant(integers: (0..<count).map { start + Int64($0) * delta })
  }
}

extension ONNXValue {
  /// A list of integers.
  static func constant(integers: [Int64]) -> ONNXValue {
    .constant(ONNXTensor(dimensions: [integers.count], elements: .int64s(integers)))
  }
}

extension ONNXNode {
  /// A list of integers as dimensions; 0 is allowed.
  func dimensions(_ sizes: [Int64]) throws(Diagnostic) -> [Int] {
    let dimensions = sizes.compactMap { Int(exactly: $0) }.filter { $0 >= 0 }
    guard dimensions.count == sizes.count, sizes.count <= ONNXTensor.largestRank,
      ONNXTensor.elementCount(dimensions) != nil
    else {
      throw failure(
        .shapeMismatch, "\(proto.opType) makes a shape of \(sizes.prefix(8))", cure: "export the model again")
    }
    return dimensions
  }
}
