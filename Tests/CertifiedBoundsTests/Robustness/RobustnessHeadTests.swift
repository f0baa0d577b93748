import CertifiedBounds
import ExactArithmetic
import TestSupport
import Testing

/// Verdicts from scores: ties, relaxed places, affinity sets, doubtful scores.
@Suite struct RobustnessHeadTests {
  /// A head with every K_ij the same.
  private func head(
    _ outputs: Int, places: Int = 1, groups: [Set<Int>]? = nil, radius: Rational = Rational(1, over: 10),
    constant: Double = 1, prefersLowest: Bool = false
  ) -> RobustnessHead {
    RobustnessHead(
      KeptDecision(
        places: places, groups: groups, tieOrder: Array(0..<outputs), prefersLowest: prefersLowest),
      radius: radius,
      pairwise: (0..<outputs * outputs).map { UpperBound($0 / outputs == $0 % outputs ? 0 : constant) })
  }

  private func verdict(_ head: RobustnessHead, _ scores: [Int]) throws -> PointVerdict {
    try #require(head.verdict(EnclosedScores(exactly: scores.map { Rational($0) })))
  }

  @Test func aTieAtTheTopIsNotCertified() throws {
    let tie = try verdict(head(3), [1, 1, 0])
    #expect(!tie.isCertified && tie.radius == 0 && tie.choice == 0)
    // Not even where the outputs can't move against each other.
    #expect(try !verdict(head(3, constant: 0), [1, 1, 0]).isCertified)
    #expect(try verdict(head(3, constant: 0), [2, 1, 0]).isCertified)
    // The set of both stays.
    #expect(try verdict(head(3, places: 2), [1, 1, 0]).isCertified)
  }

  @Test func aMarginThatOnlyReachesTheThresholdIsNotCertified() throws {
    let exactly = head(2, radius: Rational(1, over: 2), constant: 2)
    let verdict = try verdict(exactly, [1, 0])
    #expect(!verdict.isCertified && verdict.radius == 0.5)
    #expect(try self.verdict(exactly, [2, 0]).isCertified)
  }

  /// Were sets made of scores instead of indices, the best scores (1, 1) would be the set {2, 3} as well.
  @Test func tiesDoNotMakeAffinitySets() throws {
    let sets: [Set<Int>] = [[2, 3]]
    for places in 1...3 {
      let verdict = try verdict(head(4, places: places, groups: sets), [1, 1, 0, 0])
      #expect(!verdict.isCertified && verdict.radius == 0, "\(places)")
    }
    #expect(try verdict(head(4, places: 2, groups: [[0, 1]]), [1, 1, 0, 0]).isCertified)
  }

  @Test func aClassInNoAffinitySetStandsAlone() throws {
    let sets: [Set<Int>] = [[2, 3]]
    #expect(try verdict(head(4, places: 3, groups: sets), [5, 0, 0, 0]).isCertified)
    // 0 and 1 are best, by far, but share no set.
    let pair = try verdict(head(4, places: 3, groups: sets), [50, 50, 0, 0])
    #expect(!pair.isCertified && pair.radius == 0)
  }

  @Test func affinitySetsMayOverlap() throws {
    let sets: [Set<Int>] = [[0, 1], [1, 2]]
    #expect(try verdict(head(4, places: 2, groups: sets), [5, 5, 0, 0]).isCertified)
    #expect(try verdict(head(4, places: 2, groups: sets), [0, 5, 5, 0]).isCertified)
    #expect(try !verdict(head(4, places: 2, groups: sets), [5, 0, 5, 0]).isCertified)
    // No set holds three.
    #expect(try !verdict(head(4, places: 3, groups: sets), [5, 5, 5, 0]).isCertified)
  }

  @Test func lowestIsBest() throws {
    let lowest = try verdict(head(3, prefersLowest: true), [0, 3, 4])
    #expect(lowest.choice == 0 && lowest.isCertified && lowest.radius == 3)
    #expect(try !verdict(head(3, prefersLowest: true), [4, 4, 9]).isCertified)
  }

  @Test func tiesPreferAnOutput() throws {
    let head = RobustnessHead(
      KeptDecision(places: 1, groups: nil, tieOrder: [2, 0, 1], prefersLowest: false), radius: .one,
      pairwise: [UpperBound](repeating: .one, count: 9))
    #expect(try verdict(head, [1, 1, 1]).choice == 2)
    #expect(try verdict(head, [1, 1, 0]).choice == 0)
  }

  @Test func withoutAFiniteBoundNothingIsCertified() throws {
    let verdict = try verdict(head(2, constant: .infinity), [1_000_000, 0])
    #expect(!verdict.isCertified && verdict.radius == 0)
  }

  /// Verdicts against the definition, from small scores (with many ties), constants, sets and orders.
  @Test func verdictsFollowTheDefinition() throws {
    var generator = SplitMix64(seed: 3)
    var certified = 0
    for _ in 0..<sampleCount(4_000, full: 200_000) {
      let count = Int.random(in: 2...5, using: &generator)
      let scores = (0..<count).map { _ in Int.random(in: -3...3, using: &generator) }
      var constants = [Int](repeating: 0, count: count * count)
      for a in 0..<count {
        for b in 0..<a {
          constants[a * count + b] = Int.random(in: 0...4, using: &generator)
          constants[b * count + a] = constants[a * count + b]
        }
      }
      let groups: [Set<Int>]? =
        Bool.random(using: &generator)
        ? nil
        : (0..<2).map { _ in Set((0..<count).filter { _ in Bool.random(using: &generator) }) }
      let order = (0..<count).shuffled(using: &generator)
      let places = Int.random(in: 1..<count, using: &generator)
      let isLowest = Bool.random(using: &generator)
      let radius = Rational(Int.random(in: 1...6, using: &generator), over: 3)
      let head = RobustnessHead(
        KeptDecision(places: places, groups: groups, tieOrder: order, prefersLowest: isLowest),
        radius: radius,
        pairwise: constants.map { UpperBound($0) })
      let own = try verdict(head, scores)
      let signed = scores.map { Rational(isLowest ? -$0 : $0) }
      // Bubble sort: no code in common.
      var ranking = order
      for _ in 0..<count {
        for place in 1..<count where signed[ranking[place]] > signed[ranking[place - 1]] {
          ranking.swapAt(place, place - 1)
        }
      }
      let isKept = (1...places).contains { size in
        let best = ranking.prefix(size)
        guard size == 1 || groups == nil || groups?.contains(where: { best.allSatisfy($0.contains) }) == true
        else { return false }
        return best.allSatisfy { a in
          ranking.dropFirst(size).allSatisfy { b in
            signed[a] - signed[b] > radius * Rational(constants[a * count + b])
          }
        }
      }
      #expect(own.isCertified == isKept && own.choice == ranking[0])
      if isKept { #expect(own.radius == .infinity || Rational(own.radius.nextUp) > radius) }
      if !isKept { #expect(Rational(own.radius) <= radius) }
      certified += isKept ? 1 : 0
    }
    #expect(certified > 500)
  }
}
