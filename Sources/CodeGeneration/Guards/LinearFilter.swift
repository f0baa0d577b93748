import ExactArithmetic
import SpecificationLanguage

/// The floating-point filter of a linear inequality: `sum(a_i * x_i) - c` in binary64, and a bound on its
/// distance from the exact value for every input in the domain. Where the sum is further from zero than
/// the bound, its sign is the exact one.
struct LinearFilter: Sendable {
  /// The binary64 numbers nearest to the coefficients, by term.
  let coefficients: [Double]
  let bound: Double
  /// An upper bound on the absolute error.
  let errorUpperBound: Double

  /// `nil` if a coefficient, an intermediate result or the error is beyond binary64's range.
  ///
  /// The error bound is Higham's for a recursive sum of n products and one subtraction (Accuracy and
  /// Stability of Numerical Algorithms, 2nd ed., section 3.1), with u = 2^-53, eta = 2^-1074 for a
  /// product that underflows, and the coefficients' own rounding:
  /// ```
  /// gamma(n + 1) * (sum |a_i| X_i + |c|) + n * eta * (1 + gamma(n + 1))
  ///   + sum |A_i - a_i| X_i + |C - c|,    gamma(k) = k u / (1 - k u)
  /// ```
  /// where X_i bounds the input's magnitude. It is computed in rationals and rounded up.
  init?(_ inequality: LinearInequality, magnitudes: [Rational]) {
    guard let bound = inequality.bound.nearestDouble else { return nil }
    var coefficients: [Double] = []
    var sum = Rational(bound).magnitude
    var rounding = (inequality.bound - Rational(bound)).magnitude
    for (term, magnitude) in zip(inequality.terms, magnitudes) {
      guard let coefficient = term.coefficient.nearestDouble else { return nil }
      coefficients.append(coefficient)
      sum = sum + Rational(coefficient).magnitude * magnitude
      rounding = rounding + (term.coefficient - Rational(coefficient)).magnitude * magnitude
    }
    let operations = Rational(inequality.terms.count + 1)
    let unit = Rational(powerOfTwo: -53)
    let gamma = operations * unit / (Rational.one - operations * unit)
    let underflow = operations * Rational(powerOfTwo: -1074) * (Rational.one + gamma)
    let error = gamma * sum + underflow + rounding
    // Every intermediate result is at most (1 + gamma) * sum + underflow: it must not overflow.
    let largest = Rational(Double.greatestFiniteMagnitude)
    guard (Rational.one + gamma) * sum + underflow <= largest, let upper = error.doubleNotBelow else {
      return nil
    }
    self.coefficients = coefficients
    // A zero from the conversion may be negative: subtracting either zero gives the same sum.
    self.bound = bound == 0 ? 0 : bound
    errorUpperBound = upper
  }
}
