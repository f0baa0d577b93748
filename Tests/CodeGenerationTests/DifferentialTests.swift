import SafetyLayers
import TestSupport
import Testing

// Emitted C against the interpreter, bit for bit.

/// Compares one build with the interpreter on `count` vectors of each kind.
func expectAgreement(_ harness: EmittedHarness, _ build: CBuild, seed: UInt64, count: Int) throws {
  let executable = try harness.folder.executable("main.c", build)
  let program = harness.program
  var vectors = Vectors(program, seed: seed)
  let inputs = (0..<count).map { _ in vectors.input() }
  let results = try harness.infer(inputs, executable: executable)
  #expect(results.count == inputs.count)
  for (input, outcome) in zip(inputs, results) {
    #expect(outcome == Outcome(program.infer(input)), "\(build), seed \(seed), input \(input)")
  }
  let cases = (0..<count).map { _ in (input: vectors.admitted(), raw: vectors.raw()) }
  let outcomes = try harness.decide(cases, executable: executable)
  #expect(outcomes.count == cases.count)
  for (given, outcome) in zip(cases, outcomes) {
    let expected = Outcome(program.decide(input: given.input, rawScores: given.raw))
    #expect(outcome == expected, "\(build), seed \(seed), input \(given.input), raw \(given.raw)")
  }
}

@Test(arguments: 0..<UInt64(sampleCount(40, full: 600))) func agreesWithTheInterpreter(seed: UInt64) throws {
  let harness = try EmittedHarness(RandomProgram.make(seed: seed))
  let build = CBuild.all[Int(seed) % CBuild.all.count]
  try expectAgreement(harness, build, seed: seed, count: 500)
}

@Test(arguments: CBuild.all) func everyBuildGivesTheSameBits(build: CBuild) throws {
  for seed in [3, 1001] as [UInt64] {
    try expectAgreement(EmittedHarness(RandomProgram.make(seed: seed)), build, seed: seed, count: 200)
  }
}

/// The same through parser, checker and solver: specifications of every form that the language has.
@Test(arguments: 0..<UInt64(sampleCount(24, full: 240))) func generatedSpecificationsAgree(seed: UInt64)
  throws
{
  var generator = SpecGenerator(seed: seed)
  let program = try #require(try programs(ofSpec: generator.spec().text).first)
  let build = CBuild.all[Int(seed * 7) % CBuild.all.count]
  try expectAgreement(EmittedHarness(program), build, seed: seed, count: 300)
}
