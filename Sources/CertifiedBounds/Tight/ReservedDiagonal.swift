/// What is set aside of the diagonal of a symmetric matrix M so that a completed Cholesky factorisation of the rest
/// proves M positive semidefinite.
///
/// Let S be binary64 numbers, at most 2^200 on the diagonal, with M = S + diag(c) + E for a c >= 0 and an error
/// E >= -diag(e). If the factorisation of S in binary64 completes, S = L L^T - D with |D| <= g(n + 1) |L| |L^T| + U / n,
/// element by element, where U is for underflow (see ``CholeskySlack``). The rows of L have squared norms of at most
/// (s_ii + U) / (1 - g), so |D_ij| <= q sqrt((s_ii + U) (s_jj + U)) + U / n with q = g / (1 - g), and
///
///     x^T D x <= q (sum sqrt(s_ii + U) |x_i|)^2 + U |x|^2 <= sum (n q (s_ii + U) + U) x_i^2.
///
/// So M is positive semidefinite if n q (s_ii + U) + U + e_i <= c_i for each i. Unlike a shift of the whole diagonal by
/// one number, this is as good for a matrix whose rows have different scales.
struct ReservedDiagonal {
  private static let limit = 0x1p200
  /// n q.
  private let relative: UpperBound
  /// U.
  private let underflow: UpperBound

  /// For matrices of `size` rows.
  init(size: Int) {
    relative = UpperBound(size) * RoundingError.gammaQuotient(size + 1)
    underflow = CholeskySlack(size: size, longestSum: size).underflow(largest: UpperBound(Self.limit))
  }

  /// The diagonal of S for that of M.
  ///
  /// - Parameters:
  ///   - diagonal: numbers that M's are not below.
  ///   - errors: e; zeros if there are none.
  /// - Returns: `nil` if nothing positive is left.
  func rest(of diagonal: [Double], errors: [UpperBound]? = nil) -> [Double]? {
    var result: [Double] = []
    for (index, element) in diagonal.enumerated() {
      guard element > 0 else { return nil }
      let error = errors?[index] ?? .zero
      let rest = element - 2 * (relative.value * element + error.value + 2 * underflow.value)
      guard rest > 0, let whole = whole(of: rest, error: error), whole.value <= element else { return nil }
      result.append(rest)
    }
    return result
  }

  /// An element of M's diagonal for which `rest` can be S's; `nil` if that is too large or not positive.
  func whole(of rest: Double, error: UpperBound) -> UpperBound? {
    guard rest > 0, rest <= Self.limit else { return nil }
    return UpperBound(rest) + relative * (UpperBound(rest) + underflow) + underflow + error
  }
}
