/// An upper bound of the spectral norm of a matrix by floating-point arithmetic with proved error terms (NUMERICS,
/// theorem T1): for m columns and n rows of the wide side, scaled by a power of two,
///
///     ||W||^2 <= lambda(fl(W W^T)) + g(m) ||W||_F^2 + n m 2^-1074,
///
/// as || |W| |W^T| || <= ||W||_F^2, with lambda from ``eigenvalueUpperBound(of:threshold:)``. Underflow in the
/// scaling is within the last term's factor of 4.
///
/// - Returns: exactly zero for the zero matrix; otherwise some 1e-9 above the norm.
/// - Throws: `notProved` for a matrix too large for the error terms.
public func spectralNormUpperBound(of matrix: RealMatrix) throws(NormFailure) -> UpperBound {
  let exponent = matrix.normalizingExponent
  let scaled = matrix.wide.scaled(byPowerOfTwo: exponent)
  if scaled.largestMagnitude == 0 { return .zero }
  let gram = SymmetricMatrix(productOfRowsOf: scaled)
  let estimate = estimateLargestEigenvalue(size: gram.size) { gram.times($0) }
  let eigenvalue = leastProvedThreshold(above: estimate) { eigenvalueUpperBound(of: gram, threshold: $0) }
  guard let eigenvalue else { throw .notProved }
  let squared = eigenvalue + gramError(rows: gram.size, columns: scaled.columns, gram: gram)
  return squared.squareRoot().scaled(byPowerOfTwo: -exponent)
}

/// g(m) ||W||_F^2 + 4 n m 2^-1074 for the product of the rows of a matrix: what its norm is off by, at most.
///
/// The computed diagonal d has d_i >= (1 - g(m)) ||w_i||^2 - m 2^-1074, so ||W||_F^2 <= (sum d_i + n m 2^-1074) / (1 -
/// g(m)).
func gramError(rows: Int, columns: Int, gram: SymmetricMatrix) -> UpperBound {
  let trace = (0..<rows).reduce(UpperBound.zero) { $0 + UpperBound(gram.diagonal($1)) }
  let underflow = UpperBound(4) * UpperBound(rows) * UpperBound(columns) * RoundingError.underflow
  return RoundingError.gammaQuotient(columns) * (trace + underflow) + underflow
}
