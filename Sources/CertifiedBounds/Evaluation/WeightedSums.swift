/// Sums of products c_j + sum over k of w_kj x_k of numbers x_k that are enclosed, in binary64, with a bound of the
/// error of each.
///
/// Let v_k and e_k be the centres and errors of x_k, n the number of products of a sum, and g = g(n + 1). The computed
/// sum of c_j and the products w_kj v_k, in any order, passes each term through at most n + 1 roundings, so it is off by
/// at most g (|c_j| + sum |w_kj| |v_k|) + n 2^-1074 (what the products that underflow lose), and from the sum over x by
/// at most sum |w_kj| e_k more. So with t_k = e_k + g |v_k| it is off by at most
///
///     sum over k of |w_kj| t_k + g |c_j| + n 2^-1074.
///
/// That is computed in binary64 as well, of numbers that are not negative: each term passes through at most n + 4
/// roundings, and at most 2 n + 2 of the products with |w_kj| or |c_j| underflow (g |v_k| is kept from it, as it is
/// multiplied again). So the exact value is at most (S + (3 n + 2) 2^-1074) (1 + f) with the computed S and
/// f = g(n + 4) / (1 - g(n + 4)).
struct WeightedSums {
  private(set) var centers: [Double]
  private var spreads: [Double]
  private let length: Int
  private let gamma: Double

  /// - Parameters:
  ///   - constants: c, one for each sum.
  ///   - length: not below the number of products in any of them.
  init(constants: [Float], length: Int) {
    centers = constants.map { Double($0) }
    self.length = length
    let gamma = RoundingError.gamma(length + 1).value
    self.gamma = gamma
    spreads = constants.map { gamma * Double($0.magnitude) }
  }

  /// Adds w_j x to each sum j of a range.
  ///
  /// - Parameter weights: as many as the range has.
  mutating func add(
    _ center: Double, _ error: Double, times weights: UnsafeBufferPointer<Float>, to sums: Range<Int>
  ) {
    if center == 0, error == 0 { return }
    let spread = error + max(gamma * center.magnitude, .leastNormalMagnitude)
    let start = sums.lowerBound
    centers.withUnsafeMutableBufferPointer { centers in
      spreads.withUnsafeMutableBufferPointer { spreads in
        for j in 0..<sums.count {
          let weight = Double(weights[j])
          centers[start + j] += weight * center
          spreads[start + j] += weight.magnitude * spread
        }
      }
    }
  }

  /// Not below what each sum is off by; may be infinite or NaN where numbers overflowed.
  var errors: [Double] {
    let underflow = (UpperBound(3 * length + 2) * RoundingError.underflow).value
    let slack = (UpperBound.one + RoundingError.gammaQuotient(length + 4)).value
    return spreads.map { (($0 + underflow).nextUp * slack).nextUp }
  }
}
