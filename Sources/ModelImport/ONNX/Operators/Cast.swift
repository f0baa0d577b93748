import Diagnostics

extension ONNXTranslation {
  /// Cast: of a computed value to float32, which it is; of a constant where no number is rounded, except
  /// that floats lose their fraction on the way to integers.
  mutating func translateCast(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["to", "saturate", "round_mode"])
    let number = Int32(clamping: try attributes.integer("to", default: 0))
    guard let type = ONNXElementType(rawValue: number) else {
      throw node.failure(
        .unsupportedElementType, "casts to \(ONNXElementType.name(of: number))",
        cure: "convert the model to float32")
    }
    let operand = try operands.required(0)
    guard case .constant(let constant) = operand else {
      if type == .float32 { return operand }
      throw node.failure(
        .unsupportedElementType, "casts a computed value to \(type.name)",
        cure: "networks are computed in float32; convert the model")
    }
    try reserveWeights(constant.elements.count, node)
    guard let elements = constant.elements.converted(to: type) else {
      throw node.failure(
        .unsupportedElementType,
        "casts constants of type \(constant.elements.type.name) to \(type.name) that it can't hold exactly",
        cure: "convert the model to float32 and test it again")
    }
    return .constant(ONNXTensor(dimensions: constant.dimensions, elements: elements))
  }
}

extension ONNXElements {
  /// The same numbers in another type; `nil` where it does not have them.
  func converted(to type: ONNXElementType) -> ONNXElements? {
    // INVARIANT: every type's numbers but the largest integers' are those of some Double.
    let exact: [Double]
    switch self {
    case .floats(let values): exact = values.map { Double($0) }
    case .doubles(let values): exact = values
    case .int32s(let values): exact = values.map { Double($0) }
    case .booleans(let values): exact = values.map { $0 ? 1 : 0 }
    case .int64s(let values):
      if type == .int64 { return self }
      exact = values.compactMap { Double(exactly: $0) }
    }
    let result: ONNXElements =
      switch type {
      case .float32: .floats(exact.compactMap { Float(exactly: $0) })
      case .float64: .doubles(exact)
      case .int32: .int32s(exact.compactMap { Int32(exactly: $0.rounded(.towardZero)) })
      case .int64: .int64s(exact.compactMap { Int64(exactly: $0.rounded(.towardZero)) })
      case .bool: .booleans(exact.map { $0 != 0 })
      }
    return result.count == count ? result : nil
  }
}
