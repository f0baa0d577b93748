import ExactArithmetic
import TestSupport
import Testing

/// The sums as products of rationals give them.
private func sums(_ weights: [Float], _ vector: [Rational], _ count: Int) -> [Rational] {
  (0..<count).map { j in
    vector.indices.reduce(Rational.zero) { $0 + Rational(weights[$1 * count + j]) * vector[$1] }
  }
}

@Test(arguments: 0..<40 as Range<UInt64>)
func productsInIntegersAreThoseOfRationals(seed: UInt64) throws {
  var random = SplitMix64(seed: seed)
  let (inputs, count) = (Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random))
  // Exponents up to 40 apart fit.
  let base = Int.random(in: -149...80, using: &random)
  let weights = (0..<inputs * count).map { _ -> Float in
    if Int.random(in: 0..<5, using: &random) == 0 { return Bool.random(using: &random) ? 0 : -0.0 }
    let digits = Float(Int.random(in: -0xFFFFFF...0xFFFFFF, using: &random))
    return digits * Float(sign: .plus, exponent: max(base, -126), significand: 1)
      * Float(sign: .plus, exponent: min(0, base + 126), significand: 1)
  }
  let vector = (0..<inputs).map { _ in
    Rational(Int.random(in: -1_000_000...1_000_000, using: &random))
      * Rational(powerOfTwo: Int.random(in: -400...100, using: &random))
  }
  let products = try #require(Rational.products(weights, with: vector, count: count))
  #expect(products == sums(weights, vector, count))
}

@Test func extremeFloatsAreMultipliedExactly() throws {
  let weights: [Float] = [.leastNonzeroMagnitude, -.leastNormalMagnitude, 0x1.fffep-130, -0x1p-126]
  let vector = [Rational(powerOfTwo: 200), Rational(-3) * Rational(powerOfTwo: -200)]
  #expect(Rational.products(weights, with: vector, count: 2) == sums(weights, vector, 2))
  let largest: [Float] = [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0, 0x1p127]
  #expect(Rational.products(largest, with: vector, count: 2) == sums(largest, vector, 2))
}

@Test func numbersThatDoNotFitIntegersAreRefused() {
  #expect(Rational.products([1], with: [Rational(1, over: 3)], count: 1) == nil)
  #expect(Rational.products([1, 0x1p-100], with: [.one, .one], count: 1) == nil)
  #expect(Rational.products([1], with: [Rational(powerOfTwo: -100_000)], count: 1) == nil)
  // Zeros are no such numbers.
  #expect(Rational.products([0, 0], with: [.zero, .one], count: 1) == [.zero])
}
