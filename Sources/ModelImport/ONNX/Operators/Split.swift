import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Split along `axis`: into parts of the sizes given, or into equal ones.
  mutating func translateSplit(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> [ONNXValue] {
    let allowed = opset < 13 ? ["axis", "split"] : opset < 18 ? ["axis"] : ["axis", "num_outputs"]
    let attributes = try ONNXAttributes(of: node, allowed: allowed)
    let axis = try attributes.integer("axis", default: 0)
    let operand = try operands.required(0)
    let dimensions = operand.dimensions
    guard let position = node.position(ofAxis: axis, rank: dimensions.count) else {
      throw node.noAxis(axis, dimensions)
    }
    var given: [Int64]?
    if opset >= 13 {
      given = try operands.integers(1, "split")
    } else {
      guard operands.values.count == 1 else { throw node.missingInput }
      given = attributes.contains("split") ? try attributes.integers("split") : nil
    }
    let outputCount = node.proto.output.count
    let stated = try attributes.integer("num_outputs", default: Int64(outputCount))
    let sizes =
      try given.map { (sizes) throws(Diagnostic) in try node.dimensions(sizes) }
      ?? equalParts(of: dimensions[position], count: outputCount)
    var total = 0
    for size in sizes { total = total.addingReportingOverflow(size).partialValue }
    guard sizes.count == outputCount, stated == Int64(outputCount), total == dimensions[position],
      !attributes.contains("num_outputs") || given == nil
    else {
      throw node.failure(
        .shapeMismatch,
        "Split of \(dimensions[position]) entries into \(outputCount) outputs of sizes \(sizes.prefix(8))",
        cure: "export the model again")
    }
    var results: [ONNXValue] = []
    var start = 0
    for size in sizes {
      var ranges = dimensions.map { SliceRange(start: 0, step: 1, count: $0) }
      ranges[position] = SliceRange(start: start, step: 1, count: size)
      results.append(try cut(operand, ranges, node, ".\(results.count)"))
      start += size
    }
    return results
  }

  /// Equal parts; since operator set 18 the last may be smaller.
  private func equalParts(of size: Int, count: Int) -> [Int] {
    let part = opset < 18 ? size / count : (size + count - 1) / count
    return (0..<count).map { max(0, min(part, size - $0 * part)) }
  }
}
