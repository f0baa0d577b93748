/// The constants of rounding error analysis for binary64 (Higham, "Accuracy and Stability of Numerical
/// Algorithms", 2nd edition, chapter 3).
enum RoundingError {
  /// u, half the distance from 1 to the next number.
  static let unit = UpperBound(0x1p-53)

  /// The least positive number: what a product or quotient that underflows is off by, at most.
  static let underflow = UpperBound(Double.leastNonzeroMagnitude)

  /// g(k) = k u / (1 - k u): a sum of products in which every term passes through at most k roundings, in any
  /// order, is off by at most g(k) times the sum of the products' magnitudes.
  ///
  /// - Requires: `0 <= k < 2^50`.
  static func gamma(_ k: Int) -> UpperBound {
    precondition(k >= 0 && k < 1 << 50, "so many roundings have no bound")
    // k / (2^53 - k): both are integers below 2^53, exact.
    return .quotient(Double(k), 0x1p53 - Double(k))
  }

  /// g(k) / (1 - g(k)) = k u / (1 - 2 k u).
  ///
  /// - Requires: `0 <= k < 2^50`.
  static func gammaQuotient(_ k: Int) -> UpperBound {
    precondition(k >= 0 && k < 1 << 50, "so many roundings have no bound")
    return .quotient(Double(k), 0x1p53 - 2 * Double(k))
  }
}

/// Not below the sum of the squares: with the computed sum S of n squares, at most (S + n 2^-1074) / (1 - g(n)).
func sumOfSquares(_ elements: [Double]) -> UpperBound {
  let sum = UpperBound(elements.reduce(0) { $0 + $1 * $1 })
  let underflow = UpperBound(elements.count) * RoundingError.underflow
  return (sum + underflow) * (.one + RoundingError.gammaQuotient(elements.count))
}
