import ExactArithmetic

/// `sum of coefficients[i] * x[i] + constant <= 0`, or `< 0`, over rationals.
public struct LinearRow: Sendable, Hashable {
  /// One a variable.
  public let coefficients: [Rational]
  public let constant: Rational
  public let isStrict: Bool

  public init(_ coefficients: [Rational], constant: Rational, isStrict: Bool = false) {
    self.coefficients = coefficients
    self.constant = constant
    self.isStrict = isStrict
  }

  /// The left-hand side.
  ///
  /// - Requires: one number a variable.
  public func value(at point: [Rational]) -> Rational {
    precondition(point.count == coefficients.count, "one number a variable")
    var sum = constant
    for (coefficient, x) in zip(coefficients, point) where coefficient.signum != 0 {
      sum = sum + coefficient * x
    }
    return sum
  }

  public func holds(at point: [Rational]) -> Bool {
    let sign = value(at: point).signum
    return isStrict ? sign < 0 : sign <= 0
  }
}
