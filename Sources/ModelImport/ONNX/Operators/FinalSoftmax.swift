import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Softmax or LogSoftmax at the end of the model, over all scores: dropped with a note.
  ///
  /// Both are strictly increasing functions of the scores' differences, so they keep their order; the
  /// scores before them order at least as finely, as rounding can make ties but not break them.
  mutating func translateFinalSoftmax(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let name = node.proto.opType
    let attributes = try ONNXAttributes(of: node, allowed: ["axis"])
    // Up to operator set 12, softmax runs over all dimensions from `axis` on; since 13 over that one.
    let runsToTheEnd = opset < 13
    let axis = try attributes.integer("axis", default: runsToTheEnd ? 1 : -1)
    let scores = try operands.computed(0)
    guard isFinal(node.proto.output[0]) else {
      throw node.failure(
        .unsupportedOperator, "\(name) is supported only as the last operator",
        cure:
          "use a model without it: what follows an inner \(name) needs its values, so it cannot be left out")
    }
    let dimensions = scores.shape.dimensions
    let position = node.position(ofAxis: axis, rank: dimensions.count, isEndAllowed: runsToTheEnd)
    let covered = position.map { position in
      runsToTheEnd ? dimensions[position...].reduce(1, *) : dimensions[position]
    }
    guard covered == scores.shape.elementCount else {
      throw node.failure(
        .shapeMismatch, "\(name) over axis \(axis) does not run over all scores of shape \(scores.shape)",
        cure: "apply it to the axis of the classes")
    }
    found.report(
      Diagnostic(
        .softmaxDropped, "the final \(name) is dropped; the scores are those before it", severity: .note,
        at: node.location))
    return .computed(scores)
  }
}
