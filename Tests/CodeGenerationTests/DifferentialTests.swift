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

/// Two builds for a case: one of gcc, one of clang, other ones from case to case.
func twoBuilds(_ number: Int) -> [CBuild] {
  let half = CBuild.all.count / 2
  return [CBuild.all[number % half], CBuild.all[half + (number * 3) % half]]
}

@Test(arguments: 0..<UInt64(sampleCount(40, full: 600))) func agreesWithTheInterpreter(seed: UInt64) throws {
  for build in twoBuilds(Int(seed)) {
    try expectAgreement(EmittedHarness(RandomProgram.make(seed: seed)), build, seed: seed, count: 500)
  }
}

@Test(arguments: 0..<UInt64(sampleCount(40, full: 600))) func loopInterpreterAgrees(seed: UInt64) throws {
  try expectInterpreted(EmittedHarness(RandomProgram.make(seed: seed)), seed: seed, count: 50)
}

@Test func loopInterpreterAgreesOnCaseStudies() throws {
  try expectInterpreted(
    EmittedHarness(CaseStudyPrograms.cartpole().program(0)), seed: 5, count: sampleCount(100, full: 1000))
  guard let acasXu = try CaseStudyPrograms.acasXu() else { return }
  for network in [0, 8, 44] {
    try expectInterpreted(
      EmittedHarness(acasXu.program(network)), seed: 6, count: sampleCount(20, full: 1000))
  }
}

private func expectInterpreted(_ harness: EmittedHarness, seed: UInt64, count: Int) throws {
  var vectors = Vectors(harness.program, seed: seed)
  let inputs = (0..<count).map { _ in vectors.input() }
  for (input, outcome) in zip(inputs, try harness.interpret(inputs)) {
    #expect(outcome == Outcome(harness.program.infer(input)), "seed \(seed), input \(input)")
  }
}

@Test(arguments: CBuild.all) func everyBuildGivesTheSameBits(build: CBuild) throws {
  for seed in [3, 1001] as [UInt64] {
    try expectAgreement(EmittedHarness(RandomProgram.make(seed: seed)), build, seed: seed, count: 200)
  }
  try expectAgreement(
    EmittedHarness(CaseStudyPrograms.cartpole().program(0)), build, seed: 5,
    count: sampleCount(200, full: 1000))
  if let acasXu = try CaseStudyPrograms.acasXu() {
    try expectAgreement(
      EmittedHarness(acasXu.program(0)), build, seed: 6, count: sampleCount(200, full: 1000))
  }
}

/// The other 44 ACAS Xu networks.
@Test(arguments: 1..<45) func acasXuAgrees(network: Int) throws {
  guard let acasXu = try CaseStudyPrograms.acasXu() else { return }
  for build in twoBuilds(network) {
    try expectAgreement(EmittedHarness(acasXu.program(network)), build, seed: UInt64(network), count: 200)
  }
}

/// The same through parser, checker and solver: specifications of every form that the language has, twenty
/// of them under every build.
@Test(arguments: 0..<UInt64(sampleCount(40, full: 240))) func generatedSpecificationsAgree(seed: UInt64)
  throws
{
  var generator = SpecGenerator(seed: seed)
  let harness = try EmittedHarness(try #require(try programs(ofSpec: generator.spec().text).first))
  for build in seed < 20 ? CBuild.all : twoBuilds(Int(seed)) {
    try expectAgreement(harness, build, seed: seed, count: 300)
  }
}
