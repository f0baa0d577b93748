import ExactArithmetic
import NetworkIR

/// A value of a network as affine forms of a run's variables, one an element; kept by variable, so that an operator that
/// is affine maps it by its own evaluation.
struct SymbolicValue: Sendable {
  let shape: TensorShape
  var constant: [Rational]
  /// INVARIANT: ascending by variable; each has one coefficient an element.
  var columns: [Column] = []

  struct Column: Sendable {
    let variable: Int
    var coefficients: [Rational]
  }

  /// The element as a form.
  func form(_ element: Int) -> LinearForm {
    var form = LinearForm(constant: constant[element])
    for column in columns where column.coefficients[element].signum != 0 {
      form.terms.append((column.variable, column.coefficients[element]))
    }
    return form
  }

  /// The results of an operator that is affine in all its operands together.
  ///
  /// - Parameter offset: what the operator makes of zeros.
  /// - Requires: it is affine, of operands of these shapes.
  static func affine(
    _ node: Node, of operands: [SymbolicValue], offset: [Rational]
  ) throws(InexactElement) -> SymbolicValue {
    let operation = node.operation.implementation
    let constant = try operation.evaluateExactly(operands.map { Tensor($0.shape, $0.constant) })
    var result = SymbolicValue(shape: node.shape, constant: constant)
    for variable in Set(operands.flatMap { $0.columns.map(\.variable) }).sorted() {
      let parts = operands.map { operand in
        Tensor(
          operand.shape,
          operand.columns.first { $0.variable == variable }?.coefficients
            ?? [Rational](repeating: .zero, count: operand.constant.count))
      }
      var image = try operation.evaluateExactly(parts)
      for index in image.indices where offset[index].signum != 0 {
        image[index] = image[index] - offset[index]
      }
      result.columns.append(Column(variable: variable, coefficients: image))
    }
    return result
  }

  /// `sum of factor * value` with one factor an element, of values with this one's elements.
  static func combination(_ parts: [(factors: [Rational], value: SymbolicValue)], shape: TensorShape)
    -> SymbolicValue
  {
    let count = shape.elementCount
    func sum(_ numbers: (SymbolicValue) -> [Rational]?) -> [Rational] {
      var total = [Rational](repeating: .zero, count: count)
      for part in parts {
        guard let numbers = numbers(part.value) else { continue }
        for index in 0..<count where numbers[index].signum != 0 && part.factors[index].signum != 0 {
          total[index] = total[index] + part.factors[index] * numbers[index]
        }
      }
      return total
    }
    var result = SymbolicValue(shape: shape, constant: sum(\.constant))
    for variable in Set(parts.flatMap { $0.value.columns.map(\.variable) }).sorted() {
      let coefficients = sum { $0.columns.first { $0.variable == variable }?.coefficients }
      if coefficients.contains(where: { $0.signum != 0 }) {
        result.columns.append(Column(variable: variable, coefficients: coefficients))
      }
    }
    return result
  }

  /// The elements broadcast to another shape, as numpy does.
  func broadcast(to target: TensorShape) -> SymbolicValue {
    if target == shape { return self }
    let wide = { (elements: [Rational]) in Tensor(shape, elements).broadcast(to: target) }
    return SymbolicValue(
      shape: target, constant: wide(constant),
      columns: columns.map { Column(variable: $0.variable, coefficients: wide($0.coefficients)) })
  }

  static func constant(_ elements: [Rational], _ shape: TensorShape) -> SymbolicValue {
    SymbolicValue(shape: shape, constant: elements)
  }
}
