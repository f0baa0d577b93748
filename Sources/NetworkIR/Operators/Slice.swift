import ExactArithmetic
import LoopIR

/// Some indices of each dimension: `starts[d]`, `starts[d] + steps[d]`, ..., `counts[d]` of them.
public struct Slice: KernelOperator {
  public let starts: [Int]
  /// May be negative.
  public let steps: [Int]
  public let counts: [Int]

  /// - Requires: one start, step and count a dimension; every count is at least 1.
  public init(starts: [Int], steps: [Int], counts: [Int]) {
    precondition(starts.count == steps.count && starts.count == counts.count, "one range a dimension")
    precondition(counts.allSatisfy { $0 >= 1 }, "a slice is not empty")
    self.starts = starts
    self.steps = steps
    self.counts = counts
  }

  public var text: String { "slice" }

  public func text(_ operands: String) -> String {
    let ranges = starts.indices.map { dimension in
      steps[dimension] == 1
        ? "\(starts[dimension])..<\(starts[dimension] + counts[dimension])"
        : "\(starts[dimension]) by \(steps[dimension])"
    }
    return "slice \(operands) at [\(ranges.joined(separator: ", "))]"
  }

  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    let dimensions = operands[0].dimensions
    let fits =
      dimensions.count == counts.count
      && dimensions.indices.allSatisfy { dimension in
        let (distance, overflow) = (counts[dimension] - 1).multipliedReportingOverflow(by: steps[dimension])
        let (last, beyond) = starts[dimension].addingReportingOverflow(distance)
        let valid = 0..<dimensions[dimension]
        return !overflow && !beyond && valid.contains(starts[dimension]) && valid.contains(last)
      }
    guard fits, let shape = TensorShape(counts) else {
      throw ShapeViolation("takes indices that its operand of shape \(operands[0]) does not have")
    }
    return shape
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    cut(operands[0])
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    cut(operands[0])
  }

  private func cut<Element>(_ operand: Tensor<Element>) -> [Element] {
    var view = StridedView(whole: operand.shape.dimensions)
    for dimension in counts.indices {
      view = view.sliced(
        axis: dimension, start: starts[dimension], step: steps[dimension], count: counts[dimension])
    }
    return view.read(operand.elements)
  }

  public func lower(into kernel: inout Kernel) {
    let zeros = [Int](repeating: 0, count: counts.count)
    kernel.appendMove(of: kernel.operands[0], counts, at: zeros) { indices in
      indices.indices.map { dimension in
        let start = Expression.count(starts[dimension])
        if counts[dimension] == 1 { return start }
        let distance = indices[dimension].multiplied(by: abs(steps[dimension]))
        return steps[dimension] < 0 ? start - distance : start.adding(distance)
      }
    }
  }
}
