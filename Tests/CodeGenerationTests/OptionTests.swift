import CodeGeneration
import Diagnostics
import Foundation
import NetworkIR
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

// No option changes a bit.

@Test(arguments: OptionCase.sampled) func optionsKeepTheBits(option: OptionCase) throws {
  for (seed, compiler) in [(UInt64(900), "gcc"), (UInt64(901), "clang")] {
    let original = try RandomProgram.make(seed: seed)
    let program = EmittableProgram(
      SafetyProgram(
        specName: original.specName, specVersion: original.specVersion, specHash: original.specHash,
        networkName: original.networkName, interface: original.interface,
        network: original.network.rounding(as: option.semantics), guards: original.guards,
        table: original.table))
    let harness = try OptionHarness(
      program, option.options, activeWords: ActivationSet.wordCount(forProperties: original.guards.count))
    let executable = try harness.build("main.c", compiler, ["-O2"] + option.flags)
    var vectors = Vectors(original, seed: seed)
    let inputs = (0..<200).map { _ in vectors.input() }
    let outcomes = try harness.infer(inputs, executable)
    #expect(outcomes.count == inputs.count)
    for (input, outcome) in zip(inputs, outcomes) { #expect(outcome == Outcome(program.infer(input))) }
    try harness.folder.run(
      harness.build(harness.emitted[.selfCheck]?.name ?? "", compiler, ["-O2"] + option.flags), [])
  }
}

/// The ways of rounding differ, so that the test above would see one in the place of another.
@Test(arguments: [
  (FloatSemantics.contractOff, FloatSemantics.fma), (.contractOff, .binary64Sums), (.fma, .binary64Sums),
])
func waysOfRoundingGiveOtherBits(one: FloatSemantics, other: FloatSemantics) throws {
  let network = try RandomProgram.make(seed: 900).network.rounding(as: one)
  let rounded = network.rounding(as: other)
  var generator = SplitMix64(seed: 1)
  let inputs = (0..<50).map { _ in
    (0..<network.inputCount).map { _ in Float.random(in: -1...1, using: &generator) }
  }
  #expect(inputs.contains { network.evaluate($0) != rounded.evaluate($0) })
}

// MARK: Networks without specification

/// The expected result by the network's evaluation and a search of its own.
private func expected(_ network: Network, _ better: Better, _ input: [Float]) -> Outcome {
  let scores = input.allSatisfy(\.isFinite) ? network.evaluate(input) : []
  let nan = Float.nan.bitPattern
  let refused: Int32? =
    input.first { !$0.isFinite }.map { $0.isNaN ? 1 : 2 } ?? (scores.allSatisfy(\.isFinite) ? nil : 4)
  if let refused {
    return Outcome(
      words: [UInt32](repeating: nan, count: network.outputCount) + [.max, 2, UInt32(refused)],
      outputs: network.outputCount)
  }
  let best = better == .highest ? scores.max() : scores.min()
  let choice = scores.firstIndex { $0 == best } ?? -1
  return Outcome(
    words: scores.map(\.bitPattern) + [UInt32(choice), 0, 0], outputs: network.outputCount)
}

@Test(arguments: 0..<UInt64(sampleCount(6, full: 40)), [Better.highest, .lowest])
func plainNetworksAgree(seed: UInt64, better: Better) throws {
  var generator = SplitMix64(seed: seed)
  // One output is a regressor's.
  let sizes = [Int(seed % 5) + 1, 20, seed % 3 == 0 ? 1 : Int(seed % 7) + 2]
  let network = try denseNetwork(sizes, seed: seed)
  let options = EmissionOptions(
    weights: WeightPlacement.allCases[Int(seed) % 3], scratch: ScratchPlacement.allCases[Int(seed / 3) % 3])
  let harness = try OptionHarness(
    EmittableProgram(PlainNetwork(name: "plain \(seed)", network: network, better: better)), options,
    activeWords: 0)
  let executable = try harness.build("main.c", seed % 2 == 0 ? "gcc" : "clang", ["-O2"])
  let inputs = (0..<300).map { _ in
    (0..<network.inputCount).map { _ -> Float in
      Int.random(in: 0..<8, using: &generator) == 0
        ? Vectors.hostile[Int.random(in: 0..<Vectors.hostile.count, using: &generator)]
        : Float.random(in: -3...3, using: &generator)
    }
  }
  for (input, outcome) in zip(inputs, try harness.infer(inputs, executable)) {
    #expect(outcome == expected(network, better, input), "\(input)")
  }
  try harness.folder.run(harness.build(harness.emitted[.selfCheck]?.name ?? "", "gcc", ["-O2"]), [])
}

@Test func plainHeadersSayThatNothingIsEnforced() throws {
  let network = try denseNetwork([3, 4, 2], seed: 1)
  let emitted = emit(
    EmittableProgram(PlainNetwork(name: "string", network: network, better: .highest)),
    compilerVersion: "test")
  // <string.h> must not be ours.
  #expect(emitted.prefix == "string_net")
  for file in emitted.files {
    #expect(String(decoding: file.contents, as: UTF8.self).contains("NO SAFETY PROPERTY IS ENFORCED"))
  }
  let header = String(decoding: emitted.header.contents, as: UTF8.self)
  for word in ["specification ", "PROPERTIES", "REPAIRED", "CONFLICT", "active"] {
    #expect(!header.contains(word), "\(word)")
  }
}

// MARK: Weights in a file

@Test func weightsThatAreNotTheProgramsAreRefused() throws {
  let network = try denseNetwork([4, 30, 3], seed: 3)
  let other = try denseNetwork([4, 30, 3], seed: 4)
  func harness(_ network: Network) throws -> OptionHarness {
    try OptionHarness(
      EmittableProgram(PlainNetwork(name: "net_w", network: network, better: .highest)),
      EmissionOptions(weights: .binary), activeWords: 0)
  }
  let mine = try harness(network)
  let file = try #require(mine.emitted[.weights]).contents
  let foreign = try #require(harness(other).emitted[.weights]).contents
  #expect(file.count == foreign.count)
  func changed(at position: Int) -> [UInt8] {
    var bytes = file
    bytes[position] ^= 1
    return bytes
  }
  let cases: [(bytes: [UInt8], status: Int)] = [
    (file, 0), ([], 2), (Array(file[..<63]), 2), (changed(at: 0), 2), (changed(at: 8), 2),
    (Array(file[..<12]) + file[12..<16].reversed() + file[16...], 3), (foreign, 4), (changed(at: 16), 4),
    (changed(at: 24), 4), (Array(file[..<64]), 5), (Array(file.dropLast()), 5), (file + [0], 5),
    (changed(at: 64), 6), (changed(at: file.count - 1), 6),
  ]
  let main = """
    #include "net_w.h"
    #include <stdio.h>
    static float data[1 << 16];
    int main(int argc, char **argv)
    {
      const size_t size = fread(data, 1, sizeof data, stdin);
      net_w_weights weights = {0};
      net_w_result result;
      const float input[NET_W_INPUTS] = {0};
      const int status = (int)net_w_load((const char *)data + (argc > 1), size, &weights);
      (void)argv;
      net_w_infer(&weights, input, &result);
      printf("%d %d %d", status, (int)result.status, (int)result.reason);
      return 0;
    }

    """
  try Data(main.utf8).write(to: mine.folder.url.appending(path: "load.c"))
  for compiler in ["gcc", "clang"] {
    let executable = try mine.build("load.c", compiler, ["-O1", "-g", "-fsanitize=address,undefined"])
    for (bytes, status) in cases {
      let output = String(decoding: try mine.folder.run(executable, [], input: bytes), as: UTF8.self)
      #expect(output == (status == 0 ? "0 0 0" : "\(status) 2 8"), "\(bytes.count) bytes")
    }
    let misaligned = String(decoding: try mine.folder.run(executable, ["x"], input: file), as: UTF8.self)
    #expect(misaligned == "1 2 8")
  }
}

/// A float is read from memory of floats, a word of the header from a copy: C knows memory by the type of what is in it.
@Test func fileOfWeightsIsReadAsWhatItIs() throws {
  let network = try denseNetwork([4, 30, 3], seed: 3)
  let emitted = emit(
    EmittableProgram(PlainNetwork(name: "net_w", network: network, better: .highest)),
    compilerVersion: "test",
    options: EmissionOptions(weights: .binary))
  let selfCheck = String(decoding: try #require(emitted[.selfCheck]).contents, as: UTF8.self)
  let source = String(decoding: emitted.source.contents, as: UTF8.self)
  #expect(selfCheck.contains("static float net_w_selfcheck_weights["))
  let casts = source.matches(of: /\(const ([a-z0-9_]+) \*\)data/).map { String($0.1) }
  #expect(casts == ["uint8_t", "float"])
}

// MARK: Self-checks

/// A weight that is not the right one is found.
@Test func selfChecksFindWrongWeights() throws {
  let program = try CaseStudyPrograms.cartpole().program(0)
  let harness = try OptionHarness(EmittableProgram(program), EmissionOptions(), activeWords: 1)
  let selfCheck = try #require(harness.emitted[.selfCheck]).name
  let source = String(decoding: harness.emitted.source.contents, as: UTF8.self)
  let weight = try #require(source.firstMatch(of: /0x1\.[0-9a-f]+p-2f/))
  let wrong = source.replacingCharacters(in: weight.range, with: "0x1.8p-2f")
  try Data(wrong.utf8).write(to: harness.folder.url.appending(path: harness.emitted.source.name))
  let executable = try harness.build(selfCheck, "gcc", ["-O2"])
  #expect(throws: CommandFailure.self) { try harness.folder.run(executable, []) }
}

/// A library whose fmaf rounds twice is found, though all vectors may agree.
@Test func selfChecksFindFusedOperationsThatRoundTwice() throws {
  let network = try denseNetwork([2, 2], seed: 8).rounding(as: .fma)
  let harness = try OptionHarness(
    EmittableProgram(PlainNetwork(name: "fused", network: network, better: .highest)), EmissionOptions(),
    activeWords: 0)
  let selfCheck = try #require(harness.emitted[.selfCheck]).name
  let library = """
    float fmaf(float a, float b, float c);
    float fmaf(float a, float b, float c) { return (float)((double)a * (double)b + (double)c); }

    """
  try Data(library.utf8).write(to: harness.folder.url.appending(path: "library.c"))
  let executable = try harness.build(selfCheck, "gcc", ["-O0", "-fno-builtin", "library.c"])
  #expect(throws: CommandFailure.self) { try harness.folder.run(executable, []) }
}

/// Every kind of result and every property of the case studies appears in their self-checks. Of ACAS Xu the last
/// network: the first keeps its properties, so nothing is ever repaired there.
@Test func selfChecksCoverTheCaseStudies() throws {
  let cartpole = try CaseStudyPrograms.cartpole().program(0)
  let acasXu = try CaseStudyPrograms.acasXu().map { try $0.program(44) }
  for program in [cartpole] + (acasXu.map { [$0] } ?? []) {
    let text = String(
      decoding: try #require(emit(program, compilerVersion: "test")[.selfCheck]).contents, as: UTF8.self)
    let table = try #require(text.firstMatch(of: /_outcomes\[[0-9]+\] = \{([^}]*)\}/)).1
    let words = table.matches(of: /0x([0-9a-f]{8})u/).compactMap { UInt32($0.1, radix: 16) }
    let outputs = program.interface.outputs.count
    let size = outputs + 4
    let outcomes = stride(from: 0, to: words.count, by: size).map { Array(words[$0..<$0 + size]) }
    #expect(Set(outcomes.map { $0[outputs + 1] }) == [0, 1, 2])
    #expect(Set(outcomes.map { $0[outputs + 2] }).isSuperset(of: [0, 1, 2, 3]))
    let active = outcomes.reduce(UInt32(0)) { $0 | $1[outputs + 3] }
    #expect(active == (1 << UInt32(program.guards.count)) - 1)
  }
}

// MARK: Costs

/// What is counted of tables is what the compiler puts into the object file; arrays on the stack are at most what
/// it reports.
@Test(arguments: 0..<UInt64(sampleCount(8, full: 60))) func costsAgreeWithTheCompiler(seed: UInt64) throws {
  let program = try RandomProgram.make(seed: seed)
  let harness = try OptionHarness(
    EmittableProgram(program), EmissionOptions(goal: seed % 2 == 0 ? .speed : .size),
    activeWords: ActivationSet.wordCount(forProperties: program.guards.count))
  let cost = harness.emitted.cost
  let source = harness.emitted.source.name
  try harness.folder.run("gcc", ["-std=c99", "-O0", "-fstack-usage", "-c", source, "-o", "a.o"])
  let symbols = String(decoding: try harness.folder.run("nm", ["-S", "a.o"]), as: UTF8.self)
  var tables = 0
  for line in symbols.split(separator: "\n") {
    let fields = line.split(separator: " ")
    if fields.count == 4, fields[2] == "r" { tables += Int(fields[1], radix: 16) ?? 0 }
  }
  #expect(tables == cost.tableBytes)
  let usage = try String(contentsOf: harness.folder.url.appending(path: "a.su"), encoding: .utf8)
  let frames = usage.split(separator: "\n").compactMap { Int($0.split(separator: "\t")[1]) }
  #expect(cost.stackBytes > 0 && cost.stackBytes <= frames.reduce(0, +))
  #expect(cost.weightBytes <= cost.tableBytes && cost.estimatedCodeBytes > 0)
}

@Test func operationsOfADenseNetworkAreThoseOfItsLoops() throws {
  let network = try denseNetwork([7, 24, 16], seed: 5)
  let plain = EmittableProgram(PlainNetwork(name: "dense", network: network, better: .highest))
  let cost = emit(plain, compilerVersion: "test").cost
  // Dense layers are not padded.
  #expect(cost.operations[.multiplication] == 7 * 24 + 24 * 16)
  #expect(cost.operations[.addition] == 7 * 24 + 24 * 16)
  #expect(cost.operations[.fusedMultiplyAddition] == 0)
  #expect(cost.weightBytes == 4 * (7 * 24 + 24 + 24 * 16 + 16))
  let fused = emit(
    EmittableProgram(PlainNetwork(name: "dense", network: network.rounding(as: .fma), better: .highest)),
    compilerVersion: "test"
  ).cost
  #expect(fused.operations[.fusedMultiplyAddition] == 7 * 24 + 24 * 16)
  #expect(fused.operations[.multiplication] == 0)
}

// MARK: Prefixes

@Test(arguments: [
  "", "_a", "a_", "a__b", "1a", "a-b", "ä", "int", "class", "float", "string", "math", "atomic", "pthread_x",
  "a b",
  String(repeating: "a", count: 101),
]) func prefixesThatCouldClashAreRefused(text: String) {
  #expect(throws: InvalidPrefix.self) { try ProgramPrefix(checking: text) }
}

@Test func prefixesAreStemsOfFamilies() throws {
  let prefix = try ProgramPrefix(checking: "Nav2")
  let program = try #require(programs(ofSpec: exampleSpec).first)
  #expect(emit(program, compilerVersion: "", amongNetworks: ["Net"], prefix: prefix).prefix == "Nav2")
  #expect(
    emit(program, compilerVersion: "", amongNetworks: ["Net", "N[1]"], prefix: prefix).prefix == "Nav2_net")
  // The other files of `Net` have the names that this network's would have.
  let alike = emit(program, compilerVersion: "", amongNetworks: ["Net", "Net_weights", "Net_selfcheck"])
  #expect(alike.prefix == "brake_assist_net")
}
