import CodeGeneration
import SafetyLayers
import TestSupport
import Testing

// Certified heads in emitted code against the reference inference, bit for bit.

@Test(arguments: 0..<UInt64(sampleCount(36, full: 360))) func certificatesAgree(seed: UInt64) throws {
  let harness = try EmittedHarness(RandomProgram.certified(seed: seed))
  for build in twoBuilds(Int(seed)) { try expectAgreement(harness, build, seed: seed, count: 300) }
}

@Test(arguments: 0..<UInt64(sampleCount(18, full: 180)))
func loopInterpreterAgreesOnCertificates(seed: UInt64) throws {
  let harness = try EmittedHarness(RandomProgram.certified(seed: seed))
  var vectors = Vectors(harness.program, seed: seed)
  let inputs = (0..<50).map { _ in vectors.input() }
  for (input, outcome) in zip(inputs, try harness.interpret(inputs)) {
    #expect(outcome == Outcome(harness.program.infer(input)), "seed \(seed), input \(input)")
  }
}

@Test(arguments: 0..<UInt64(sampleCount(1, full: 6))) func swiftAgreesOnCertificates(batch: UInt64) throws {
  let programs = try (0..<6).map { try RandomProgram.certified(seed: 6 * batch + $0) }
  try expectAgreement(SwiftHarness(programs), ["-O"], seed: batch, count: 300)
}

/// Comparing bits says something only if all kinds of answers are among them.
@Test func generatedProgramsCertifyAndDoNot() throws {
  var counts: [String: Int] = [:]
  for seed in 0..<36 as Range<UInt64> {
    let program = try RandomProgram.certified(seed: seed)
    let kind = program.guards.isEmpty ? "free" : "guarded"
    var vectors = Vectors(program, seed: seed)
    for _ in 0..<300 {
      let result = program.decide(input: vectors.admitted(), rawScores: vectors.raw())
      for (clause, isCertified) in zip(program.certification.clauses, result.certified) {
        counts["\(kind) \(isCertified)", default: 0] += 1
        if isCertified, clause.clause.places > 1 { counts["\(kind) several", default: 0] += 1 }
        if isCertified, result.status == .repaired { counts["repaired", default: 0] += 1 }
      }
      if result.status == .abstained(.uncertified) { counts["uncertified", default: 0] += 1 }
    }
  }
  for kind in [
    "free true", "free false", "free several", "guarded true", "guarded false", "guarded several", "repaired",
    "uncertified",
  ] {
    #expect(counts[kind, default: 0] >= 100, "\(kind): \(counts)")
  }
}

/// The self-check knows the certificates, and compilers find nothing to say; with sanitizers, nor do they.
@Test(arguments: [1, 2, 3, 4] as [UInt64]) func certifiedProgramsCheckThemselves(seed: UInt64) throws {
  let emitted = try emit(
    RandomProgram.certified(seed: seed), compilerVersion: "test", options: EmissionOptions(hasBatch: true))
  let folder = try CFolder(emitted.files.map { ($0.name, $0.contents) })
  let sources = [emitted.source.name, "\(emitted.prefix)_selfcheck.c"]
  let strict = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wconversion", "-Wshadow"]
  for (compiler, options) in [
    ("gcc", ["-O2"]), ("gcc", ["-O3"]), ("clang", ["-O2"]),
    ("clang", ["-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]),
  ] {
    try folder.run(compiler, strict + options + sources + ["-o", "check"])
    try folder.run("./check", [])
  }
}
