import ExactArithmetic

/// An exact evaluation that has no result.
public enum ExactEvaluationError: Error, Hashable {
  /// The named node divides its element `element` by zero.
  case divisionByZero(node: String, element: Int)
}

extension Network {
  /// The scores for `input` in binary32: the reference that emitted code agrees with bit for bit (see
  /// ``Operation`` for the order and rounding). NaN and infinity flow through as IEEE 754 has it.
  ///
  /// - Parameter input: the elements in row-major order.
  /// - Requires: `input.count == inputCount`.
  public func evaluate(_ input: [Float]) -> [Float] {
    precondition(input.count == inputCount, "the input has \(inputCount) elements")
    var values = [input]
    for node in nodes {
      values.append(node.operation.evaluate(node.operands.map { values[$0.index] }))
    }
    return values[output.index]
  }

  /// The scores of the same network over the rationals, without any rounding.
  ///
  /// - Parameter input: the elements in row-major order.
  /// - Requires: `input.count == inputCount`.
  public func evaluateExactly(_ input: [Rational]) throws(ExactEvaluationError) -> [Rational] {
    precondition(input.count == inputCount, "the input has \(inputCount) elements")
    var values = [input]
    for node in nodes {
      do throws(ZeroDivisor) {
        values.append(try node.operation.evaluateExactly(node.operands.map { values[$0.index] }))
      } catch {
        throw .divisionByZero(node: node.name, element: error.element)
      }
    }
    return values[output.index]
  }
}
