import Diagnostics
import NetworkIR

/// Functions of each element.
extension ONNXTranslation {
  /// A function without attributes of a computed operand. For example: Relu, Tanh.
  mutating func translateFunction(
    _ operation: Operation, _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    return .computed(try append(node, operation, [try operands.computed(0)]))
  }

  /// A function without attributes that constants have an exact or one rounded result of: Neg, Abs, Sqrt.
  mutating func translateFunction(
    _ operation: Operation, folded: FoldedUnary, _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    guard case .constant = try operands.required(0) else {
      return try translateFunction(operation, node, operands)
    }
    return try translateUnary(folded, node, operands)
  }

  mutating func translateLeakyRelu(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["alpha"])
    let slope = try attributes.float("alpha", default: 0.01)
    return .computed(try append(node, .leakyRelu(LeakyRelu(slope: slope)), [try operands.computed(0)]))
  }

  mutating func translateElu(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["alpha"])
    let alpha = try attributes.float("alpha", default: 1)
    return .computed(try append(node, .elu(Elu(alpha: alpha)), [try operands.computed(0)]))
  }

  mutating func translateCelu(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["alpha"])
    let alpha = try attributes.float("alpha", default: 1)
    guard alpha > 0 else {
      throw node.failure(
        .nonFiniteWeight, "attribute `alpha` of Celu is \(alpha)", cure: "it must be positive")
    }
    return .computed(try append(node, .celu(Celu(alpha: alpha)), [try operands.computed(0)]))
  }

  mutating func translateSelu(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["alpha", "gamma"])
    let selu = Selu(
      alpha: try attributes.float("alpha", default: 1.67326319217681884765625),
      gamma: try attributes.float("gamma", default: 1.05070102214813232421875))
    return .computed(try append(node, .selu(selu), [try operands.computed(0)]))
  }

  mutating func translateHardSigmoid(
    _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["alpha", "beta"])
    let sigmoid = HardSigmoid(
      alpha: try attributes.float("alpha", default: 0.2), beta: try attributes.float("beta", default: 0.5))
    return .computed(try append(node, .hardSigmoid(sigmoid), [try operands.computed(0)]))
  }

  mutating func translateGelu(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["approximate"])
    let name = try attributes.string("approximate", default: "none")
    let approximations: [String: Gelu.Approximation] = ["none": .none, "tanh": .tanh]
    guard let approximation = approximations[name] else {
      throw node.failure(
        .unsupportedAttribute, "attribute `approximate` of Gelu is `\(printable(name))`",
        cure: "supported are none and tanh")
    }
    return .computed(try append(node, .gelu(Gelu(approximation: approximation)), [try operands.computed(0)]))
  }

  /// PRelu with constant slopes, which broadcast to the operand's shape.
  mutating func translatePRelu(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    let slope = try node.tensor(of: try operands.requiredConstant(1, "slope"))
    return .computed(try append(node, .pRelu(PRelu(slope: slope)), [try operands.computed(0)]))
  }

  /// Clip: the bounds are attributes up to operator set 10, then inputs.
  mutating func translateClip(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: opset < 11 ? ["min", "max"] : [])
    var bounds: [Float?] = []
    for (position, name) in ["min", "max"].enumerated() {
      if opset >= 11 {
        bounds.append(try operands.float(position + 1, name))
      } else {
        guard operands.values.count == 1 else { throw node.missingInput }
        bounds.append(attributes.contains(name) ? try attributes.float(name, default: 0) : nil)
      }
    }
    let clip = Clip(lower: bounds[0], upper: bounds[1])
    return .computed(try append(node, .clip(clip), [try operands.computed(0)]))
  }

  /// Pow with one constant exponent.
  mutating func translatePow(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    let operand = try operands.computed(0)
    let tensor = try operands.requiredConstant(1, "Y")
    guard let converted = tensor.elements.converted(to: .float32), case .floats(let values) = converted,
      let exponent = values.first, values.allSatisfy({ $0 == exponent }),
      let shape = TensorShape(tensor.dimensions),
      operand.shape.broadcast(with: shape) == operand.shape
    else {
      throw node.failure(
        .unsupportedOperator, "Pow is supported with one constant exponent only",
        cure: "use one exponent for all elements")
    }
    if exponent == 1 { return .computed(operand) }
    guard let power = Power(exponent: exponent) else {
      throw node.failure(
        .unsupportedOperator, "Pow with exponent \(exponent) is not supported",
        cure: "supported are multiples of 0.5 other than 0, up to 64 and down to -64")
    }
    return .computed(try append(node, .power(power), [operand]))
  }
}
