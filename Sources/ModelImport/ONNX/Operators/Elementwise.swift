import Diagnostics
import NetworkIR

extension ONNXTranslation {
  /// Add, Sub, Mul, Div, and Min, Max and Sum of any number: of computed operands and constants that broadcast.
  /// What changes nothing (x - 0, x * 1) is dropped.
  mutating func translateElementwise(
    _ elementwise: ElementwiseOperator, _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    let values = try operands.all()
    var result = values[0]
    for (index, value) in values.enumerated().dropFirst() {
      result = try combine(elementwise, result, value, node, index == values.count - 1 ? "" : ".\(index)")
    }
    return result
  }

  private mutating func combine(
    _ elementwise: ElementwiseOperator, _ left: ONNXValue, _ right: ONNXValue, _ node: ONNXNode,
    _ suffix: String
  ) throws(Diagnostic) -> ONNXValue {
    switch (left, right) {
    case (.computed(let left), .computed(let right)):
      return .computed(try append(node, .elementwise(elementwise), [left, right], suffix: suffix))
    case (.computed(let operand), .constant(let constant)):
      return .computed(try combine(elementwise, operand, constant, on: .right, node, suffix))
    case (.constant(let constant), .computed(let operand)):
      return .computed(try combine(elementwise, operand, constant, on: .left, node, suffix))
    case (.constant(let left), .constant(let right)):
      return .constant(try fold(elementwise.folded, left, right, node))
    }
  }

  private mutating func combine(
    _ elementwise: ElementwiseOperator, _ operand: ComputedValue, _ constant: ONNXTensor,
    on side: ElementwiseWithConstant.Side, _ node: ONNXNode, _ suffix: String
  ) throws(Diagnostic) -> ComputedValue {
    let constant = try node.tensor(of: constant)
    guard let shape = operand.shape.broadcast(with: constant.shape) else {
      throw node.failure(
        .shapeMismatch,
        "a constant of shape \(constant.shape) does not broadcast with the operand's shape \(operand.shape)",
        cure: "export the model again")
    }
    let operation = ElementwiseWithConstant(elementwise, constant: constant, on: side)
    return operation.isIdentity && shape.elementCount == operand.shape.elementCount
      ? try reshape(operand, to: shape, node, suffix + ".shape")
      : try append(node, .elementwiseWithConstant(operation), [operand], suffix: suffix)
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

  /// The same with its shape.
  func tensor(of constant: ONNXTensor) throws(Diagnostic) -> Tensor<Float> {
    let values = try floats(of: constant)
    guard let shape = TensorShape(constant.dimensions) else { throw emptyResult }
    return Tensor(shape, values)
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
