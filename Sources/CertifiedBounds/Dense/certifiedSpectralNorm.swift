/// A spectral norm's upper bound with the proof of it.
public struct CertifiedNorm: Sendable {
  public let bound: UpperBound
  public let certificate: NormCertificate
}

/// Finds a certificate of a matrix's spectral norm and the bound that it proves (see ``NormCertificate``).
///
/// The search is in binary64 and untrusted: the bound is what the certificate's own integer arithmetic gives. Time
/// grows as the product of the sides times the shorter side (half a second for 3072 x 512).
///
/// - Returns: the bound is exactly zero for the zero matrix, otherwise less than 1e-8 above the norm for any matrix
///   of fewer than some 10^8 elements.
/// - Throws: `notProved` for a matrix too large for 128-bit sums.
public func certifiedSpectralNorm(of matrix: RealMatrix) throws(NormFailure) -> CertifiedNorm {
  let certificate = try searchCertificate(of: matrix)
  do throws(NormCertificate.Fault) {
    return CertifiedNorm(bound: try certificate.upperBound(of: matrix), certificate: certificate)
  } catch {
    throw .notProved
  }
}

private func searchCertificate(of matrix: RealMatrix) throws(NormFailure) -> NormCertificate {
  let fractionBits = 42
  let exponent = matrix.normalizingExponent
  let wide = matrix.wide
  let size = wide.rows
  if matrix.largestMagnitude == 0 {
    return NormCertificate(
      fractionBits: fractionBits, exponent: 0, threshold: 0,
      factor: [Int64](repeating: 0, count: size * (size + 1) / 2))
  }
  let gram = SymmetricMatrix(productOfRowsOf: wide.scaled(byPowerOfTwo: exponent))
  let estimate = estimateLargestEigenvalue(size: size) { gram.times($0) }
  let found = leastProvedThreshold(above: estimate) { threshold in
    choleskyFactor(of: gram.subtracted(fromIdentityTimes: threshold), size: size).map { (threshold, $0) }
  }
  guard let (threshold, factor) = found else { throw .notProved }
  let unit = Double(sign: .plus, exponent: fractionBits, significand: 1)
  var integers: [Int64] = []
  integers.reserveCapacity(size * (size + 1) / 2)
  for row in 0..<size {
    for column in 0...row {
      guard let integer = Int64(exactly: (factor[row * size + column] * unit).rounded()) else {
        throw .notProved
      }
      integers.append(integer)
    }
  }
  guard let scaledThreshold = Int128(exactly: (threshold * unit * unit).rounded(.up)) else {
    throw .notProved
  }
  return NormCertificate(
    fractionBits: fractionBits, exponent: exponent, threshold: scaledThreshold, factor: integers)
}
