import CodeGeneration
import Diagnostics
import NetworkIR
import SafetyLayers
import TestSupport
import Testing

// Emitted Swift against the interpreter, bit for bit, and what compilers say about it.

/// Compares all programs of a harness with the interpreter on `count` vectors of each kind.
func expectAgreement(
  _ harness: SwiftHarness, _ flags: [String], seed: UInt64, count: Int
) throws {
  let executable = try harness.executable(flags)
  for (number, program) in harness.programs.enumerated() {
    var vectors = Vectors(program, seed: seed)
    let inputs = (0..<count).map { _ in vectors.input() }
    let results = try harness.infer(number, inputs, executable: executable)
    #expect(results.count == inputs.count)
    for (input, outcome) in zip(inputs, results) {
      #expect(outcome == Outcome(program.infer(input)), "program \(number), seed \(seed), input \(input)")
    }
    let cases = (0..<count).map { _ in (input: vectors.admitted(), raw: vectors.raw()) }
    let outcomes = try harness.decide(number, cases, executable: executable)
    #expect(outcomes.count == cases.count)
    for (given, outcome) in zip(cases, outcomes) {
      let expected = Outcome(program.decide(input: given.input, rawScores: given.raw))
      #expect(outcome == expected, "program \(number), seed \(seed), \(given)")
    }
  }
}

@Test(arguments: 0..<UInt64(sampleCount(2, full: 20))) func swiftAgreesWithTheInterpreter(batch: UInt64)
  throws
{
  let programs = try (0..<8).map { try RandomProgram.make(seed: 3000 + 8 * batch + $0) }
  try expectAgreement(SwiftHarness(programs), ["-O"], seed: batch, count: 300)
}

/// A debug build takes other paths through the compiler: nothing is inlined or folded.
@Test func swiftDebugBuildAgrees() throws {
  let programs = try [3100, 3102].map { try RandomProgram.make(seed: $0) }
  try expectAgreement(SwiftHarness(programs + [manyWeights(seed: 1)]), ["-Onone"], seed: 1, count: 100)
}

@Test func swiftCaseStudiesAgree() throws {
  var programs = [try CaseStudyPrograms.cartpole().program(0), try manyWeights(seed: 2)]
  if let acasXu = try CaseStudyPrograms.acasXu() { programs += try [0, 8].map { try acasXu.program($0) } }
  try expectAgreement(SwiftHarness(programs), ["-O"], seed: 5, count: sampleCount(200, full: 1000))
}

/// A program whose tables are cut into segments.
private func manyWeights(seed: UInt64) throws -> SafetyProgram {
  let program = try RandomProgram.make(seed: seed)
  var generator = SplitMix64(seed: seed)
  let widths = [program.interface.inputs.count, 110, 203, program.interface.outputs.count]
  var nodes: [Node] = []
  for (inputs, outputs) in zip(widths, widths.dropFirst()) {
    func floats(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
    }
    nodes.append(
      Node(
        name: "dense",
        operation: .affine(
          Affine(
            inputCount: inputs, outputCount: outputs, weights: floats(inputs * outputs),
            bias: floats(outputs))),
        operands: [ValueID(index: nodes.count)], shape: .vector(outputs)))
  }
  return SafetyProgram(
    specName: program.specName, specVersion: program.specVersion, specHash: program.specHash,
    networkName: program.networkName, interface: program.interface,
    network: try Network(
      identity: program.network.identity, inputShape: .vector(widths[0]), nodes: nodes,
      output: ValueID(index: nodes.count), semantics: program.network.semantics),
    guards: program.guards, table: program.table)
}

/// Embedded Swift: no runtime, so an allocation, a class or an existential does not compile.
private let embedded = [
  "-O", "-wmo", "-parse-as-library", "-enable-experimental-feature", "Embedded", "-swift-version", "6",
  "-warnings-as-errors", "-Xfrontend", "-disable-stack-protector", "-Xfrontend", "-function-sections",
  "-Xfrontend", "-no-allocations",
]

/// Swift says at the top what C's header says: what was proved and what a call costs.
@Test func swiftRecordsTheProof() throws {
  let program = EmittableProgram(try #require(programs(ofSpec: exampleSpec).first))
  func lines(_ language: EmissionLanguage) -> [String] {
    let emitted = emit(program, compilerVersion: "test", options: EmissionOptions(language: language))
    let file = emitted[.header] ?? emitted.source
    return String(decoding: file.contents, as: UTF8.self).split(separator: "\n").map {
      String($0.drop { "/* ".contains($0) })
    }
  }
  let (header, swift) = (lines(.c), lines(.swift))
  let proof = try #require(header.firstIndex { $0.hasPrefix("Proved when this was compiled, by ") })
  let cost = try #require(header.firstIndex { $0.hasPrefix("Cost of one inference") })
  #expect(proof < cost && cost < header.count - 3)
  for line in header[proof...cost + 2] { #expect(swift.contains(line), "\(line)") }
}

/// On a bare machine the code needs nothing but functions that fill and copy memory, and writes no memory of its
/// own: its tables are read-only.
@Test func embeddedSwiftNeedsNothing() throws {
  let programs = [
    try CaseStudyPrograms.cartpole().program(0), try manyWeights(seed: 2),
    // Heads, without and with guards.
    try RandomProgram.certified(seed: 3), try RandomProgram.certified(seed: 4),
  ]
  let harness = try SwiftHarness(programs)
  for (number, file) in harness.files.enumerated() {
    let type = file.name.dropLast(".swift".count)
    let source =
      file.contents
      + Array(
        """

        @c public func door\(number)(_ input: UnsafePointer<Float>) -> Float { \(type).infer(input).scores[0] }

        """.utf8)
    let folder = try CFolder([("network.swift", source)])
    try folder.run("swiftc", embedded + ["-c", "network.swift", "-o", "network.o"])
    let symbols = String(decoding: try folder.run("nm", ["network.o"]), as: UTF8.self)
    for line in symbols.split(separator: "\n") {
      let fields = line.split(separator: " ")
      let (kind, name) = (fields[fields.count - 2], String(fields[fields.count - 1]))
      if kind == "U" {
        #expect(["memcpy", "memset", "memmove", "memclr"].contains { name.contains($0) }, "\(name)")
      }
      if kind.lowercased() == "b" || kind.lowercased() == "d" {
        #expect(!name.contains(type), "\(name) is writable")
      }
    }
  }
}
