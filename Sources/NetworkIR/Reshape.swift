// Reshape: the same elements in the same (row-major) order under another shape; evaluation is the
// identity.

func reshapeShapeViolation(operand: TensorShape, result: TensorShape) -> String? {
  operand.elementCount == result.elementCount
    ? nil
    : "has shape \(result) (\(result.elementCount) elements), its operand \(operand) (\(operand.elementCount))"
}
