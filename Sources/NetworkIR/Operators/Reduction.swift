import ExactArithmetic
import LoopIR

/// The sum, mean, maximum or minimum over some dimensions, which stay with one element each.
///
/// Result in binary32, over the elements in row-major order. Sum: `acc = 0`, then `acc = acc + x`. Mean: the sum
/// divided by the number of elements. Maximum: the first, then for each other x
/// `m = x > m ? x : x == x ? m : x`, so that NaN wins; minimum with `<`.
public struct Reduction: KernelOperator {
  public enum Kind: String, Sendable, CaseIterable {
    case sum, mean, maximum, minimum
  }

  public let kind: Kind
  /// Ascending.
  public let axes: [Int]

  /// - Requires: `axes` are ascending.
  public init(kind: Kind, axes: [Int]) {
    precondition(zip(axes, axes.dropFirst()).allSatisfy { $0 < $1 }, "the axes are ascending")
    self.kind = kind
    self.axes = axes
  }

  public var text: String { "reduce_\(kind.rawValue)" }

  public func text(_ operands: String) -> String {
    "\(text) \(operands) over [\(axes.map(String.init).joined(separator: ", "))]"
  }

  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    var dimensions = operands[0].dimensions
    guard axes.allSatisfy(dimensions.indices.contains) else {
      throw ShapeViolation("reduces dimensions \(axes), but its operand has shape \(operands[0])")
    }
    for axis in axes { dimensions[axis] = 1 }
    guard let shape = TensorShape(dimensions) else {
      throw ShapeViolation("has a result with more elements than can be counted")
    }
    return shape
  }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    reduced(operands[0]) { elements in
      switch kind {
      case .sum: elements.reduce(0, +)
      case .mean: elements.reduce(0, +) / Float(elements.count)
      case .maximum: elements.dropFirst().reduce(elements[0]) { $1 > $0 ? $1 : $1 == $1 ? $0 : $1 }
      case .minimum: elements.dropFirst().reduce(elements[0]) { $1 < $0 ? $1 : $1 == $1 ? $0 : $1 }
      }
    }
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) throws(InexactElement) -> [Rational] {
    reduced(operands[0]) { elements in
      switch kind {
      case .sum: elements.reduce(.zero) { $0 + $1 }
      case .mean: elements.reduce(.zero) { $0 + $1 } / Rational(elements.count)
      case .maximum: elements.dropFirst().reduce(elements[0]) { max($0, $1) }
      case .minimum: elements.dropFirst().reduce(elements[0]) { min($0, $1) }
      }
    }
  }

  private func reduced<Element>(_ operand: Tensor<Element>, _ reduce: ([Element]) -> Element) -> [Element] {
    // The reduced dimensions last, so that what is reduced lies together.
    let dimensions = operand.shape.dimensions
    let kept = dimensions.indices.filter { !axes.contains($0) }
    let elements = StridedView(whole: dimensions).permuted(kept + axes).read(operand.elements)
    let count = axes.reduce(1) { $0 * dimensions[$1] }
    return stride(from: 0, to: elements.count, by: count).map { reduce(Array(elements[$0..<$0 + count])) }
  }

  public func lower(into kernel: inout Kernel) {
    let operand = kernel.operands[0]
    let (sum, x) = (Identifier("sum"), Identifier("x"))
    let counts = operand.shape.dimensions.indices.map { axes.contains($0) ? operand.shape.dimensions[$0] : 1 }
    let total = counts.reduce(1, *)
    let statements = Kernel.nest(kernel.shape.dimensions) { kept in
      let first = operand.element(kept)
      let loop = Kernel.nest(counts, role: "j") { reduced in
        let element = operand.element(zip(kept, reduced).map { $0.adding($1) })
        switch kind {
        case .sum, .mean: return [.assign(sum.expression, sum.expression + element)]
        case .maximum:
          return better(x, element, sum) { $0 > $1 }
        case .minimum:
          return better(x, element, sum) { $0 < $1 }
        }
      }
      let start: Expression
      let result: Expression
      switch kind {
      case .sum: (start, result) = (.float(0), sum.expression)
      case .mean: (start, result) = (.float(0), .binary(sum.expression, .divide, .float(Float(total))))
      case .maximum, .minimum: (start, result) = (first, sum.expression)
      }
      return [.variable(.float, sum, start)] + loop + kernel.store(result, at: kept)
    }
    kernel.append { statements }
  }

  /// The next element, or the best so far. The first, which is both, changes nothing.
  private func better(
    _ x: Identifier, _ element: Expression, _ best: Identifier,
    _ isBetter: (Expression, Expression) -> Expression
  ) -> [Statement] {
    let next = Expression.conditional(
      isBetter(x.expression, best.expression), then: x.expression,
      else: .conditional(x.expression == x.expression, then: best.expression, else: x.expression))
    return [.constant(.float, x, element), .assign(best.expression, next)]
  }
}
