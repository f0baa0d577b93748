import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Slice: from `starts` by `steps` to before `ends` on each of `axes`.
  mutating func translateSlice(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let operand = try operands.required(0)
    let dimensions = operand.dimensions
    let (starts, ends, axes, steps) = try sliceBounds(node, operands)
    let axisCount = Int64(starts.count)
    let positions = try node.positions(ofAxes: axes ?? Array(0..<axisCount), dimensions)
    let strides = steps ?? [Int64](repeating: 1, count: starts.count)
    guard starts.count == ends.count, starts.count == positions.count, starts.count == strides.count,
      !strides.contains(where: { $0 == 0 || $0 == .min })
    else {
      throw node.failure(
        .modelMalformed, "Slice does not have one start, end, axis and step other than 0 for each axis",
        cure: "export the model again")
    }
    var ranges = dimensions.map { SliceRange(start: 0, step: 1, count: $0) }
    for (index, axis) in positions.enumerated() {
      ranges[axis] = SliceRange(
        start: starts[index], end: ends[index], step: strides[index], dimension: dimensions[axis])
    }
    return try cut(operand, ranges, node)
  }

  /// Up to operator set 9 attributes, then inputs.
  private func sliceBounds(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> (starts: [Int64], ends: [Int64], axes: [Int64]?, steps: [Int64]?) {
    if opset < 10 {
      let attributes = try ONNXAttributes(of: node, allowed: ["starts", "ends", "axes"])
      guard operands.values.count == 1 else { throw node.missingInput }
      let axes = attributes.contains("axes") ? try attributes.integers("axes") : nil
      return (try attributes.integers("starts"), try attributes.integers("ends"), axes, nil)
    }
    _ = try ONNXAttributes(of: node, allowed: [])
    return (
      try operands.requiredIntegers(1, "starts"), try operands.requiredIntegers(2, "ends"),
      try operands.integers(3, "axes"), try operands.integers(4, "steps")
    )
  }

  /// The part of a value at some indices of each axis.
  mutating func cut(
    _ operand: ONNXValue, _ ranges: [SliceRange], _ node: ONNXNode, _ suffix: String = ""
  ) throws(Diagnostic) -> ONNXValue {
    switch operand {
    case .constant(let constant):
      var view = StridedView(whole: constant.dimensions)
      for (axis, range) in ranges.enumerated() {
        view = view.sliced(axis: axis, start: range.start, step: range.step, count: range.count)
      }
      try reserveWeights(view.elementCount, node)
      return .constant(constant.viewed(as: view))
    case .computed(let value):
      guard ranges.allSatisfy({ $0.count > 0 }) else { throw node.emptyResult }
      let isWhole = zip(ranges, value.shape.dimensions).allSatisfy { $0.step == 1 && $0.count == $1 }
      if isWhole { return operand }
      let slice = Slice(
        starts: ranges.map(\.start), steps: ranges.map(\.step), counts: ranges.map(\.count))
      return .computed(try append(node, .slice(slice), [value], suffix: suffix))
    }
  }
}

extension ONNXNode {
  var emptyResult: Diagnostic {
    failure(
      .shapeMismatch, "\(proto.opType) leaves nothing of a computed value", cure: "export the model again")
  }
}

/// The indices of an axis that a slice takes: bounds beyond the axis end at it.
struct SliceRange {
  let start: Int
  let step: Int
  let count: Int

  init(start: Int, step: Int, count: Int) {
    self.start = start
    self.step = step
    self.count = count
  }

  /// - Requires: `step` is neither 0 nor the least integer.
  init(start: Int64, end: Int64, step: Int64, dimension: Int) {
    let size = Int64(dimension)
    // A negative bound counts from the end; going down, an axis ends one before its first index.
    let allowed = step > 0 ? 0...size : -1...max(size - 1, -1)
    func bound(_ value: Int64) -> Int64 {
      let index = value < 0 ? value.addingReportingOverflow(size).partialValue : value
      return min(max(index, allowed.lowerBound), allowed.upperBound)
    }
    let span = bound(end) - bound(start)
    let isEmpty = span == 0 || (span < 0) != (step < 0)
    count = isEmpty ? 0 : Int((span - step.signum()) / step + 1)
    self.start = Int(bound(start))
    // One index needs no step, which may be larger than any array.
    self.step = count > 1 ? Int(step) : 1
  }
}
