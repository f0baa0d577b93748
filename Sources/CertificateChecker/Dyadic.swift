// Trusted: products and comparisons are exact.
/// A number k 2^e with k >= 0, exactly: products and comparisons round nothing.
struct Dyadic {
  /// k: 32 bits each, the lowest first, without zeros at the end.
  private let limbs: [UInt32]
  private let exponent: Int

  init(limbs: [UInt32], exponent: Int = 0) {
    self.limbs = Array(limbs.prefix((limbs.lastIndex { $0 != 0 } ?? -1) + 1))
    self.exponent = exponent
  }

  init(_ k: UInt128, exponent: Int = 0) {
    self.init(limbs: (0..<4).map { UInt32(truncatingIfNeeded: k >> (32 * $0)) }, exponent: exponent)
  }

  /// The number that C's `%a` writes, as `0x1.8p+3`: up to 64 bits and 40 characters, an exponent within 3000.
  init(hexadecimal text: String) throws(Rejection) {
    let parts = text.split(separator: "p", omittingEmptySubsequences: false)
    let digits = parts[0].dropFirst(2).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard text.hasPrefix("0x"), text.utf8.count <= 40, parts.count == 2, let e = Int(parts[1]),
      -3000...3000 ~= e, let k = UInt64(digits.joined(), radix: 16)
    else { throw Rejection(reason: "a number is not hexadecimal") }
    self.init(UInt128(k), exponent: e - 4 * (digits.count == 2 ? digits[1].count : 0))
  }

  static func * (a: Dyadic, b: Dyadic) -> Dyadic {
    var result = [UInt32](repeating: 0, count: a.limbs.count + b.limbs.count)
    for i in a.limbs.indices {
      var carry: UInt64 = 0
      for j in b.limbs.indices {
        // At most (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1.
        let sum = UInt64(a.limbs[i]) * UInt64(b.limbs[j]) + UInt64(result[i + j]) + carry
        result[i + j] = UInt32(truncatingIfNeeded: sum)
        carry = sum >> 32
      }
      result[i + b.limbs.count] = UInt32(carry)
    }
    return Dyadic(limbs: result, exponent: a.exponent + b.exponent)
  }

  static func <= (a: Dyadic, b: Dyadic) -> Bool {
    let (x, y) = (a.limbs(of: min(a.exponent, b.exponent)), b.limbs(of: min(a.exponent, b.exponent)))
    return x.count == y.count ? !y.reversed().lexicographicallyPrecedes(x.reversed()) : x.count < y.count
  }

  /// The integer k 2^(e - exponent).
  private func limbs(of exponent: Int) -> [UInt32] {
    let (words, bits) = (self.exponent - exponent).quotientAndRemainder(dividingBy: 32)
    let power = Dyadic(limbs: [UInt32](repeating: 0, count: words) + [1 << UInt32(bits)])
    return (Dyadic(limbs: limbs) * power).limbs
  }
}
