import Diagnostics

extension ONNXTranslation {
  /// Where, of constants: X where the condition holds, else Y.
  mutating func translateWhere(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    let condition = try operands.requiredConstant(0, "condition")
    var (x, y) = try stretch(
      try operands.requiredConstant(1, "X"), try operands.requiredConstant(2, "Y"), node)
    guard case .booleans = condition.elements else { throw node.unsupportedTypes(condition) }
    let fitted: ONNXTensor
    (x, fitted) = try stretch(x, condition, node)
    y = try stretch(y, to: x.dimensions, node)
    guard case .booleans(let holds) = fitted.elements else { throw node.unsupportedTypes(condition) }

    func choose<Element>(_ a: [Element], _ b: [Element]) -> [Element] {
      holds.indices.map { holds[$0] ? a[$0] : b[$0] }
    }
    let elements: ONNXElements =
      switch (x.elements, y.elements) {
      case (.floats(let a), .floats(let b)): .floats(choose(a, b))
      case (.doubles(let a), .doubles(let b)): .doubles(choose(a, b))
      case (.int32s(let a), .int32s(let b)): .int32s(choose(a, b))
      case (.int64s(let a), .int64s(let b)): .int64s(choose(a, b))
      case (.booleans(let a), .booleans(let b)): .booleans(choose(a, b))
      default: throw node.unsupportedTypes(x, y)
      }
    return .constant(ONNXTensor(dimensions: x.dimensions, elements: elements))
  }
}
