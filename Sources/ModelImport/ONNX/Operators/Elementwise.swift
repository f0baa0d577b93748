import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Add, Sub, Mul, Div of computed operands and constants that broadcast. What changes nothing (x - 0, x * 1)
  /// is dropped.
  mutating func translateElementwise(
    _ elementwise: ElementwiseOperator, _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    switch (try operands.required(0), try operands.required(1)) {
    case (.computed(let left), .computed(let right)):
      return .computed(try append(node, .elementwise(elementwise), [left, right]))
    case (.computed(let operand), .constant(let constant)):
      return .computed(try combine(elementwise, operand, constant, on: .right, node))
    case (.constant(let constant), .computed(let operand)):
      return .computed(try combine(elementwise, operand, constant, on: .left, node))
    case (.constant(let left), .constant(let right)):
      return .constant(try fold(elementwise.folded, left, right, node))
    }
  }

  private mutating func combine(
    _ elementwise: ElementwiseOperator, _ operand: ComputedValue, _ constant: ONNXTensor,
    on side: ElementwiseWithConstant.Side, _ node: ONNXNode
  ) throws(Diagnostic) -> ComputedValue {
    let values = try node.floats(of: constant)
    guard let constantShape = TensorShape(constant.dimensions),
      let shape = operand.shape.broadcast(with: constantShape)
    else {
      throw node.failure(
        .shapeMismatch,
        "a constant of shape \(constant.dimensions) does not broadcast with the operand's shape \(operand.shape)",
        cure: "export the model again")
    }
    let operation = ElementwiseWithConstant(
      elementwise, constant: Tensor(constantShape, values), on: side)
    return operation.isIdentity && shape.elementCount == operand.shape.elementCount
      ? try reshape(operand, to: shape, node, ".shape")
      : try append(node, .elementwiseWithConstant(operation), [operand])
  }
}

extension ONNXNode {
  /// The elements of a constant that must be floats, at least one.
  func floats(of constant: ONNXTensor) throws(Diagnostic) -> [Float] {
    guard case .floats(let values) = constant.elements else {
      throw failure(
        .unsupportedElementType, "computes with a constant of type \(constant.elements.type.name)",
        cure: "convert the constant to float32")
    }
    guard !values.isEmpty else {
      throw failure(.shapeMismatch, "computes with an empty constant", cure: "export the model again")
    }
    return values
  }
}

extension ElementwiseOperator {
  fileprivate var folded: FoldedPair {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .minimum: .minimum
    case .maximum: .maximum
    }
  }
}
