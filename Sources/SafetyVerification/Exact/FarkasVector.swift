// Trusted: an accepted vector refutes its rows.
import ExactArithmetic

/// Multipliers, one a row, that show that no point satisfies all rows (Farkas; Motzkin where rows are strict).
public struct FarkasVector: Sendable, Hashable {
  public let multipliers: [Rational]

  public init(_ multipliers: [Rational]) { self.multipliers = multipliers }

  /// Whether the sum of multiplier times row is a contradiction: with no multiplier below zero, the variables cancel,
  /// and what is left, `c <= 0` with c > 0, or `0 < 0` where a strict row takes part, is false. A point that
  /// satisfies all rows satisfies that sum, too; so there is none.
  public func refutes(_ rows: [LinearRow]) -> Bool {
    guard multipliers.count == rows.count, let variables = rows.first?.coefficients.count else {
      return false
    }
    var coefficients = [Rational](repeating: .zero, count: variables)
    var constant = Rational.zero
    var isStrict = false
    for (multiplier, row) in zip(multipliers, rows) where multiplier.signum != 0 {
      guard multiplier.signum > 0, row.coefficients.count == variables else { return false }
      for (index, coefficient) in row.coefficients.enumerated() where coefficient.signum != 0 {
        coefficients[index] = coefficients[index] + multiplier * coefficient
      }
      constant = constant + multiplier * row.constant
      isStrict = isStrict || row.isStrict
    }
    guard coefficients.allSatisfy({ $0.signum == 0 }) else { return false }
    return constant.signum > 0 || (isStrict && constant.signum == 0)
  }
}
