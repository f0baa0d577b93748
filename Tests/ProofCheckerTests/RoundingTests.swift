import ExactArithmetic
import Testing

/// What the checker charges for rounding: no claim is accepted that is false by as little as a bit.
struct RoundingTests {
  /// Of the real function, though the checker rounds: the sum is zero or less, exactly, and said to be positive.
  @Test(arguments: RoundingSubject.Shape.allCases)
  func falseClaimsAboutRealsAreRefused(_ shape: RoundingSubject.Shape) throws {
    var accepted = 0
    for seed in 1...100 as ClosedRange<UInt64> {
      let subject = RoundingSubject(shape, semantics: 0, seed: seed)
      for point in subject.points {
        let values = subject.proof.exactValues(at: point.map { Double($0) })
        let constant = try #require(subject.proof.leastConstant(values))
        #expect(!subject.isAccepted(constant, point), "seed \(seed)")
        if subject.isAccepted(constant + subject.margin(0x1p-40), point) { accepted += 1 }
      }
    }
    #expect(accepted >= 300)
  }

  /// Of programs: between what the real function is and what the program computes, a claim is false.
  @Test(arguments: RoundingSubject.Shape.allCases, 1...3)
  func falseClaimsAboutProgramsAreRefused(_ shape: RoundingSubject.Shape, _ semantics: Int) throws {
    var (accepted, between) = (0, 0)
    for seed in 1...100 as ClosedRange<UInt64> {
      let subject = RoundingSubject(shape, semantics: semantics, seed: seed)
      let margin = subject.margin(shape == .underflow ? 8 : 0x1p-16)
      for point in subject.points {
        let values = subject.proof.programValues(at: point).map { Rational($0) }
        let constant = try #require(subject.proof.leastConstant(values))
        #expect(!subject.isAccepted(constant, point), "seed \(seed)")
        let reals = try #require(
          subject.proof.leastConstant(subject.proof.exactValues(at: point.map { Double($0) })))
        if reals < constant { between += 1 }
        if subject.isAccepted(constant + margin, point) { accepted += 1 }
      }
    }
    #expect(accepted >= 300 && between >= 100)
  }
}
