/// An upper bound of the largest eigenvalue of a symmetric matrix A of binary64 numbers, by a Cholesky factorisation
/// in binary64 that completes (NUMERICS, theorem T1; after Rump, "Verification of positive definiteness", BIT 2006).
///
/// Let S = fl(threshold I - A), of which only the diagonal is rounded, by at most u s_ii. If the factorisation
/// completes, S = L L^T - D with |D| <= g |L| |L^T| and g = g(size + 1). The rows of L have squared norms of at most
/// s_ii / (1 - g), so |D_ij| <= g / (1 - g) sqrt(s_ii s_jj) and ||D|| <= ||D||_F <= g / (1 - g) tr S. L L^T is positive
/// semidefinite, so threshold I - A >= -(g / (1 - g) tr S + u max s_ii + U) with U for underflow, and
///
///     A <= (threshold + g / (1 - g) tr S + u max s_ii + U) I.
///
/// - Returns: `nil` if the factorisation breaks down: nothing is proved then.
func eigenvalueUpperBound(of matrix: SymmetricMatrix, threshold: Double) -> UpperBound? {
  let shifted = matrix.subtracted(fromIdentityTimes: threshold)
  guard choleskyFactor(of: shifted, size: matrix.size) != nil else { return nil }
  let slack = CholeskySlack(size: matrix.size, longestSum: matrix.size)
  return slack.eigenvalueBound(
    threshold: threshold, diagonal: (0..<matrix.size).map { shifted[$0 * matrix.size + $0] })
}

/// The error terms of a completed factorisation.
struct CholeskySlack {
  let size: Int
  /// The most terms that an inner product of the factorisation has (with the subtracted element): the size, or one
  /// more than the bandwidth.
  let longestSum: Int

  /// threshold + g / (1 - g) tr S + u max s_ii + U.
  ///
  /// - Parameter diagonal: of S.
  /// - Requires: the diagonal is positive, as it is where the factorisation completes.
  func eigenvalueBound(threshold: Double, diagonal: [Double]) -> UpperBound {
    let trace = diagonal.reduce(UpperBound.zero) { $0 + UpperBound($1) }
    let largest = UpperBound(diagonal.reduce(0, max))
    return UpperBound(threshold) + RoundingError.gammaQuotient(longestSum + 1) * trace
      + RoundingError.unit * largest + underflow(largest: largest)
  }

  /// U = 4 n^2 (2 (n + 2) + max s_ii) 2^-1074, which is n times what underflow makes of an element at most.
  func underflow(largest: UpperBound) -> UpperBound {
    let n = UpperBound(size)
    return UpperBound(4) * n * n * (UpperBound(2) * UpperBound(size + 2) + largest) * RoundingError.underflow
  }
}
