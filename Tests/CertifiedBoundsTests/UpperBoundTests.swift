import CertifiedBounds
import ExactArithmetic
import TestSupport
import Testing

@Suite struct UpperBoundTests {
  /// Magnitudes of all sizes, zeros, subnormal numbers and neighbours of powers of two among them.
  private func random(_ generator: inout SplitMix64) -> Double {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: 0
    case 1: Double(bitPattern: UInt64.random(in: 0..<1 << 52, using: &generator))
    case 2: Double(sign: .plus, exponent: Int.random(in: -1070...1020, using: &generator), significand: 1)
    case 3: Double(bitPattern: UInt64.random(in: 0..<0x7FF0_0000_0000_0000, using: &generator))
    default: Double.random(in: 0..<8, using: &generator)
    }
  }

  @Test(arguments: 0..<UInt64(sampleCount(40, full: 4_000)))
  func operationsAreNotBelowTheExactOnes(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let (a, b) = (random(&generator), random(&generator))
      let (x, y) = (UpperBound(a), UpperBound(b))
      let exponent = Int.random(in: -1100...1100, using: &generator)
      expectBound(x + y, Rational(a) + Rational(b))
      expectBound(x * y, Rational(a) * Rational(b))
      expectBound(x.scaled(byPowerOfTwo: exponent), Rational(a) * Rational(powerOfTwo: exponent))
      let root = x.squareRoot().value
      #expect(Rational(root) * Rational(root) >= Rational(a))
    }
  }

  private func expectBound(_ bound: UpperBound, _ exact: Rational) {
    if bound.value == .infinity { return }
    #expect(Rational(bound.value) >= exact)
    // Two units, unless it is subnormal.
    let most = exact * Rational(1 + 0x1p-51) + Rational(2 * Double.leastNonzeroMagnitude)
    #expect(Rational(bound.value) <= most)
  }

  @Test func nothingStaysNothing() {
    #expect(UpperBound.zero * .infinity == .zero && UpperBound.zero + .zero == .zero)
    #expect(UpperBound.zero.squareRoot() == .zero && UpperBound.one * UpperBound(0.1) == UpperBound(0.1))
    #expect(UpperBound((1 << 53) + 1).value > 0x1p53)
  }
}
