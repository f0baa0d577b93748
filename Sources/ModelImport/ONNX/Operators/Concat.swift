import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Concat of computed values, or of constants, along `axis`.
  mutating func translateConcat(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["axis"])
    let axis = try attributes.integer("axis", default: 0)
    let parts = try operands.all()
    let first = parts[0].dimensions
    guard attributes.contains("axis"), let position = node.position(ofAxis: axis, rank: first.count) else {
      throw node.noAxis(axis, first)
    }
    func others(_ dimensions: [Int]) -> [Int] {
      dimensions.indices.map { $0 == position ? 0 : dimensions[$0] }
    }
    for part in parts where others(part.dimensions) != others(first) {
      throw node.failure(
        .shapeMismatch, "Concat of shapes \(first) and \(part.dimensions) along axis \(position)",
        cure: "export the model again")
    }
    var constants: [ONNXTensor] = []
    var computed: [ComputedValue] = []
    for part in parts {
      switch part {
      case .constant(let constant): constants.append(constant)
      case .computed(let value): computed.append(value)
      }
    }
    if constants.isEmpty {
      let join = Concatenate(axis: position, operandCount: computed.count)
      return .computed(try append(node, .concatenate(join), computed))
    }
    guard computed.isEmpty else {
      throw node.failure(
        .unsupportedOperator, "Concat of computed values and constants is not supported",
        cure: "give the constant's part of the next layer as its bias")
    }
    return .constant(try concatenated(constants, axis: position, node))
  }

  private mutating func concatenated(
    _ parts: [ONNXTensor], axis: Int, _ node: ONNXNode
  ) throws(Diagnostic) -> ONNXTensor {
    var dimensions = parts[0].dimensions
    dimensions[axis] = 0
    for part in parts {
      let (sum, overflow) = dimensions[axis].addingReportingOverflow(part.dimensions[axis])
      dimensions[axis] = overflow ? Int.max : sum
    }
    try reserve(constant: dimensions, node)
    let outer = dimensions.contains(0) ? 0 : dimensions[..<axis].reduce(1, *)

    /// The rows of all parts in turn; `nil` if one is of another type.
    func rows<Element>(_ lists: [[Element]?]) -> [Element]? {
      var result: [Element] = []
      for row in 0..<outer {
        for list in lists {
          guard let list else { return nil }
          let length = list.count / outer
          result += list[row * length..<(row + 1) * length]
        }
      }
      return result
    }
    let elements: ONNXElements? =
      switch parts[0].elements {
      case .floats:
        rows(parts.map { if case .floats(let v) = $0.elements { v } else { nil } }).map { .floats($0) }
      case .doubles:
        rows(parts.map { if case .doubles(let v) = $0.elements { v } else { nil } }).map { .doubles($0) }
      case .int32s:
        rows(parts.map { if case .int32s(let v) = $0.elements { v } else { nil } }).map { .int32s($0) }
      case .int64s:
        rows(parts.map { if case .int64s(let v) = $0.elements { v } else { nil } }).map { .int64s($0) }
      case .booleans:
        rows(parts.map { if case .booleans(let v) = $0.elements { v } else { nil } }).map { .booleans($0) }
      }
    guard let elements else { throw node.unsupportedTypes(parts[0], parts[parts.count - 1]) }
    return ONNXTensor(dimensions: dimensions, elements: elements)
  }
}
