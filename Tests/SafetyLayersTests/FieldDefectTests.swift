import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

// One test for each known mistake of the field's reference implementation that concerns guards and repair; what holds
// instead is in the article Guarantees.

private func makeLayer(_ members: String, outputs: Int = 3) throws -> SafetyLayer {
  let names = (0..<outputs).map { "o\($0)" }.joined(separator: ", ")
  let compiled = try CompiledSpec(
    """
    ordain 1
    spec "test" 1.0.0
    interface I {
      inputs {
        x : 1 in -100 .. 100
      }
      outputs { \(names) choose highest abstain when conflict }
    }
    network Net : I from "a"
    \(members)
    """)
  return try #require(compiled.layer, "\(compiled.diagnostics.text)")
}

/// Scores that satisfy the conjunction through another disjunct than the first are not "repaired".
@Test func scoresSafeByAnotherDisjunctAreNotRepaired() throws {
  let layer = try makeLayer("enforce p { when true then o0 above o1 above o2 or o2 above o1 above o0 }")
  for scores: [Float] in [[3, 2, 1], [1, 2, 3]] {
    let result = layer.decide(input: [0], rawScores: scores)
    #expect(result.status == .ok)
    #expect(result.scores == scores)
  }
}

@Test func aTieIsNotStrict() throws {
  let layer = try makeLayer("enforce p { when true then o1 above o0 }")
  let result = layer.decide(input: [0], rawScores: [5, 5, 1])
  #expect(result.status == .repaired)
  #expect(result.scores[1] > result.scores[0])
  #expect(result.scores == [Float(5).nextDown, 5, 1])
  // Signed zeros are a tie as well.
  let zeros = layer.decide(input: [0], rawScores: [-0.0, 0.0, -1])
  #expect(zeros.status == .repaired)
  #expect(zeros.scores[1] > zeros.scores[0])
}

/// Forty properties, all active together, and each alone.
@Test func fortyPropertiesDoNotOverflow() throws {
  let members = (0..<40).map { "enforce p\($0) { when x >= \($0) then o\($0) above o\($0 + 1) }" }
  let layer = try makeLayer(members.joined(separator: "\n"), outputs: 41)
  #expect(layer.table.rows.count == 41)
  let ascending = (0..<41).map { Float($0) }
  let result = layer.decide(input: [50], rawScores: ascending)
  #expect(result.status == .repaired)
  #expect(result.activation.active == Array(0..<40))
  #expect(result.choice == 0)
  #expect(result.scores == ascending.reversed())
  let one = layer.decide(input: [0.5], rawScores: ascending)
  #expect(one.activation.active == [0])
  #expect(one.choice == 40)
  #expect(layer.decide(input: [-1], rawScores: ascending).status == .ok)
}

/// Twenty binary choices around a cycle: 2^20 combinations of disjuncts, refused in no time since the
/// contradiction is found as literals accumulate.
@Test func unsatisfiableSetsAreNotExponential() throws {
  // Property i: o_i above o_i+1, or o_i+1 in top 1 and o_i in top 1 (never); so a cycle remains.
  let members = (0..<20).map { index in
    let next = (index + 1) % 20
    return "enforce p\(index) { when true then o\(index) above o\(next) or "
      + "(o\(next) in top 1 and o\(index) in top 1) }"
  }
  let time = try ContinuousClock().measure {
    let layer = try makeLayer(members.joined(separator: "\n"), outputs: 20)
    let emptyRows = layer.table.rows.filter { $0.disjuncts.isEmpty }
    #expect(emptyRows.count == 1)
    let result = layer.decide(input: [0], rawScores: [Float](repeating: 0, count: 20))
    #expect(result.status == .abstained(.conflict))
  }
  #expect(time < .seconds(10), "\(time)")
}

/// Abstaining is a tag: no size of scores absorbs it, and none is mistaken for it.
@Test(arguments: [1e8, 1e30, Float.greatestFiniteMagnitude])
func abstainingIsATagAtEverySize(size: Float) throws {
  let layer = try makeLayer(
    "enforce p { when x >= 10 then choose o0 }\nenforce q { when x >= 10 then choose o1 }")
  let scores: [Float] = [size, -size, size.nextDown]
  let conflict = layer.decide(input: [10], rawScores: scores)
  #expect(conflict.status == .abstained(.conflict))
  #expect(conflict.choice == -1)
  #expect(conflict.scores.allSatisfy { $0.isNaN })
  #expect(layer.decide(input: [9], rawScores: scores).scores == scores)
}

@Test func strangeInputsAbstainInsteadOfSwitchingPropertiesOff() throws {
  let layer = try makeLayer("enforce p { when x in -1 .. 1 then choose o0 }")
  let cases: [(Float, AbstentionReason)] = [
    (.nan, .nanInput), (.signalingNaN, .nanInput), (.infinity, .infiniteInput), (-.infinity, .infiniteInput),
    (101, .outOfDomainInput), (Float(-100).nextDown, .outOfDomainInput),
  ]
  for (input, reason) in cases {
    let result = layer.decide(input: [input], rawScores: [1, 2, 3])
    #expect(result.status == .abstained(reason))
    #expect(result.choice == -1)
    #expect(result.activation.active.isEmpty)
  }
  for score in [Float.nan, .infinity, -.infinity] {
    #expect(layer.decide(input: [0], rawScores: [1, score, 3]).status == .abstained(.nonFiniteScore))
  }
  #expect(layer.decide(input: [0], rawScores: [1, 2, 3]).choice == 0)
}

/// Of several strange inputs the first decides.
@Test func theFirstStrangeInputDecides() throws {
  let compiled = try CompiledSpec(
    """
    ordain 1
    spec "test" 1.0.0
    interface I {
      inputs {
        x[3] : 1 in 0 .. 1
      }
      outputs { a, b choose highest }
    }
    network Net : I from "a"
    enforce p { when true then choose a }
    """)
  let layer = try #require(compiled.layer)
  #expect(layer.refusal(of: [2, .nan, .infinity])?.reason == .outOfDomainInput)
  #expect(layer.refusal(of: [1, .infinity, .nan])?.reason == .infiniteInput)
  #expect(layer.refusal(of: [1, .infinity, .nan])?.input == 1)
  #expect(layer.refusal(of: [1, 0, -0.0]) == nil)
}
