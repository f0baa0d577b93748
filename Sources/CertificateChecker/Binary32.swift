// Trusted: a bit pattern is read as IEEE 754 defines it, and sums do not overflow.
/// A finite binary32 number m 2^e: |m| < 2^24 and -149 <= e <= 104.
struct Binary32 {
  let significand: Int64
  let exponent: Int

  init(bits: UInt32) throws(Rejection) {
    let (field, fraction) = (Int(bits >> 23 & 0xff), Int64(bits & 0x7f_ffff))
    try require(field != 0xff, "a weight is not finite")
    let magnitude = field == 0 ? fraction : fraction | 1 << 23
    significand = bits >> 31 == 0 ? magnitude : -magnitude
    exponent = max(field, 1) - 150
  }

  /// The number times 2^scale, rounded to the nearest integer, halves away from zero: not above `limit` <= 2^60.
  func scaled(by scale: Int, limit: Int128) throws(Rejection) -> (integer: Int64, isExact: Bool) {
    let (magnitude, shift) = (Int128(significand.magnitude), exponent + scale)
    // Below that the number is less than half.
    if magnitude == 0 || shift < -25 { return (0, magnitude == 0) }
    let integer = shift >= 0 ? magnitude << min(shift, 61) : (magnitude + (1 << (-shift - 1))) >> -shift
    try require(integer <= limit, "a scaled weight is above 1")
    return (Int64(significand < 0 ? -integer : integer), shift >= 0 || integer << -shift == magnitude)
  }
}

/// ||a - b||^2 = sum a_k^2 + b_k^2 - 2 a_k b_k, exactly. Each product is m 2^e with |m| <= 2^49 and -298 <= e <= 208, and is
/// added to those with the same quotient of e + 298 by 32: below 2^81 each, so that no sum of 2^40 leaves Int128.
func squaredDistance(_ a: [Binary32], _ b: [Binary32]) -> Dyadic {
  var sums = [Int128](repeating: 0, count: 20)  // 16, and room for what is carried.
  func add(_ product: Int64, _ exponent: Int) {
    sums[(exponent + 298) / 32] += Int128(product) << ((exponent + 298) % 32)
  }
  for (x, y) in zip(a, b) {
    add(x.significand * x.significand, 2 * x.exponent)
    add(y.significand * y.significand, 2 * y.exponent)
    add(-2 * x.significand * y.significand, x.exponent + y.exponent)
  }
  var carry: Int128 = 0
  let limbs = sums.map { sum in
    carry += sum
    defer { carry >>= 32 }
    return UInt32(truncatingIfNeeded: carry)
  }
  return Dyadic(limbs: limbs, exponent: -298)
}
