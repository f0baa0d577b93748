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
  let squared = eigenvalue + gramError(sums: scaled.columns, cells: scaled.elements.count, trace: gram.trace)
  return squared.squareRoot().scaled(byPowerOfTwo: -exponent)
}

/// g(k) ||W||_F^2 + 4 c 2^-1074: what the computed product of the rows of W is off by, at most, in the Frobenius norm.
///
/// A computed element on the diagonal is not below (1 - g(k)) ||w_i||^2 less what underflows, so ||W||_F^2 <= (trace +
/// underflow) / (1 - g(k)).
///
/// - Parameters:
///   - sums: k, through how many roundings each product of two elements of W passes at most.
///   - cells: c, not below the number of products in a row of the result, nor in its diagonal.
///   - trace: of the computed product.
func gramError(sums: Int, cells: Int, trace: UpperBound) -> UpperBound {
  let underflow = UpperBound(4) * UpperBound(cells) * RoundingError.underflow
  return RoundingError.gammaQuotient(sums) * (trace + underflow) + underflow
}
