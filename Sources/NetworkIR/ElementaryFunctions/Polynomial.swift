import LoopIR

/// A polynomial in binary32, evaluated by Horner's rule: each step is a product and a sum, both rounded.
struct Polynomial: Sendable {
  /// The highest power's first.
  private let coefficients: [Float]

  /// - Requires: at least two.
  init(_ coefficients: Float...) { self.coefficients = coefficients }

  func callAsFunction(_ x: Float) -> Float {
    var result = coefficients[0]
    for coefficient in coefficients.dropFirst() { result = result * x + coefficient }
    return result
  }

  /// Declares `name` as the polynomial of `x`.
  func statements(_ name: Identifier, of x: Expression) -> [Statement] {
    var statements: [Statement] = []
    for coefficient in coefficients.dropFirst() {
      let factor = statements.isEmpty ? Expression.float(coefficients[0]) : name.expression
      let product = factor * x
      // A difference rounds as the sum with the negative number.
      let sum = coefficient < 0 ? product - .float(-coefficient) : product + .float(coefficient)
      statements.append(
        statements.isEmpty ? .variable(.float, name, sum) : .assign(name.expression, sum))
    }
    return statements
  }
}
