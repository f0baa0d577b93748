import NetworkIR

/// What the rounding of sums s = b + w_1 x_1 + ... + w_n x_n of binary32 numbers costs, under each of the float
/// semantics: the computed sum is off by at most
///
///     relative (|b| + sum |w_k| |x_k|) + ofResult |s| + absolute.
///
/// Let u = 2^-24, g(k) = k u / (1 - k u), and g' the same with 2^-53. A rounded product is (1 + d) p + t with |d| <= u and
/// |t| <= 2^-150, where t is zero unless the result is subnormal; a rounded sum of two is the same without t.
///
/// - `contract-off`: b passes through n roundings and a product through at most n + 1, so the relative error is g(n + 1)
///   (Higham, lemma 3.1). Each t is multiplied by at most 1 + g(n) <= 2: together at most n 2^-149.
/// - `fma`: one rounding a term, each with its own t: g(n), and n 2^-149.
/// - `binary64-sums`: products are exact and n sums in binary64 are rounded: g'(n) of the magnitudes, and no t, as all
///   numbers are multiples of 2^-298. Rounding the finished sum S to binary32 adds u |S| + 2^-150, and |S| <= |s| + g'(n)
///   (...), with (1 + u) g'(n) <= g'(n + 1).
package struct SumRounding {
  package let relative: UpperBound
  package let ofResult: UpperBound
  package let absolute: UpperBound

  /// - Parameter count: n, at least 1.
  package init(_ semantics: FloatSemantics, count: Int) {
    switch semantics {
    case .contractOff:
      relative = SingleRounding.gamma(count + 1)
      ofResult = .zero
      absolute = UpperBound(count) * SingleRounding.underflow
    case .fma:
      relative = SingleRounding.gamma(count)
      ofResult = .zero
      absolute = UpperBound(count) * SingleRounding.underflow
    case .binary64Sums:
      relative = RoundingError.gamma(count + 1)
      ofResult = SingleRounding.unit
      absolute = SingleRounding.underflow
    }
  }

  /// The bound for one sum, or with Euclidean norms for a vector of sums.
  ///
  /// - Parameters:
  ///   - magnitudes: of |b| + sum |w_k| |x_k|.
  ///   - result: of s.
  ///   - sums: of a vector of ones, one a sum.
  func error(magnitudes: UpperBound, result: UpperBound, sums: UpperBound) -> UpperBound {
    relative * magnitudes + ofResult * result + absolute * sums
  }
}

/// The constants of rounding error analysis for binary32.
package enum SingleRounding {
  /// u, half the distance from 1 to the next number.
  package static let unit = UpperBound(0x1p-24)

  /// 2^-149, twice what one rounding of a subnormal result is off by.
  package static let underflow = UpperBound(0x1p-149)

  /// g(k) = k u / (1 - k u) where that is at most 1; infinite for more roundings.
  package static func gamma(_ k: Int) -> UpperBound {
    // k / (2^24 - k): exact integers.
    k <= 1 << 23 ? .quotient(Double(k), 0x1p24 - Double(k)) : .infinity
  }
}
