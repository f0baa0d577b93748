import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

typealias Precedence = OrderConstraint.Precedence
typealias Window = OrderConstraint.Window

/// Random literals over five outputs, as data.
private struct Literals {
  var precedences: [Precedence] = []
  var windows: [Window] = []

  init(_ random: inout SplitMix64, outputs: Int) {
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let before = Int.random(in: 0..<outputs, using: &random)
      let after = Int.random(in: 0..<outputs, using: &random)
      precedences.append(Precedence(before: before, after: after))
    }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let earliest = Int.random(in: 0..<outputs, using: &random)
      windows.append(
        Window(
          output: Int.random(in: 0..<outputs, using: &random), earliest: earliest,
          end: Int.random(in: earliest + 1...outputs, using: &random)))
    }
  }

  func allow(_ goodness: [Int]) -> Bool {
    precedences.allSatisfy { goodness[$0.before] > goodness[$0.after] }
      && windows.allSatisfy { window in
        goodness.count { $0 > goodness[window.output] } >= window.earliest
          && goodness.count { $0 < goodness[window.output] } >= goodness.count - window.end
      }
  }
}

private let preference = OutputPreference(better: .highest, tieOrder: [0, 1, 2, 3, 4])

/// Construction keeps the meaning: satisfiable iff some order is allowed, and the reduced constraint holds
/// of exactly the same weak orders.
@Test(arguments: UInt64(0)..<8)
func constructionKeepsTheMeaning(seed: UInt64) {
  var random = SplitMix64(seed: seed)
  let orders = permutations(of: 5)
  let weak = weakOrders(of: 5)
  for _ in 0..<150 {
    let literals = Literals(&random, outputs: 5)
    let constraint = OrderConstraint(
      outputCount: 5, precedences: literals.precedences, windows: literals.windows)
    #expect((constraint != nil) == orders.contains { literals.allow($0) })
    guard let constraint else { continue }
    for levels in weak {
      let holds = constraint.holds(of: levels.map { Float($0) }, by: preference)
      #expect(holds == literals.allow(levels), "\(levels) under \(literals)")
    }
    for precedence in constraint.precedences {
      #expect(constraint.earliest[precedence.before] < constraint.earliest[precedence.after])
      #expect(constraint.end[precedence.before] < constraint.end[precedence.after])
      // Reduced: no other path leads from one to the other.
      let others = constraint.precedences.filter { $0 != precedence }
      let reversed = others + [Precedence(before: precedence.after, after: precedence.before)]
      #expect(OrderConstraint(outputCount: 5, precedences: reversed, windows: []) != nil)
    }
    #expect(constraint.precedences == constraint.precedences.sorted())
    // Canonical: made again from its own literals it is the same.
    let again = OrderConstraint(
      outputCount: 5, precedences: constraint.precedences, windows: constraint.windows)
    #expect(again == constraint)
  }
}

/// No disjunct is implied by another, and together they hold of the same weak orders as the posts.
@Test(arguments: UInt64(0)..<8)
func disjunctsKeepTheMeaning(seed: UInt64) throws {
  var generator = SpecGenerator(seed: 9_000 + seed)
  let weak = weakOrders(of: 5)
  for _ in 0..<20 {
    let spec = generator.spec(outputCount: 5, propertyCount: 2)
    let compiled = try CompiledSpec(spec.source)
    let interface = compiled.spec.interfaces[0]
    let found = try disjuncts(satisfying: compiled.spec.properties.map(\.post), outputCount: 5)
    let oracle = Oracle(spec)
    for levels in weak {
      let scores = levels.map { Float($0) }
      let holds = found.contains { $0.holds(of: scores, by: interface.preference) }
      #expect(holds == oracle.holds([0, 1], ofGoodness: oracle.goodness(scores)), "\(levels)\n\(spec)")
    }
    // Orders without ties: none's are all another's.
    let orders = permutations(of: 5).map { $0.map { Float($0) } }
    let allowed = found.map { disjunct in
      orders.map { disjunct.holds(of: $0, by: interface.preference) }
    }
    for a in found.indices where found[a].windows.isEmpty {
      for b in found.indices where b != a && found[b].windows.isEmpty {
        let isSubset = zip(allowed[a], allowed[b]).allSatisfy { !$0 || $1 }
        #expect(!isSubset, "\(found[a]) implies \(found[b])\n\(spec)")
      }
    }
    #expect(found == found.sorted())
  }
}

@Test func conjoinedCardinalityLiteralsDoNotExpand() throws {
  // `a in top 5` of 100 and three `never choose`: one disjunct.
  let posts: [Post] = [
    .before(output: 0, end: 5), .all([.notBefore(output: 1, start: 1), .notBefore(output: 2, start: 1)]),
    .notBefore(output: 3, start: 1),
  ]
  let found = try disjuncts(satisfying: posts, outputCount: 100)
  #expect(found.count == 1)
  #expect(found[0].windows.map(\.output) == [0, 1, 2, 3])
}

/// Places imply pairs: what is first is above everything, everything is above what is last.
@Test func windowsImplyPrecedences() throws {
  let first = Post.any([.before(output: 0, end: 1), .precedes(above: 0, below: 3)])
  #expect(try disjuncts(satisfying: [first], outputCount: 5).map(\.precedences.count) == [1])
  let last = Post.any([.notBefore(output: 2, start: 4), .precedes(above: 1, below: 2)])
  #expect(try disjuncts(satisfying: [last], outputCount: 5).map(\.precedences.count) == [1])
  let neither = Post.any([.before(output: 0, end: 2), .precedes(above: 0, below: 3)])
  #expect(try disjuncts(satisfying: [neither], outputCount: 5).count == 2)
}

/// `some g in { 20 groups of 5 }: every g above every other` over 100 outputs.
private let superclassPost = Post.any(
  (0..<20).map { group in
    .all(
      (5 * group..<5 * group + 5).flatMap { above in
        (0..<100).filter { $0 / 5 != group }.map { Post.precedes(above: above, below: $0) }
      })
  })

@Test func superclassesAreTwentyDisjunctsOfAllPairs() throws {
  let clock = ContinuousClock()
  var found: [OrderConstraint] = []
  let time = try clock.measure { found = try disjuncts(satisfying: [superclassPost], outputCount: 100) }
  #expect(found.count == 20)
  #expect(found.allSatisfy { $0.precedences.count == 475 && $0.windows.isEmpty })
  // Well under 50 ms alone; generous for machines that run tests side by side.
  #expect(time < .seconds(1), "\(time)")
}

@Test func superclassRepairLiftsTheBestGroup() throws {
  let found = try disjuncts(satisfying: [superclassPost], outputCount: 100)
  let preference = OutputPreference(better: .highest, tieOrder: Array(0..<100))
  var scores = (0..<100).map { Float($0 * 37 % 101) }
  scores[42] = 1e8
  let repaired = repair(Ranking(of: scores, by: preference), under: found)
  #expect(repaired.order[0] == 42)
  #expect(Set(repaired.order[0..<5]) == Set(40..<45))
  #expect(found[repaired.disjunct].holds(of: repaired.scores, by: preference))
  #expect(repaired.scores.sorted() == scores.sorted())
}

@Test func tooManyDisjunctsAreAnError() {
  // Thirteen independent choices: 8,192 disjuncts.
  let posts = (0..<13).map { pair in
    Post.any([
      .precedes(above: 2 * pair, below: 2 * pair + 1), .precedes(above: 2 * pair + 1, below: 2 * pair),
    ])
  }
  #expect(throws: TooManyDisjuncts.self) { try disjuncts(satisfying: posts, outputCount: 26) }
  #expect(throws: Never.self) { try disjuncts(satisfying: Array(posts.prefix(8)), outputCount: 26) }
}

/// Deadlines that force a low-ranked output early (the earliest-deadline-first test): 3 must be in the
/// top 2 and below 2, so 2 comes first though it ranks third.
@Test func deadlinesLookAhead() throws {
  let constraint = try #require(
    OrderConstraint(
      outputCount: 5, precedences: [Precedence(before: 2, after: 3)],
      windows: [Window(output: 3, earliest: 0, end: 2)]))
  let preference = OutputPreference(better: .highest, tieOrder: [0, 1, 2, 3, 4])
  let repaired = repair(Ranking(of: [9, 8, 7, 6, 5], by: preference), under: [constraint])
  #expect(repaired.order == [2, 3, 0, 1, 4])
  #expect(repaired.scores == [7, 6, 9, 8, 5])
}
