/// A proof by integers of an upper bound of a matrix's spectral norm (NUMERICS, theorem T2): data from which anyone
/// who has the matrix computes the bound again, with integers only.
///
/// Let W be the matrix or its transpose, whichever has no more rows than columns (the matrix itself if it is square),
/// with n rows and m columns; p = ``fractionBits``, e = ``exponent``, T = ``threshold``, and
///
/// - A = W 2^(p+e), each element rounded to the nearest integer (halves away from zero), so
///   ||W 2^(p+e) - A|| <= sqrt(n m) / 2, or 0 if nothing was rounded;
/// - L the lower triangular matrix of integers in ``factor``;
/// - D = T I - A A^T - L L^T, computed exactly, and rho the largest sum of magnitudes of a row of D.
///
/// L L^T is positive semidefinite and D >= -rho I (Gershgorin), so A A^T = T I - L L^T - D <= (T + rho) I, and
///
///     ||W|| <= 2^-(p+e) (sqrt(T + rho) + sqrt(n m) / 2).
///
/// Nothing is assumed of L and T: bad ones make a bad bound, not a wrong one.
public struct NormCertificate: Sendable, Hashable {
  /// p, the bits behind the point of the scaled numbers.
  public let fractionBits: Int
  /// e, which scales the matrix: all its elements are at most 1 in magnitude when multiplied by 2^e.
  public let exponent: Int
  /// T, an upper bound of the largest eigenvalue of A A^T but for rho.
  public let threshold: Int128
  /// L, row by row: element (i, j) for j <= i is at i (i + 1) / 2 + j.
  public let factor: [Int64]

  public init(fractionBits: Int, exponent: Int, threshold: Int128, factor: [Int64]) {
    self.fractionBits = fractionBits
    self.exponent = exponent
    self.threshold = threshold
    self.factor = factor
  }

  /// Why a certificate proves nothing about a matrix.
  public enum Fault: Error, Hashable, Sendable {
    /// The factor has another number of elements than the matrix asks for.
    case otherSize
    /// The number of bits is not in 1...60, or the exponent is beyond 1000 in magnitude.
    case badScale
    /// An element of the scaled matrix is above 1 in magnitude.
    case elementTooLarge
    /// The threshold is negative, or numbers are so large that a sum could overflow.
    case overflow
  }

  /// The bound that the certificate proves for a matrix.
  ///
  /// - Throws: why it proves none.
  public func upperBound(of matrix: RealMatrix) throws(Fault) -> UpperBound {
    guard (1...60).contains(fractionBits), (-1000...1000).contains(exponent) else { throw .badScale }
    let wide = matrix.wide
    guard factor.count == wide.rows * (wide.rows + 1) / 2 else { throw .otherSize }
    let scaled = try IntegerMatrix(wide, fractionBits: fractionBits, exponent: exponent)
    try excludeOverflow(rows: wide.rows, columns: wide.columns)
    let excess = residualNorm(scaled)
    // INVARIANT: threshold + excess < 2^125, as overflow is excluded, so the root fits.
    var root = leastRoot(of: threshold + excess)
    if !scaled.isExact {
      // ceil(sqrt(n m) / 2) is the least k with 4 k^2 >= n m.
      let cells = Int128(wide.rows) * Int128(wide.columns)
      root += leastRoot(of: (cells + 3) / 4)
    }
    return UpperBound(integer: root).scaled(byPowerOfTwo: -(fractionBits + exponent))
  }

  /// Checks that no sum below leaves Int128. With all |A_ij| <= 2^p and |L_ij| <= F, every partial sum of an element
  /// of D is at most M = T + m 2^2p + n F^2 in magnitude, and a sum of a row, with T, at most (n + 1) M, which must be
  /// below 2^125.
  private func excludeOverflow(rows: Int, columns: Int) throws(Fault) {
    guard threshold >= 0 else { throw .overflow }
    let largest = Int128(factor.reduce(UInt64(0)) { max($0, $1.magnitude) })
    let (products, o1) = (Int128(1) << (2 * fractionBits)).multipliedReportingOverflow(by: Int128(columns))
    let (squares, o2) = (largest * largest).multipliedReportingOverflow(by: Int128(rows))
    let (sum, o3) = products.addingReportingOverflow(squares)
    let (element, o4) = sum.addingReportingOverflow(threshold)
    let (row, o5) = element.multipliedReportingOverflow(by: Int128(rows) + 1)
    if o1 || o2 || o3 || o4 || o5 || row >= Int128(1) << 125 { throw .overflow }
  }

  /// rho: the largest sum of the magnitudes of a row of D.
  private func residualNorm(_ scaled: IntegerMatrix) -> Int128 {
    let size = scaled.rows
    var sums = [Int128](repeating: 0, count: size)
    scaled.elements.withUnsafeBufferPointer { elements in
      factor.withUnsafeBufferPointer { factor in
        guard let a = elements.baseAddress, let l = factor.baseAddress else { return }
        for row in 0..<size {
          let (rowOfA, rowOfL) = (a + row * scaled.columns, l + row * (row + 1) / 2)
          for column in 0...row {
            let products = integerProduct(rowOfA, a + column * scaled.columns, scaled.columns)
            let squares = integerProduct(rowOfL, l + column * (column + 1) / 2, column + 1)
            let residual = ((row == column ? threshold : 0) - products - squares).magnitude
            sums[row] += Int128(residual)
            if row != column { sums[column] += Int128(residual) }
          }
        }
      }
    }
    return sums.reduce(0, max)
  }
}

/// The inner product of two rows of integers.
///
/// - Requires: no partial sum leaves Int128.
private func integerProduct(_ x: UnsafePointer<Int64>, _ y: UnsafePointer<Int64>, _ count: Int) -> Int128 {
  var sum: Int128 = 0
  for k in 0..<count {
    // The product of two 64-bit numbers always fits.
    sum &+= Int128(truncatingIfNeeded: x[k]) &* Int128(truncatingIfNeeded: y[k])
  }
  return sum
}

/// The least integer whose square is not below `value`.
///
/// - Requires: `0 <= value < 2^125`.
func leastRoot(of value: Int128) -> Int64 {
  if value <= 0 { return 0 }
  // INVARIANT: low^2 < value <= high^2.
  var low: Int64 = 0
  var high = Int64.max
  while low + 1 < high {
    let middle = low + (high - low) / 2
    if Int128(middle) * Int128(middle) >= value { high = middle } else { low = middle }
  }
  return high
}

extension UpperBound {
  /// - Requires: `integer >= 0`.
  fileprivate init(integer: Int64) { self.init(Int(integer)) }
}
