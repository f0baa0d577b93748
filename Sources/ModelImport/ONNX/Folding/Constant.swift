import Diagnostics

extension ONNXTranslation {
  /// Constant with `value`, `value_float`, `value_floats`, `value_int` or `value_ints`.
  func translateConstant(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    let forms = ["value", "value_float", "value_floats", "value_int", "value_ints"]
    let attributes = try ONNXAttributes(of: node, allowed: forms)
    let given = forms.filter(attributes.contains)
    guard given.count == 1 else {
      throw node.failure(
        .modelMalformed, "Constant has \(given.count) values where 1 is expected",
        cure: "export the model again")
    }
    if let tensor = try attributes.tensor("value") {
      return .constant(try ONNXTensor(tensor, "its tensor", at: node.location))
    }
    if attributes.contains("value_int") {
      let value = try attributes.integer("value_int", default: 0)
      return .constant(ONNXTensor(dimensions: [], elements: .int64s([value])))
    }
    if attributes.contains("value_ints") {
      return .constant(integers: try attributes.integers("value_ints"))
    }
    let isScalar = attributes.contains("value_float")
    let values =
      isScalar ? [try attributes.float("value_float", default: 0)] : try attributes.floats("value_floats")
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw node.failure(
        .nonFiniteWeight, "holds \(values[index]) at index \(index)", cure: "every constant must be finite")
    }
    return .constant(ONNXTensor(dimensions: isScalar ? [] : [values.count], elements: .floats(values)))
  }
}
