// Trusted: GMP is called as its manual says.
internal import CGMP

extension Rational {
  /// The exact sums over k of `weights[k * count + j] * vector[k]` for each j below `count`, in integers: no fraction is
  /// reduced on the way, which is what products of rationals spend their time on.
  ///
  /// `nil` where a number of the vector is no integer over a power of two, or where exponents are so far apart that a
  /// product in rationals is the better way.
  ///
  /// - Requires: `weights` are finite, `vector.count * count` of them.
  public static func products(_ weights: [Float], with vector: [Rational], count: Int) -> [Rational]? {
    precondition(weights.count == vector.count * count, "one weight for each number and sum")
    guard let factors = ScaledWeights(weights), let numbers = ScaledVector(vector) else { return nil }
    let sums = IntegerArray(count: count)
    for (k, number) in numbers.nonzero {
      for j in 0..<count {
        let factor = factors.magnitudes[k * count + j]
        if factor == 0 { continue }
        if weights[k * count + j] < 0 {
          __gmpz_submul_ui(sums.start + j, numbers.integers.start + number, factor)
        } else {
          __gmpz_addmul_ui(sums.start + j, numbers.integers.start + number, factor)
        }
      }
    }
    let exponent = factors.exponent - numbers.places
    return (0..<count).map { j in
      Rational(integer: sums.start + j, timesTwoToThe: exponent)
    }
  }
}

/// `magnitudes[i] * 2^exponent` are the magnitudes of floats.
private struct ScaledWeights {
  private(set) var magnitudes: [UInt]
  private(set) var exponent: Int

  /// `nil` if they do not fit 64 bits together.
  init?(_ weights: [Float]) {
    // An odd number times a power of two each.
    let parts = weights.map { weight -> (odd: UInt, exponent: Int) in
      if weight == 0 { return (0, 0) }
      let digits = UInt(weight.significandBitPattern) | (weight.isNormal ? 1 << 23 : 0)
      let zeros = digits.trailingZeroBitCount
      return (digits >> UInt(zeros), max(Int(weight.exponentBitPattern), 1) - 150 + zeros)
    }
    let smallest = parts.lazy.filter { $0.odd != 0 }.map(\.exponent).min() ?? 0
    exponent = smallest
    magnitudes = []
    magnitudes.reserveCapacity(parts.count)
    for part in parts {
      let shift = part.odd == 0 ? 0 : part.exponent - smallest
      guard shift <= part.odd.leadingZeroBitCount else { return nil }
      magnitudes.append(part.odd << UInt(shift))
    }
  }
}

/// Numbers as integers over one power of two.
private struct ScaledVector {
  let integers: IntegerArray
  /// The integers are the numbers times 2^places.
  private(set) var places = 0
  /// The positions of the numbers that are not zero, with that of the integer.
  private(set) var nonzero: [(position: Int, integer: Int)] = []

  private static let placeLimit = 1 << 14

  init?(_ vector: [Rational]) {
    var counts: [Int] = []
    for (position, number) in vector.enumerated() where number.signum != 0 {
      guard let count = number.binaryPlaces, count <= Self.placeLimit else { return nil }
      nonzero.append((position, nonzero.count))
      counts.append(count)
      places = max(places, count)
    }
    integers = IntegerArray(count: nonzero.count)
    for (position, integer) in nonzero {
      vector[position].copyNumerator(to: integers.start + integer, timesTwoToThe: places - counts[integer])
    }
  }
}

/// Integers of GMP, all zero at first.
private final class IntegerArray {
  let start: UnsafeMutablePointer<__mpz_struct>
  private let count: Int

  init(count: Int) {
    self.count = count
    start = .allocate(capacity: max(count, 1))
    for index in 0..<count { __gmpz_init(start + index) }
  }

  deinit {
    for index in 0..<count { __gmpz_clear(start + index) }
    start.deallocate()
  }
}
