import CertifiedBounds
import ExactArithmetic
import TestSupport
import Testing

/// Verdicts of the emitted program's head: the cases of ``RobustnessHeadTests``, and what its arithmetic adds to them.
@Suite struct StaticHeadTests {
  /// A head with every K_ij and every E_ij the same.
  private func head(
    _ outputs: Int, places: Int = 1, groups: [Set<Int>]? = nil, radius: Rational = Rational(1, over: 10),
    constant: Double = 1, error: Double = 0, magnitude: Double = 100, tieOrder: [Int]? = nil,
    prefersLowest: Bool = false
  ) -> StaticHead {
    func matrix(_ value: Double) -> [UpperBound] {
      (0..<outputs * outputs).map { UpperBound($0 / outputs == $0 % outputs ? 0 : value) }
    }
    return StaticHead(
      KeptDecision(
        places: places, groups: groups, tieOrder: tieOrder ?? Array(0..<outputs),
        prefersLowest: prefersLowest),
      radius: radius, pairwise: matrix(constant), executionErrors: matrix(error),
      scoreMagnitudes: [UpperBound](repeating: UpperBound(magnitude), count: outputs))
  }

  @Test func aTieAtTheTopIsNotCertified() {
    let tie = head(3).verdict([1, 1, 0])
    #expect(!tie.isCertified && tie.radius == 0 && tie.choice == 0)
    // Not even where the outputs can't move against each other.
    #expect(!head(3, constant: 0).verdict([1, 1, 0]).isCertified)
    #expect(head(3, constant: 0).verdict([2, 1, 0]).isCertified)
    // The set of both stays.
    #expect(head(3, places: 2).verdict([1, 1, 0]).isCertified)
    #expect(head(3, tieOrder: [2, 0, 1]).verdict([1, 1, 1]).choice == 2)
    #expect(head(3, tieOrder: [2, 0, 1]).verdict([1, 1, 0]).choice == 0)
  }

  @Test func aMarginThatOnlyReachesTheThresholdIsNotCertified() {
    let exactly = head(2, radius: Rational(1, over: 2), constant: 2)
    #expect(exactly.thresholds[1] >= 1 && exactly.thresholds[1] <= 1 + 0x1p-51)
    #expect(!exactly.verdict([1, 0]).isCertified && exactly.verdict([1.00001, 0]).isCertified)
    // E is charged at both points.
    let charged = head(2, constant: 0, error: 0.25)
    #expect(!charged.verdict([0.5, 0]).isCertified && charged.verdict([0.5001, 0]).isCertified)
    #expect(Double(head(2).radius) <= 0.1 && Double(head(2).radius.nextUp) > 0.1)
  }

  /// Were sets made of scores instead of indices, the best scores (1, 1) would be the set {2, 3} as well.
  @Test func affinitySets() {
    for places in 1...3 {
      let verdict = head(4, places: places, groups: [[2, 3]]).verdict([1, 1, 0, 0])
      #expect(!verdict.isCertified && verdict.radius == 0, "\(places)")
    }
    #expect(head(4, places: 2, groups: [[0, 1]]).verdict([1, 1, 0, 0]).isCertified)
    // One in no set stands alone; two that share none aren't kept.
    #expect(head(4, places: 3, groups: [[2, 3]]).verdict([5, 0, 0, 0]).isCertified)
    let pair = head(4, places: 3, groups: [[2, 3]]).verdict([50, 50, 0, 0])
    #expect(!pair.isCertified && pair.radius == 0)
    // They may overlap.
    #expect(head(4, places: 2, groups: [[0, 1], [1, 2]]).verdict([0, 5, 5, 0]).isCertified)
    #expect(!head(4, places: 2, groups: [[0, 1], [1, 2]]).verdict([5, 0, 5, 0]).isCertified)
  }

  @Test func anyNumberOfPlacesWillDo() {
    // 1 apart, and 9 apart: with two places the set of both is kept much longer.
    let one = head(3).verdict([10, 9, 0])
    let two = head(3, places: 2).verdict([10, 9, 0])
    #expect(one.isCertified && one.radius > 0.999 && one.radius <= 1)
    #expect(two.isCertified && two.radius > 8.999 && two.radius <= 9)
    #expect(!head(3).verdict([9, 9, 0]).isCertified && head(3, places: 2).verdict([9, 9, 0]).isCertified)
  }

  @Test func lowestIsBest() {
    let lowest = head(3, prefersLowest: true).verdict([0, 3, 4])
    #expect(lowest.choice == 0 && lowest.isCertified && lowest.radius > 2.999 && lowest.radius <= 3)
    #expect(!head(3, prefersLowest: true).verdict([4, 4, 9]).isCertified)
  }

  @Test func withoutABoundNothingIsCertified() {
    let infinities: [(constant: Double, error: Double, magnitude: Double)] = [
      (.infinity, 0, 1), (1, .infinity, 1), (1, 0, .infinity), (0, .infinity, 1), (.infinity, .infinity, 1),
    ]
    for (constant, error, magnitude) in infinities {
      let head = head(2, constant: constant, error: error, magnitude: magnitude)
      let verdict = head.verdict([.greatestFiniteMagnitude, -.greatestFiniteMagnitude])
      #expect(!verdict.isCertified && verdict.radius == 0)
    }
  }

  @Test func withoutSlopeTheRadiusIsTheLargestNumber() {
    let flat = head(2, constant: 0, error: 1)
    #expect(flat.verdict([3, 0]).radius == Double(Float.greatestFiniteMagnitude))
    #expect(!flat.verdict([2, 0]).isCertified && flat.verdict([2, 0]).radius == 0)
    let steep = head(2, constant: 0x1p1020)
    #expect(!steep.verdict([100, 0]).isCertified && steep.verdict([100, 0]).radius == 0)
  }

  /// The radius is not above (m - 2 E) / K, and what is certified has at least the clause's.
  @Test func radiiAreNotAboveWhatIsProved() {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<2000 {
      let constant = Double.random(in: 1e-3...1e3, using: &generator)
      let error = Double.random(in: 0...0.1, using: &generator)
      let scores = (0..<3).map { _ in Float.random(in: -2...2, using: &generator) }
      let head = head(3, constant: constant, error: error, magnitude: 2)
      let verdict = head.verdict(scores)
      let sorted = scores.sorted(by: >)
      let margin = Rational(sorted[0]) - Rational(sorted[1]) - Rational(2) * Rational(error)
      let limit = margin / Rational(constant)
      #expect(verdict.radius == 0 || Rational(verdict.radius) <= limit)
      #expect(limit < Rational(1, over: 100) || Rational(verdict.radius) >= limit * Rational(999, over: 1000))
      if verdict.isCertified {
        #expect(limit > Rational(1, over: 10) && verdict.radius >= Double(head.radius))
      }
    }
  }
}
