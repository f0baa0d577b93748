import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Gather: the entries of an axis at constant indices.
  mutating func translateGather(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["axis"])
    let axis = try attributes.integer("axis", default: 0)
    let operand = try operands.required(0)
    let tensor = try operands.requiredConstant(1, "indices")
    let dimensions = operand.dimensions
    guard let position = node.position(ofAxis: axis, rank: dimensions.count) else {
      throw node.noAxis(axis, dimensions)
    }
    guard let given = tensor.elements.integers else { throw node.unsupportedTypes(tensor) }
    let size = dimensions[position]
    var indices: [Int] = []
    for index in given {
      guard let place = node.position(ofAxis: index, rank: size) else {
        throw node.failure(
          .shapeMismatch, "index \(index) is not one of axis \(position) of shape \(dimensions)",
          cure: "export the model again")
      }
      indices.append(place)
    }
    let result = Array(dimensions[..<position]) + tensor.dimensions + Array(dimensions[(position + 1)...])
    guard result.count <= ONNXTensor.largestRank else { throw node.noAxis(axis, dimensions) }
    switch operand {
    case .constant(let constant):
      try reserve(constant: result, node)
      let picks = PickIndices(
        outer: dimensions[..<position].reduce(1, *), size: size,
        inner: dimensions[(position + 1)...].reduce(1, *), indices: indices)
      return .constant(ONNXTensor(dimensions: result, elements: constant.elements.map(picks)))
    case .computed(let value):
      guard !indices.isEmpty else { throw node.emptyResult }
      let gathered = try append(node, .gather(Gather(axis: position, indices: indices)), [value])
      return try reshape(.computed(gathered), to: result, node)
    }
  }
}

/// The blocks at `indices` of each of `outer` rows of `size` blocks of `inner` elements.
private struct PickIndices: ElementRearrangement {
  let outer: Int
  let size: Int
  let inner: Int
  let indices: [Int]

  func apply<Element>(_ elements: [Element]) -> [Element] {
    var result: [Element] = []
    // INVARIANT: without inner elements or indices there may be any number of rows.
    if inner == 0 || indices.isEmpty { return result }
    for row in 0..<outer {
      for index in indices {
        let start = (row * size + index) * inner
        result += elements[start..<start + inner]
      }
    }
    return result
  }
}
