import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Pad with a constant; negative pads cut off.
  mutating func translatePad(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: opset < 11 ? ["mode", "pads", "value"] : ["mode"])
    let mode = try attributes.string("mode", default: "constant")
    guard mode == "constant" else {
      throw node.failure(
        .unsupportedAttribute, "attribute `mode` of Pad is `\(printable(mode))`",
        cure: "only padding with a constant is supported")
    }
    let operand = try operands.computed(0)
    let rank = operand.shape.dimensions.count
    let pads: [Int64]
    let value: Float
    var axes = Array(0..<rank)
    if opset < 11 {
      guard operands.values.count == 1 else { throw node.missingInput }
      pads = try attributes.integers("pads")
      value = try attributes.float("value", default: 0)
    } else {
      pads = try operands.requiredIntegers(1, "pads")
      value = try operands.float(2, "constant_value") ?? 0
      if let given = try operands.integers(3, "axes") {
        axes = try node.positions(ofAxes: given, operand.shape.dimensions)
      }
    }
    guard pads.count == 2 * axes.count else {
      throw node.failure(
        .shapeMismatch, "Pad has \(pads.count) pads for \(axes.count) axes", cure: "export the model again")
    }
    var before = [Int](repeating: 0, count: rank)
    var after = before
    for (index, axis) in axes.enumerated() {
      before[axis] = Int(clamping: pads[index])
      after[axis] = Int(clamping: pads[axes.count + index])
    }
    return try pad(operand, before, after, value, node)
  }

  private mutating func pad(
    _ operand: ComputedValue, _ before: [Int], _ after: [Int], _ value: Float, _ node: ONNXNode
  ) throws(Diagnostic) -> ONNXValue {
    var ranges: [SliceRange] = []
    for (axis, count) in operand.shape.dimensions.enumerated() {
      let first = -max(min(before[axis], 0), -count)
      let last = -max(min(after[axis], 0), -count)
      ranges.append(SliceRange(start: first, step: 1, count: max(0, count - first - last)))
    }
    guard case .computed(let inner) = try self.cut(.computed(operand), ranges, node, ".cut") else {
      throw node.emptyResult
    }
    let pad = Pad(before: before.map { max($0, 0) }, after: after.map { max($0, 0) }, value: value)
    if (pad.before + pad.after).allSatisfy({ $0 == 0 }) { return .computed(inner) }
    return .computed(try append(node, .pad(pad), [inner]))
  }
}
