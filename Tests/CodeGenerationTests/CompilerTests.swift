import CodeGeneration
import Foundation
import NetworkIR
import SafetyLayers
import TestSupport
import Testing

// What compilers say about emitted code.

private let strict = [
  "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Wfloat-conversion", "-Wdouble-promotion",
  "-Wstrict-prototypes", "-Wmissing-prototypes", "-Wcast-qual", "-Werror", "-c",
]

@Test(arguments: 200..<UInt64(200 + sampleCount(6, full: 60)), ["gcc", "clang"])
func compilesWithoutWarnings(seed: UInt64, compiler: String) throws {
  let harness = try EmittedHarness(RandomProgram.make(seed: seed))
  // Inlining decides which values gcc believes to be uninitialised: -O3 sees the most.
  for options in [["-std=c99", "-O3"], ["-std=gnu17", "-O2"]] {
    try harness.folder.run(compiler, options + strict + [harness.emitted.source.name])
  }
}

@Test func headersOfSeveralNetworksWorkTogetherInCPlusPlus() throws {
  let spec = exampleSpec.replacing(
    "network Net : Assist from \"example.nnet\"",
    with: "networks N[i: 1..2] : Assist from \"example{i}.nnet\"\nnetwork N_1 : Assist from \"other.nnet\"")
  let networks = ["N[1]", "N[2]", "N_1"]
  let emitted = try programs(ofSpec: spec).map {
    emit($0, compilerVersion: "test", amongNetworks: networks)
  }
  #expect(Set(emitted.map(\.prefix)).count == 3)
  let calls = emitted.map {
    "  { \($0.prefix)_result r; float in[2] = {1, 2}; \($0.prefix)_infer(in, &r); }\n"
  }
  let main =
    emitted.map { "#include \"\($0.header.name)\"\n" }.joined() + "int main() {\n" + calls.joined()
    + "  return 0;\n}\n"
  let folder = try CFolder(
    emitted.flatMap { $0.files.map { ($0.name, $0.contents) } } + [("main.cpp", Array(main.utf8))])
  for (c, cpp) in [("gcc", "g++"), ("clang", "clang++")] {
    for program in emitted { try folder.run(c, ["-std=c99", "-c", program.source.name]) }
    try folder.run(cpp, ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-c", "main.cpp"])
    try folder.run(c, ["main.o"] + emitted.map { $0.prefix + ".o" } + ["-o", "main"])
    try folder.run("./main", [])
  }
}

@Test(arguments: ["gcc", "clang"], ["-ffast-math", "-ffinite-math-only"])
func valueChangingOptionsAreRefused(compiler: String, option: String) throws {
  let emitted = emit(try #require(programs(ofSpec: exampleSpec).first), compilerVersion: "test")
  let folder = try CFolder(emitted.files.map { ($0.name, $0.contents) })
  do {
    try folder.run(compiler, [option, "-c", emitted.source.name])
    Issue.record("\(compiler) \(option) was accepted")
  } catch let failure as CommandFailure {
    #expect(failure.output.contains("must not be compiled with -ffast-math"))
    try FileManager.default.removeItem(at: folder.url)
  }
}

/// No heap, no libm, no mutable state: the object file needs `memcpy` (or `memset`, which compilers make
/// of loops) and has no writable data; nor does it need `fma` where the machine has the operation.
@Test(arguments: ["gcc", "clang"], [FloatSemantics.contractOff, .binary64Sums])
func needsNothingButMemcpy(compiler: String, semantics: FloatSemantics) throws {
  var random = RandomProgram(seed: semantics == .contractOff ? 77 : 78)
  #expect(random.semantics == semantics)
  let harness = try EmittedHarness(random.program())
  for flags in [["-O0"], ["-O3"], ["-O0", "-march=native"], ["-O3", "-march=native"]] {
    try harness.folder.run(
      compiler, ["-std=c99"] + flags + ["-c", harness.emitted.source.name, "-o", "a.o"])
    let symbols = String(decoding: try harness.folder.run("nm", ["a.o"]), as: UTF8.self)
    for line in symbols.split(separator: "\n") {
      let fields = line.split(separator: " ")
      let (kind, name) = (fields[fields.count - 2], String(fields[fields.count - 1]))
      if kind == "U" {
        #expect(["memcpy", "memset", "__stack_chk_fail", "_GLOBAL_OFFSET_TABLE_"].contains(name))
      }
      #expect(!["b", "B", "d", "D", "C"].contains(String(kind)), "\(name) is writable")
      if kind == "T" { #expect(name == harness.emitted.prefix + "_infer") }
    }
  }
}

@Test(arguments: [
  CBuild("gcc", "-std=gnu17", "-O3", "-march=native"), CBuild("clang", "-std=gnu17", "-O3", "-march=native"),
  CBuild("gcc", "-std=c99", "-O2", "-march=native", "-ffp-contract=fast"),
  // Assumes that no number is NaN, without a macro that tells: inputs and scores are tested by their bits.
  CBuild("clang", "-std=c99", "-O2", "-fno-honor-nans"),
  CBuild("gcc", "-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"),
  CBuild(
    "clang", "-O1", "-g", "-fsanitize=address,undefined,integer", "-fno-sanitize-recover=address,undefined"),
])
func unusualBuildsGiveTheSameBits(build: CBuild) throws {
  for seed in 500..<506 as Range<UInt64> {
    try expectAgreement(EmittedHarness(RandomProgram.make(seed: seed)), build, seed: seed, count: 200)
  }
}
