import ExactArithmetic
import TestSupport
import Testing

@Test(arguments: UInt64(0)..<8)
func directedRoundingBracketsEveryRational(seed: UInt64) throws {
  var generator = SplitMix64(seed: seed)
  for _ in 0..<500 {
    let base = Float(bitPattern: UInt32.random(in: 0...0xFFFF_FFFF, using: &generator))
    guard base.isFinite else { continue }
    let offset = Rational(Int.random(in: -9...9, using: &generator), over: 7)
    let value = Rational(base) + offset * Rational(base.ulp) / Rational(4)
    if let below = value.floatNotAbove {
      #expect(Rational(below) <= value)
      #expect(below == .greatestFiniteMagnitude || Rational(below.nextUp) > value)
    } else {
      #expect(value < Rational(-Float.greatestFiniteMagnitude))
    }
    if let above = value.floatNotBelow {
      #expect(Rational(above) >= value)
      #expect(above == -.greatestFiniteMagnitude || Rational(above.nextDown) < value)
    }
  }
}

@Test func decimalsAreExact() throws {
  #expect(Rational(decimal: "3.10") == Rational(31, over: 10))
  #expect(Rational(decimal: "-1.5e-2") == Rational(-3, over: 200))
  #expect(Rational(decimal: "2e3") == Rational(2000))
  #expect(Rational(decimal: "1e") == nil)
  #expect(Rational(decimal: ".") == nil)
  #expect(Rational(decimal: "1_000") == nil)
  #expect(Rational(decimal: "0.1")?.nearestFloat == 0.1)
}

@Test func exactIntegersKeepEveryBit() {
  let value = Rational(powerOfTwo: 70) + Rational(5)
  let integer = ExactInteger(-value)
  #expect(integer.isNegative)
  #expect(integer.magnitude == [5, 0, 64])
  #expect(integer.bitWidth == 71)
  #expect(ExactInteger(.zero).magnitude.isEmpty)
  #expect(Rational.commonDenominator(of: [Rational(1, over: 6), Rational(3, over: 4)]) == Rational(12))
}
