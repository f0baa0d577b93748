import ExactArithmetic
import LoopIR

/// The operand with a constant before and after the elements of each dimension.
public struct Pad: KernelOperator {
  public let before: [Int]
  public let after: [Int]
  public let value: Float

  /// - Requires: one number a dimension, none negative.
  public init(before: [Int], after: [Int], value: Float) {
    precondition(before.count == after.count, "one number a dimension")
    precondition((before + after).allSatisfy { $0 >= 0 }, "padding only adds")
    self.before = before
    self.after = after
    self.value = value
  }

  public var text: String { "pad" }

  public func text(_ operands: String) -> String {
    let pads = zip(before, after).map { "\($0)+\($1)" }.joined(separator: ", ")
    return "pad \(operands) by [\(pads)]"
  }

  public var constants: [[Float]] { [[value]] }

  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    var dimensions = operands[0].dimensions
    guard dimensions.count == before.count else {
      throw ShapeViolation("pads \(before.count) dimensions, but its operand has shape \(operands[0])")
    }
    for dimension in dimensions.indices {
      for pad in [before[dimension], after[dimension]] {
        let (sum, overflow) = dimensions[dimension].addingReportingOverflow(pad)
        dimensions[dimension] = overflow ? Int.max : sum
      }
    }
    guard let shape = TensorShape(dimensions) else {
      throw ShapeViolation("has a result with more elements than can be counted")
    }
    return shape
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    padded(operands[0], value)
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    padded(operands[0], Rational(value))
  }

  private func padded<Element>(_ operand: Tensor<Element>, _ value: Element) -> [Element] {
    // Dimension by dimension, from the last: what lies below an index is a block.
    var elements = operand.elements
    var block = 1
    for dimension in operand.shape.dimensions.indices.reversed() {
      let length = operand.shape.dimensions[dimension] * block
      var result: [Element] = []
      for row in 0..<elements.count / length {
        result += repeatElement(value, count: before[dimension] * block)
        result += elements[row * length..<(row + 1) * length]
        result += repeatElement(value, count: after[dimension] * block)
      }
      elements = result
      block *= before[dimension] + operand.shape.dimensions[dimension] + after[dimension]
    }
    return elements
  }

  /// The operand in the middle; around it, dimension by dimension, slabs that the dimensions before do not pad.
  public func lower(into kernel: inout Kernel) {
    let inner = kernel.operands[0].shape.dimensions
    let outer = kernel.shape.dimensions
    kernel.appendMove(of: kernel.operands[0], inner, at: before) { $0 }
    for dimension in inner.indices {
      for (first, count) in [
        (0, before[dimension]), (before[dimension] + inner[dimension], after[dimension]),
      ]
      where count > 0 {
        let slab = inner[..<dimension] + [count] + outer[(dimension + 1)...]
        let start = before[..<dimension] + [first] + [Int](repeating: 0, count: inner.count - dimension - 1)
        let statements = Kernel.nest(Array(slab)) { indices in
          kernel.store(.float(value), at: zip(indices, start).map { $0.adding(.count($1)) })
        }
        kernel.append { statements }
      }
    }
  }
}
