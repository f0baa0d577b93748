import CodeGeneration
import Diagnostics
import Foundation
import SafetyLayers
import TestSupport
import Testing

// Programs without what is proved of their networks: the same results, from less code.

@Test(arguments: 0..<UInt64(sampleCount(8, full: 80))) func whatIsDroppedChangesNoResult(batch: UInt64) throws
{
  for seed in batch * 25..<(batch + 1) * 25 {
    let programs = try ProvedProgram(seed: seed, count: 300)
    for input in programs.inputs {
      let (expected, found) = (programs.original.infer(input), programs.dropped.infer(input))
      #expect(Outcome(found) == Outcome(expected), "seed \(seed), input \(input)")
    }
  }
}

/// Comparing says something only if properties are dropped from rows of all kinds, and rows are met that are repaired,
/// that conflict and of which something is certified.
@Test func provedProgramsAreVaried() throws {
  var counts: [String: Int] = [:]
  for seed in 0..<200 as Range<UInt64> {
    let programs = try ProvedProgram(seed: seed, count: 100)
    let (original, dropped) = (programs.original, programs.dropped)
    for guarded in dropped.guards {
      switch guarded.enforcement {
      case .repair: counts["repair", default: 0] += 1
      case .proof: counts["proof", default: 0] += 1
      case .proofAndRepair: counts["proof and repair", default: 0] += 1
      }
    }
    for (row, old) in zip(dropped.table.rows, original.table.rows) where row.disjuncts != old.disjuncts {
      counts["rows", default: 0] += 1
    }
    if !original.table.rows.allSatisfy({ $0.isFree || $0.disjuncts.isEmpty }),
      dropped.table.rows.allSatisfy({ $0.isFree || $0.disjuncts.isEmpty })
    {
      counts["no repair", default: 0] += 1
    }
    for input in programs.inputs {
      let result = dropped.infer(input)
      if result.status == .repaired { counts["repaired", default: 0] += 1 }
      if result.status == .abstained(.conflict) { counts["conflict", default: 0] += 1 }
      if result.certified.contains(true), !result.activation.active.isEmpty {
        counts["certified", default: 0] += 1
      }
    }
  }
  for kind in ["repair", "proof", "proof and repair", "rows", "no repair"] {
    #expect(counts[kind, default: 0] >= 10, "\(kind): \(counts)")
  }
  for kind in ["repaired", "conflict", "certified"] {
    #expect(counts[kind, default: 0] >= 200, "\(kind): \(counts)")
  }
}

@Test(arguments: 0..<UInt64(sampleCount(20, full: 200))) func emittedProvedProgramsAgree(seed: UInt64) throws
{
  let programs = try ProvedProgram(seed: seed, count: 200)
  let harness = try EmittedHarness(programs.dropped)
  for build in twoBuilds(Int(seed)) {
    try expectAgreement(harness, build, seed: seed, count: 200)
    let executable = try harness.folder.executable("main.c", build)
    for (input, outcome) in zip(programs.inputs, try harness.infer(programs.inputs, executable: executable)) {
      #expect(outcome == Outcome(programs.original.infer(input)), "\(build), seed \(seed), input \(input)")
    }
  }
}

@Test func swiftAgreesOnProvedPrograms() throws {
  let programs = try (40..<46).map { try ProvedProgram(seed: $0, count: 100).dropped }
  try expectAgreement(SwiftHarness(programs), ["-O"], seed: 7, count: 300)
}

// MARK: The files

private func exampleProgram(proved: [Int]) throws -> SafetyProgram {
  try #require(programs(ofSpec: exampleSpec).first).droppingProvedProperties(
    proved.map { ProvedProperty(property: $0, evidence: ContentHash(of: [UInt8($0)])) })
}

/// `closing` and `calm` are proved. A repair of `near` could break `closing`, which stays.
@Test func theHeaderSaysHowEachPropertyIsEnforced() throws {
  let emitted = emit(
    try exampleProgram(proved: [1, 2]), compilerVersion: "0.0.0",
    prefix: try ProgramPrefix(checking: "brake_assist_proved"))
  let path = packageRoot + "/Tests/CodeGenerationTests/Golden/" + emitted.header.name
  if ProcessInfo.processInfo.environment["ORDAIN_ACCEPT"] == "1" {
    try Data(emitted.header.contents).write(to: URL(filePath: path))
  }
  let golden = try String(contentsOfFile: path, encoding: .utf8)
  #expect(
    String(decoding: emitted.header.contents, as: UTF8.self) == golden,
    "\(emitted.header.name) differs; read the difference, then run the test with ORDAIN_ACCEPT=1")
}

@Test func swiftSaysHowEachPropertyIsEnforced() throws {
  let emitted = emit(
    try exampleProgram(proved: [1, 2]), compilerVersion: "0.0.0", options: EmissionOptions(language: .swift))
  let text = String(decoding: emitted.source.contents, as: UTF8.self)
  for line in [
    "enforced by repair\n", "enforced by repair, since a repair of another property could break it",
    "proved of the network, proof SHA-256", ContentHash(of: [1]).description,
    ContentHash(of: [2]).description,
  ] {
    #expect(text.contains(line), "\(line)")
  }
}

/// Contracts state the meaning of properties where nothing is repaired, too.
@Test func contractsOfWhatIsProvedAreKept() throws {
  let text = exampleSpec.replacing("ties prefer stop, brake", with: "")
    .replacing("stop not in top 2", with: "never choose stop")
  for proved in [[], [0, 1, 2]] {
    let program = try #require(programs(ofSpec: text).first).droppingProvedProperties(
      proved.map { ProvedProperty(property: $0, evidence: ContentHash(of: [UInt8($0)])) })
    let emitted = emit(program, compilerVersion: "0.0.0")
    let source = String(decoding: emitted.source.contents, as: UTF8.self)
    #expect(source.contains("\(emitted.prefix)_row_holds(") == proved.isEmpty)
    for property in 0..<3 {
      let post = "\(emitted.prefix)_post_\(property)"
      #expect(source.contains("/*@ predicate \(post)(float *scores) ="))
      #expect(source.contains("==> \(post)(&result->scores[0])"))
    }
  }
}

/// With all properties proved the network's scores are given, but nothing else gets through.
@Test func aNetworkThatKeepsEverythingNeedsNoRepair() throws {
  let original = try #require(programs(ofSpec: exampleSpec).first)
  let program = try exampleProgram(proved: [0, 1, 2])
  let emitted = emit(program, compilerVersion: "0.0.0")
  let source = String(decoding: emitted.source.contents, as: UTF8.self)
  // Nothing is said of repairs that there are none of.
  let header = String(decoding: emitted.header.contents, as: UTF8.self)
  #expect(header.contains("nothing is repaired") && !header.contains("are repaired"))
  for function in ["repair", "row_holds", "rank_outputs", "to_worse"] {
    #expect(!source.contains("\(emitted.prefix)_\(function)("), "\(function)")
  }
  #expect(emitted.source.contents.count < emit(original, compilerVersion: "0.0.0").source.contents.count)
  let refused: [([Float], AbstentionReason)] = [
    ([.nan, 1], .nanInput), ([1, .infinity], .infiniteInput), ([1, 201], .outOfDomainInput),
  ]
  for (input, reason) in refused { #expect(program.infer(input).status == .abstained(reason)) }
  let result = program.decide(input: [1, 1], rawScores: [.nan, 0, 1, 2])
  #expect(result.status == .abstained(.nonFiniteScore))
  let near = program.decide(input: [10, 5], rawScores: [0, 1, 2, 3])
  #expect(near.activation == original.decide(input: [10, 5], rawScores: [0, 1, 2, 3]).activation)
  #expect(near.activation.active == [0, 1])
}

@Test func theSameProofsGiveTheSameBytes() throws {
  let one = emit(try exampleProgram(proved: [2, 0]), compilerVersion: "0.0.0")
  let other = emit(try exampleProgram(proved: [0, 2]), compilerVersion: "0.0.0")
  #expect(one.files.map(\.contents) == other.files.map(\.contents))
  let none = emit(try exampleProgram(proved: []), compilerVersion: "0.0.0")
  let plain = emit(try #require(programs(ofSpec: exampleSpec).first), compilerVersion: "0.0.0")
  #expect(none.files.map(\.contents) == plain.files.map(\.contents))
}
