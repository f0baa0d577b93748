import ExactArithmetic

/// An exact evaluation that has no result.
public enum ExactEvaluationError: Error, Hashable {
  /// The named node divides its element `element` by zero.
  case divisionByZero(node: String, element: Int)
  /// The named node's operator is not rational.
  case irrational(node: String)
}

extension Network {
  /// The scores for `input` in binary32: the reference that emitted code agrees with bit for bit (see
  /// ``Operation`` for the order and rounding). NaN and infinity flow through as IEEE 754 has it.
  ///
  /// - Parameter input: the elements in row-major order.
  /// - Requires: `input.count == inputCount`.
  public func evaluate(_ input: [Float]) -> [Float] {
    precondition(input.count == inputCount, "the input has \(inputCount) elements")
    var values = [Tensor(inputShape, input)]
    for node in nodes {
      let operands = node.operands.map { values[$0.index] }
      values.append(Tensor(node.shape, node.operation.implementation.evaluate(operands, semantics)))
    }
    return values[output.index].elements
  }

  /// The scores of the same network over the rationals, without any rounding.
  ///
  /// - Parameter input: the elements in row-major order.
  /// - Requires: `input.count == inputCount`.
  public func evaluateExactly(_ input: [Rational]) throws(ExactEvaluationError) -> [Rational] {
    precondition(input.count == inputCount, "the input has \(inputCount) elements")
    var values = [Tensor(inputShape, input)]
    for node in nodes {
      let operands = node.operands.map { values[$0.index] }
      do throws(InexactElement) {
        values.append(Tensor(node.shape, try node.operation.implementation.evaluateExactly(operands)))
      } catch {
        switch error {
        case .divisionByZero(let element): throw .divisionByZero(node: node.name, element: element)
        case .irrational: throw .irrational(node: node.name)
        }
      }
    }
    return values[output.index].elements
  }
}
