/// For each pair of rows an upper bound of the Euclidean norm of their difference, row-major; symmetric, and zero for
/// equal rows.
///
/// With u half the distance from 1 to the next number, the computed difference d_k is off by at most u |d_k|, and
/// the computed sum S of n products by at most g(n) sum d_k^2. So the squared norm is at most (1 + u)^2 S / (1 - g(n)) =
/// (1 + u)^2 f(n u) S with f(x) = (1 - x) / (1 - 2 x) = 1 + x / (1 - 2 x). As f' >= 1, f(n u + 3 u) >= f(n u) + 3 u, which
/// is at least (1 + u)^2 f(n u) where f(n u) <= 1.4, and that is 1 + g(n + 3) / (1 - g(n + 3)).
///
/// - Requires: the elements are binary32 numbers or products of two (so that nothing underflows: differences are
///   multiples of 2^-298 and their squares of 2^-596).
public func rowDistances(of matrix: RealMatrix) -> [UpperBound] {
  let (rows, columns) = (matrix.rows, matrix.columns)
  var result = [UpperBound](repeating: .zero, count: rows * rows)
  let slack = UpperBound.one + RoundingError.gammaQuotient(columns + 3)
  for i in 0..<rows {
    for j in 0..<i {
      var sum = 0.0
      for k in 0..<columns {
        let difference = matrix.elements[i * columns + k] - matrix.elements[j * columns + k]
        sum += difference * difference
      }
      let distance = (UpperBound(sum) * slack).squareRoot()
      result[i * rows + j] = distance
      result[j * rows + i] = distance
    }
  }
  return result
}
