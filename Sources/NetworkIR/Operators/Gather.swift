import ExactArithmetic
import LoopIR

/// The entries of one dimension at constant indices, in their order; an index may come several times.
public struct Gather: KernelOperator {
  public let axis: Int
  public let indices: [Int]

  /// - Requires: there is an index, and none is negative.
  public init(axis: Int, indices: [Int]) {
    precondition(!indices.isEmpty && indices.allSatisfy { $0 >= 0 }, "a gather reads something that is there")
    self.axis = axis
    self.indices = indices
  }

  public var text: String { "gather" }

  public func text(_ operands: String) -> String {
    let shown = indices.prefix(8).map(String.init) + (indices.count > 8 ? ["..."] : [])
    return "gather \(operands) at [\(shown.joined(separator: ", "))] of dimension \(axis)"
  }

  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    var dimensions = operands[0].dimensions
    guard dimensions.indices.contains(axis), indices.allSatisfy({ $0 < dimensions[axis] }) else {
      throw ShapeViolation(
        "takes indices of dimension \(axis) that its operand of shape \(operands[0]) does not have")
    }
    dimensions[axis] = indices.count
    guard let shape = TensorShape(dimensions) else {
      throw ShapeViolation("has a result with more elements than can be counted")
    }
    return shape
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    picked(operands[0])
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    picked(operands[0])
  }

  private func picked<Element>(_ operand: Tensor<Element>) -> [Element] {
    let dimensions = operand.shape.dimensions
    let inner = dimensions[(axis + 1)...].reduce(1, *)
    var result: [Element] = []
    for row in 0..<dimensions[..<axis].reduce(1, *) {
      for index in indices {
        let start = (row * dimensions[axis] + index) * inner
        result += operand.elements[start..<start + inner]
      }
    }
    return result
  }

  public func lower(into kernel: inout Kernel) {
    let table = kernel.table("indices", indices.map { UInt32($0) })
    let zeros = [Int](repeating: 0, count: kernel.shape.dimensions.count)
    kernel.appendMove(of: kernel.operands[0], kernel.shape.dimensions, at: zeros) { places in
      places.indices.map { $0 == axis ? table[places[$0]] : places[$0] }
    }
  }
}
