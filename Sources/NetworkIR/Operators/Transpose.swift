import ExactArithmetic
import LoopIR

/// The same elements with the dimensions in another order: dimension d of the result is dimension
/// `permutation[d]` of the operand.
public struct Transpose: KernelOperator {
  public let permutation: [Int]

  /// - Requires: `permutation` has each of 0 to its count - 1 once.
  public init(permutation: [Int]) {
    precondition(permutation.sorted() == Array(permutation.indices), "a permutation has every dimension once")
    self.permutation = permutation
  }

  /// Whether the elements stay in their order, because only dimensions of 1 move.
  public func keepsOrder(of shape: TensorShape) -> Bool {
    let moved = permutation.filter { shape.dimensions[$0] > 1 }
    return moved == moved.sorted()
  }

  public var text: String { "transpose" }

  public func text(_ operands: String) -> String {
    "transpose \(operands) to [\(permutation.map(String.init).joined(separator: ", "))]"
  }

  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    let dimensions = operands[0].dimensions
    guard dimensions.count == permutation.count, let shape = TensorShape(permutation.map { dimensions[$0] })
    else {
      throw ShapeViolation(
        "permutes \(permutation.count) dimensions, but its operand has shape \(operands[0])")
    }
    return shape
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    moved(operands[0])
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    moved(operands[0])
  }

  private func moved<Element>(_ operand: Tensor<Element>) -> [Element] {
    StridedView(whole: operand.shape.dimensions).permuted(permutation).read(operand.elements)
  }

  public func lower(into kernel: inout Kernel) {
    let zeros = [Int](repeating: 0, count: permutation.count)
    kernel.appendMove(of: kernel.operands[0], kernel.shape.dimensions, at: zeros) { indices in
      permutation.indices.map { source in
        permutation.firstIndex(of: source).map { indices[$0] } ?? 0
      }
    }
  }
}
