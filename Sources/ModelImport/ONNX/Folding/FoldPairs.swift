import Diagnostics
import NetworkIR

/// An operation on pairs of constants. Floats are combined as the runtime does it, with one rounding;
/// integers without wrapping.
enum FoldedPair {
  case add, subtract, multiply, divide, modulo, minimum, maximum

  /// Why a pair of constants has no result.
  enum Failure: Error {
    case zeroDivisor, overflow, notDefined
  }

  func apply<Number: BinaryFloatingPoint>(_ left: [Number], _ right: [Number]) throws(Failure) -> [Number] {
    var result: [Number] = []
    for (a, b) in zip(left, right) { result.append(try apply(a, b)) }
    return result
  }

  func apply<Number: FixedWidthInteger & SignedInteger>(
    _ left: [Number], _ right: [Number]
  ) throws(Failure) -> [Number] {
    var result: [Number] = []
    for (a, b) in zip(left, right) { result.append(try apply(a, b)) }
    return result
  }

  private func apply<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number) throws(Failure) -> Number {
    let result: Number =
      switch self {
      case .add: a + b
      case .subtract: a - b
      case .multiply: a * b
      case .divide: a / b
      case .minimum: b < a ? b : a
      case .maximum: a < b ? b : a
      case .modulo: throw .notDefined
      }
    if !result.isFinite { throw b == 0 ? .zeroDivisor : .overflow }
    return result
  }

  private func apply<Number: FixedWidthInteger & SignedInteger>(_ a: Number, _ b: Number) throws(Failure)
    -> Number
  {
    let (result, overflow) =
      switch self {
      case .add: a.addingReportingOverflow(b)
      case .subtract: a.subtractingReportingOverflow(b)
      case .multiply: a.multipliedReportingOverflow(by: b)
      case .divide: a.dividedReportingOverflow(by: b)
      case .modulo: a.remainderReportingOverflow(dividingBy: b)
      case .minimum: (min(a, b), false)
      case .maximum: (max(a, b), false)
      }
    if overflow { throw b == 0 ? .zeroDivisor : .overflow }
    // As in Python, the remainder has the sign of the divisor.
    return self == .modulo && result != 0 && (result < 0) != (b < 0) ? result + b : result
  }
}

/// A comparison of pairs of constants.
enum FoldedComparison {
  case equal, less, lessOrEqual, greater, greaterOrEqual

  func holds<Number: Comparable>(_ a: Number, _ b: Number) -> Bool {
    switch self {
    case .equal: a == b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }
}

extension ONNXTranslation {
  /// An arithmetic operation on two constants of one type, broadcast to one shape.
  mutating func fold(
    _ operation: FoldedPair, _ left: ONNXTensor, _ right: ONNXTensor, _ node: ONNXNode
  ) throws(Diagnostic) -> ONNXTensor {
    let (left, right) = try stretch(left, right, node)
    do throws(FoldedPair.Failure) {
      let elements: ONNXElements
      switch (left.elements, right.elements) {
      case (.floats(let a), .floats(let b)): elements = .floats(try operation.apply(a, b))
      case (.doubles(let a), .doubles(let b)): elements = .doubles(try operation.apply(a, b))
      case (.int32s(let a), .int32s(let b)): elements = .int32s(try operation.apply(a, b))
      case (.int64s(let a), .int64s(let b)): elements = .int64s(try operation.apply(a, b))
      default: throw .notDefined
      }
      return ONNXTensor(dimensions: left.dimensions, elements: elements)
    } catch {
      switch error {
      case .zeroDivisor:
        throw node.failure(
          .nonFiniteWeight, "\(node.proto.opType) divides constants by zero", cure: "export the model again")
      case .overflow:
        throw node.failure(
          .nonFiniteWeight, "\(node.proto.opType) of constants has a result that its type can't hold",
          cure: "export the model again")
      case .notDefined: throw node.unsupportedTypes(left, right)
      }
    }
  }

  /// A comparison of two constants of one type, broadcast to one shape.
  mutating func fold(
    _ comparison: FoldedComparison, _ left: ONNXTensor, _ right: ONNXTensor, _ node: ONNXNode
  ) throws(Diagnostic) -> ONNXTensor {
    let (left, right) = try stretch(left, right, node)
    let holds: [Bool]
    switch (left.elements, right.elements) {
    case (.floats(let a), .floats(let b)): holds = zip(a, b).map { comparison.holds($0, $1) }
    case (.doubles(let a), .doubles(let b)): holds = zip(a, b).map { comparison.holds($0, $1) }
    case (.int32s(let a), .int32s(let b)): holds = zip(a, b).map { comparison.holds($0, $1) }
    case (.int64s(let a), .int64s(let b)): holds = zip(a, b).map { comparison.holds($0, $1) }
    case (.booleans(let a), .booleans(let b)) where comparison == .equal: holds = zip(a, b).map { $0 == $1 }
    default: throw node.unsupportedTypes(left, right)
    }
    return ONNXTensor(dimensions: left.dimensions, elements: .booleans(holds))
  }

  /// Two constants, each repeated to the shape to which they broadcast.
  mutating func stretch(
    _ left: ONNXTensor, _ right: ONNXTensor, _ node: ONNXNode
  ) throws(Diagnostic) -> (ONNXTensor, ONNXTensor) {
    guard let dimensions = broadcastShape(left.dimensions, right.dimensions) else {
      throw node.failure(
        .shapeMismatch, "combines constants of shapes \(left.dimensions) and \(right.dimensions)",
        cure: "export the model again")
    }
    return (
      try stretch(left, to: dimensions, node), try stretch(right, to: dimensions, node)
    )
  }

  /// A constant repeated to a shape to which it broadcasts.
  mutating func stretch(
    _ tensor: ONNXTensor, to dimensions: [Int], _ node: ONNXNode
  ) throws(Diagnostic) -> ONNXTensor {
    if tensor.dimensions == dimensions { return tensor }
    try reserve(constant: dimensions, node)
    return tensor.viewed(as: StridedView(whole: tensor.dimensions).broadcast(to: dimensions))
  }

  /// Counts the elements of a constant about to be made.
  mutating func reserve(constant dimensions: [Int], _ node: ONNXNode) throws(Diagnostic) {
    try reserve(ONNXTensor.elementCount(dimensions) ?? Int.max, node)
  }
}

extension ONNXNode {
  func unsupportedTypes(_ tensors: ONNXTensor...) -> Diagnostic {
    let types = tensors.map(\.elements.type.name).joined(separator: " and ")
    return failure(
      .unsupportedElementType, "\(proto.opType) of constants of type \(types) is not supported",
      cure: "simplify the model first, for example with onnxsim")
  }
}
