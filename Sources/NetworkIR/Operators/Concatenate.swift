import ExactArithmetic
import LoopIR

/// Several operands one after the other along one dimension; the others are equal.
public struct Concatenate: KernelOperator {
  public let axis: Int
  public let operandCount: Int

  /// - Requires: there is an operand.
  public init(axis: Int, operandCount: Int) {
    precondition(operandCount >= 1, "there is something to join")
    self.axis = axis
    self.operandCount = operandCount
  }

  public var text: String { "concatenate" }

  public func text(_ operands: String) -> String { "concatenate \(operands) along dimension \(axis)" }

  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    var dimensions = operands[0].dimensions
    for operand in operands.dropFirst() {
      var others = operand.dimensions
      guard dimensions.indices.contains(axis), others.count == dimensions.count else {
        throw ShapeViolation("joins shapes \(operands[0]) and \(operand) along dimension \(axis)")
      }
      let (sum, overflow) = dimensions[axis].addingReportingOverflow(others[axis])
      dimensions[axis] = overflow ? 0 : sum
      others[axis] = dimensions[axis]
      guard others == dimensions else {
        throw ShapeViolation("joins shapes \(operands[0]) and \(operand) along dimension \(axis)")
      }
    }
    guard dimensions.indices.contains(axis), let shape = TensorShape(dimensions) else {
      throw ShapeViolation("has a result with more elements than can be counted")
    }
    return shape
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    joined(operands)
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    joined(operands)
  }

  private func joined<Element>(_ operands: [Tensor<Element>]) -> [Element] {
    var result: [Element] = []
    let rows = operands[0].shape.dimensions[..<axis].reduce(1, *)
    for row in 0..<rows {
      for operand in operands {
        let length = operand.elements.count / rows
        result += operand.elements[row * length..<(row + 1) * length]
      }
    }
    return result
  }

  public func lower(into kernel: inout Kernel) {
    var start = [Int](repeating: 0, count: kernel.shape.dimensions.count)
    for operand in kernel.operands {
      kernel.appendMove(of: operand, operand.shape.dimensions, at: start) { $0 }
      start[axis] += operand.shape.dimensions[axis]
    }
  }
}
