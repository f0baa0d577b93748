import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// Two inputs in ft, three scores: x/10, y/10 and 1, by an affine map of normalised inputs.
private func makeProgram(inputs: Int = 2, outputs: Int = 3) throws -> SafetyProgram {
  let compiled = try CompiledSpec(
    """
    ordain 1
    spec "why" 2.1.0
    interface I {
      inputs {
        x : ft in 0 .. 100 normalize (x - 50) / 10
        y : ft in 0 .. 100 normalize y / 10
      }
      outputs { a, b, c choose highest }
    }
    network Net : I from "a"
    enforce p1 "near" { when x <= 20 ft and (y >= 50 ft or x + 2 * y >= 30 ft) then choose c }
    enforce p2 "far" { when raw choice in { b } then b above c }
    enforce p3 { when x <= 10 ft then never choose a }
    p1 overrides p2
    """)
  var weights = [Float](repeating: 0, count: inputs * outputs)
  weights[0] = 1
  weights[outputs + 1] = 1
  var bias = [Float](repeating: 0, count: outputs)
  bias[outputs - 1] = 1
  let network = try Network(
    identity: ModelIdentity(name: "affine", format: "nnet", hash: ContentHash(of: [])),
    inputShape: .vector(inputs),
    nodes: [
      Node(
        name: "scores",
        operation: .affine(Affine(inputCount: inputs, outputCount: outputs, weights: weights, bias: bias)),
        operands: [.networkInput], shape: .vector(outputs))
    ], output: .result(ofNodeAt: 0))
  let table = try #require(compiled.analysis.networks[0].table, "\(compiled.diagnostics.text)")
  return try compose(compiled.spec, compiled.spec.networks[0], with: network, table: table)
}

@Test func anExplanationShowsEveryStep() throws {
  let program = try makeProgram()
  #expect(program.specName == "why")
  #expect(program.networkName == "Net")
  let explanation = program.explain([20, 60])
  #expect(explanation.normalizedInput == [-3, 6])
  #expect(explanation.rawScores == [-3, 6, 1])
  #expect(explanation.rawRanking == [1, 2, 0])
  #expect(explanation.properties.map(\.name) == ["p1", "p2", "p3"])
  #expect(explanation.properties.map(\.condition.holds) == [true, true, false])
  #expect(explanation.properties.map(\.overriddenBy) == [[], [0], []])
  #expect(explanation.properties.map(\.isActive) == [true, false, false])
  let atoms = explanation.properties[0].condition.atoms
  #expect(atoms.map(\.holds) == [true, true, true])
  #expect(
    atoms.map(\.actual) == [.input(0, value: 20), .input(1, value: 60), .sum(Rational(140))])
  #expect(explanation.properties[1].condition.atoms.map(\.actual) == [.rawChoice(1)])
  #expect(explanation.outcome == .repaired(disjunct: 0))
  #expect(explanation.result == program.infer([20, 60]))
  #expect(explanation.result.scores == [-3, 1, 6])
  #expect(explanation.finalRanking == [2, 1, 0])
  #expect(explanation.row.map { program.table.rows[$0].activation.active } == [0])
}

@Test func keptScoresNameTheDisjunctThatHeld() throws {
  let explanation = try makeProgram().explain([60, 40])
  #expect(explanation.rawScores == [1, 4, 1])
  #expect(explanation.properties.map(\.isActive) == [false, true, false])
  #expect(explanation.outcome == .kept(disjunct: 0))
  #expect(explanation.result.status == .ok)
}

@Test func aRefusedInputIsNamed() throws {
  let explanation = try makeProgram().explain([50, .nan])
  #expect(explanation.refusedInput == 1)
  #expect(explanation.outcome == .abstained(.nanInput))
  #expect(explanation.normalizedInput.isEmpty)
  #expect(explanation.rawScores.isEmpty)
  #expect(explanation.properties.isEmpty)
  #expect(explanation.row == nil)
  #expect(explanation.finalRanking.isEmpty)
}

@Test func aModelOfAnotherShapeDoesNotBind() throws {
  let error = #expect(throws: DiagnosticSet.self) { try makeProgram(inputs: 3, outputs: 4) }
  let found = try #require(error).diagnostics
  #expect(found.map(\.code) == [.inputCountMismatch, .outputCountMismatch])
  #expect(found[0].problem == "the model of `Net` takes 3 inputs, but `interface I` declares 2")
  #expect(found[1].problem == "the model of `Net` has 4 outputs, but `interface I` declares 3")
}

@Test func aRegressorIsNoClassifier() throws {
  let error = #expect(throws: DiagnosticSet.self) { try makeProgram(inputs: 3, outputs: 1) }
  let diagnostics = try #require(error).diagnostics
  let found = try #require(diagnostics.last)
  #expect(found.code == .outputCountMismatch)
  #expect(found.problem == "the model of `Net` has 1 output, but `interface I` declares 3")
  #expect(found.cure == "a classifier has at least two outputs to order")
}
