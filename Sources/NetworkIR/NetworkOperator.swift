import ExactArithmetic
import LoopIR

/// What a network knows of an operator. Each operator is one file in `Operators` with its shape rule, its evaluation
/// and its lowering; it is a ``PointwiseOperator``, a ``KernelOperator`` or ``Reshape``.
public protocol NetworkOperator: Sendable {
  /// What a text of the network calls it. For example: `relu`.
  var text: String { get }

  /// The operator with the names of its operands. For example: `add %3, constant`.
  func text(_ operands: String) -> String

  /// How many operands it reads.
  var operandCount: Int { get }

  /// The result's shape.
  ///
  /// - Throws: why operands of these shapes don't fit.
  func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape

  /// Weights and other stored numbers; all must be finite.
  var constants: [[Float]] { get }

  /// The index of a constant divisor that is zero: such an element never has a finite result.
  var zeroDivisor: Int? { get }

  /// The result's elements in binary32: the meaning that emitted code has bit for bit.
  func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float]

  /// The result's elements over the rationals, without rounding.
  func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational]
}

extension NetworkOperator {
  public func text(_ operands: String) -> String { "\(text) \(operands)" }
  public var operandCount: Int { 1 }
  public var constants: [[Float]] { [] }
  public var zeroDivisor: Int? { nil }
}

/// Why operands do not fit an operator, such as "maps 3 rows of 4 elements, but its operand has shape [2]".
public struct ShapeViolation: Error, Hashable {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// An element that has no rational value.
public enum InexactElement: Error, Hashable {
  case divisionByZero(element: Int)
  /// The operator's value is not rational in general (an exponential, a root).
  case irrational
}

/// An operator whose result at each element is a function of its operands, and of constants, at that element.
/// Operands and constants broadcast as in numpy.
///
/// Lowering fuses it into the store of the operation that makes its first operand, where it can.
public protocol PointwiseOperator: NetworkOperator {
  /// Constants that broadcast like operands.
  var tensors: [Tensor<Float>] { get }

  /// The result at an element.
  ///
  /// - Parameters:
  ///   - operands: the operands' elements, each a name.
  ///   - constants: those of ``tensors``.
  ///   - functions: where to find functions that several operators share.
  func lower(
    _ operands: [Expression], constants: [Expression], _ functions: inout SharedFunctions
  ) -> Expression
}

extension PointwiseOperator {
  public var tensors: [Tensor<Float>] { [] }
  public var constants: [[Float]] { tensors.map(\.elements) }

  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    var result = operands[0]
    for shape in operands.dropFirst() + tensors.map(\.shape) {
      guard let next = result.broadcast(with: shape) else {
        throw ShapeViolation("combines shapes \(result) and \(shape), which do not broadcast")
      }
      result = next
    }
    return result
  }
}

/// An operator whose elements depend on several elements of its operands: a function of its own.
public protocol KernelOperator: NetworkOperator {
  /// How the lowering reads operand `index`, whose shape is `shape`. Where an operand lies otherwise, it is
  /// copied first.
  func layout(ofOperand index: Int, shape: TensorShape) -> OperandLayout

  /// Appends the statements that compute every element of the result and store each by
  /// ``Kernel/store(_:at:)``, once.
  func lower(into kernel: inout Kernel)
}

extension KernelOperator {
  public func layout(ofOperand index: Int, shape: TensorShape) -> OperandLayout { .dense }
}

/// A scalar function of one operand.
public protocol UnaryOperator: PointwiseOperator {
  /// The result in binary32, for every bit pattern.
  func evaluate(_ value: Float) -> Float

  /// The result over the rationals; `nil` if it is not rational in general.
  func evaluateExactly(_ value: Rational) -> Rational?

  /// The same as an expression of `value`, a name.
  func lower(_ value: Expression, _ functions: inout SharedFunctions) -> Expression
}

extension UnaryOperator {
  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    operands[0].elements.map { evaluate($0) }
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    var result: [Rational] = []
    for element in operands[0].elements {
      guard let value = evaluateExactly(element) else { throw .irrational }
      result.append(value)
    }
    return result
  }

  public func lower(
    _ operands: [Expression], constants: [Expression], _ functions: inout SharedFunctions
  ) -> Expression {
    lower(operands[0], &functions)
  }
}
