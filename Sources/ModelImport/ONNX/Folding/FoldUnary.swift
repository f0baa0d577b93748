import Diagnostics

/// An operation on a constant that has one exact or one correctly rounded result.
enum FoldedUnary {
  case negate, absolute, floor, ceiling, squareRoot

  func apply<Number: BinaryFloatingPoint>(_ x: Number) -> Number {
    switch self {
    case .negate: -x
    case .absolute: x.magnitude
    case .floor: x.rounded(.down)
    case .ceiling: x.rounded(.up)
    case .squareRoot: x.squareRoot()
    }
  }

  /// `nil` where the operation is not defined on integers, or the result does not fit.
  func apply<Number: FixedWidthInteger & SignedInteger>(_ x: Number) -> Number? {
    switch self {
    case .negate: x == .min ? nil : -x
    case .absolute: x == .min ? nil : abs(x)
    case .floor, .ceiling, .squareRoot: nil
    }
  }
}

extension ONNXTranslation {
  /// Neg, Abs, Floor, Ceil and Sqrt of a constant.
  mutating func translateUnary(
    _ operation: FoldedUnary, _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    return .constant(try fold(operation, try operands.requiredConstant(0, "X"), node))
  }

  /// Mod of constants, by whole numbers.
  mutating func translateMod(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    let attributes = try ONNXAttributes(of: node, allowed: ["fmod"])
    guard try attributes.integer("fmod", default: 0) == 0 else {
      throw node.failure(
        .unsupportedAttribute, "attribute `fmod` of Mod is not supported", cure: "simplify the model first")
    }
    return .constant(
      try fold(.modulo, try operands.requiredConstant(0, "A"), try operands.requiredConstant(1, "B"), node))
  }

  private mutating func fold(
    _ operation: FoldedUnary, _ operand: ONNXTensor, _ node: ONNXNode
  ) throws(Diagnostic) -> ONNXTensor {
    try reserveWeights(operand.elements.count, node)
    let elements: ONNXElements
    switch operand.elements {
    case .floats(let values): elements = .floats(values.map { operation.apply($0) })
    case .doubles(let values): elements = .doubles(values.map { operation.apply($0) })
    case .int32s(let values): elements = .int32s(values.compactMap { operation.apply($0) })
    case .int64s(let values): elements = .int64s(values.compactMap { operation.apply($0) })
    case .booleans: throw node.unsupportedTypes(operand)
    }
    guard elements.count == operand.elements.count, elements.areFinite else {
      throw node.failure(
        .nonFiniteWeight, "\(node.proto.opType) of a constant has no result for one of its elements",
        cure: "export the model again")
    }
    return ONNXTensor(dimensions: operand.dimensions, elements: elements)
  }

  /// Not, of a constant.
  func translateNot(_ node: ONNXNode, _ operands: ONNXOperands) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    let operand = try operands.requiredConstant(0, "X")
    guard case .booleans(let values) = operand.elements else { throw node.unsupportedTypes(operand) }
    return .constant(ONNXTensor(dimensions: operand.dimensions, elements: .booleans(values.map { !$0 })))
  }

  /// And and Or, of constants.
  mutating func translateLogic(
    _ node: ONNXNode, _ operands: ONNXOperands, _ combine: (Bool, Bool) -> Bool
  ) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    let (left, right) = try stretch(
      try operands.requiredConstant(0, "A"), try operands.requiredConstant(1, "B"), node)
    guard case .booleans(let a) = left.elements, case .booleans(let b) = right.elements else {
      throw node.unsupportedTypes(left, right)
    }
    let values = zip(a, b).map { combine($0, $1) }
    return .constant(ONNXTensor(dimensions: left.dimensions, elements: .booleans(values)))
  }

  /// Equal, Less and their like, of constants.
  mutating func translateComparison(
    _ comparison: FoldedComparison, _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> ONNXValue {
    _ = try ONNXAttributes(of: node, allowed: [])
    return .constant(
      try fold(
        comparison, try operands.requiredConstant(0, "A"), try operands.requiredConstant(1, "B"), node))
  }
}

extension ONNXElements {
  var areFinite: Bool {
    switch self {
    case .floats(let values): values.allSatisfy(\.isFinite)
    case .doubles(let values): values.allSatisfy(\.isFinite)
    case .int32s, .int64s, .booleans: true
    }
  }
}
