import ExactArithmetic

// ReLU: `0 > x ? 0 : x` for each element. So NaN passes through and -0 stays -0: the comparison with
// the constant on the left is what C compilers make a single instruction of without -ffast-math.

func reluShapeViolation(operand: TensorShape, result: TensorShape) -> String? {
  operand == result ? nil : "has shape \(result), its operand \(operand)"
}

func evaluateRelu(_ operand: [Float]) -> [Float] {
  operand.map { 0 > $0 ? 0 : $0 }
}

func evaluateReluExactly(_ operand: [Rational]) -> [Rational] {
  operand.map { $0.signum < 0 ? .zero : $0 }
}
