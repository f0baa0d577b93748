/// Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (2014). The same numbers with every version of
/// Swift, so that the same program gives the same self-check.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A number below `count`; not exactly uniform.
  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  /// A number in `range`, by a multiplication and an addition.
  mutating func number(in range: ClosedRange<Float>) -> Float {
    let fraction = Float(next() >> 40) * 0x1p-24
    let value = range.lowerBound * (1 - fraction) + range.upperBound * fraction
    return min(max(value, range.lowerBound), range.upperBound)
  }
}
