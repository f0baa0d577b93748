import CodeGeneration
import Foundation
import NetworkIR
import SafetyLayers
import TestSupport
import Testing

/// A program emitted with options, and a `main` that calls it as the options say.
struct OptionHarness {
  let program: EmittableProgram
  let emitted: EmittedProgram
  let folder: CFolder
  private let options: EmissionOptions
  private let outputCount: Int
  private let activeWords: Int

  init(_ program: EmittableProgram, _ options: EmissionOptions, activeWords: Int) throws {
    self.program = program
    self.options = options
    self.activeWords = activeWords
    outputCount = program.network.outputCount
    emitted = emit(program, compilerVersion: "test", options: options)
    folder = try CFolder(emitted.files.map { ($0.name, $0.contents) })
    try Data(main.utf8).write(to: folder.url.appending(path: "main.c"))
  }

  /// The sources to compile besides `main` or the self-check.
  var sources: [String] {
    let names = emitted.files.filter { $0.role == .source || $0.role == .weights }.map(\.name)
    return names.filter { $0.hasSuffix(".c") }
  }

  /// Compiles the sources with one that has a `main`; all warnings are errors.
  func build(_ main: String, _ compiler: String, _ flags: [String]) throws -> String {
    try folder.run(
      compiler,
      ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Wcast-qual", "-Werror"]
        + flags
        + [main] + sources + ["-o", "program", "-lm"])
    return folder.url.appending(path: "program").path()
  }

  func infer(_ inputs: [[Float]], _ executable: String) throws -> [Outcome] {
    let output = words(
      ofBytes: try folder.run(executable, [], input: bytes(ofWords: inputs.flatMap { $0.map(\.bitPattern) })))
    let size = outputCount + 3 + activeWords
    return stride(from: 0, to: output.count, by: size).map { start in
      Outcome(words: Array(output[start..<start + size]), outputs: outputCount)
    }
  }

  /// Runs the inputs one by one; with a batch function it must give the same.
  private var main: String {
    let prefix = emitted.prefix
    let upper = prefix.uppercased()
    let weights = options.weights == .binary ? "&weights, " : ""
    let scratch = options.scratch == .caller ? ", scratch" : ""
    let load = """
      static float file[1 << 16];
      \(prefix)_weights weights = {0};
      FILE *weight_file = fopen("\(prefix)_weights.bin", "rb");
      const size_t size = fread(file, 1, sizeof file, weight_file);
      fclose(weight_file);
      if (\(prefix)_load(file, size, &weights) != \(upper)_LOAD_OK) return 2;
      """
    let batch = """
      \(prefix)_infer_batch(\(weights)count, inputs[0], batch\(scratch));
      if (memcmp(batch, results, count * sizeof results[0]) != 0) return 3;
      """
    return """
      #include "\(prefix).h"
      #include <stdio.h>
      #include <string.h>
      static float inputs[4096][\(upper)_INPUTS];
      static \(prefix)_result results[4096], batch[4096];
      \(options.scratch == .caller ? "static float scratch[\(upper)_SCRATCH];" : "")
      int main(void)
      {
        const uint32_t count = (uint32_t)fread(inputs, sizeof inputs[0], 4096, stdin);
        \(options.weights == .binary ? load : "")
        memset(batch, 0x33, sizeof batch);
        memset(results, 0x33, sizeof results);
        for (uint32_t k = 0; k < count; ++k) {
          \(prefix)_infer(\(weights)inputs[k], &results[k]\(scratch));
        }
        \(options.hasBatch ? batch : "")
        for (uint32_t k = 0; k < count; ++k) {
          fwrite(results[k].scores, sizeof(float), \(upper)_OUTPUTS, stdout);
          fwrite(&results[k].choice, sizeof(int32_t), 1, stdout);
          fwrite(&results[k].status, sizeof(int32_t), 1, stdout);
          fwrite(&results[k].reason, sizeof(int32_t), 1, stdout);
          \(activeWords > 0 ? "fwrite(results[k].active, sizeof(uint32_t), \(upper)_ACTIVE_WORDS, stdout);" : "")
        }
        return 0;
      }

      """
  }
}

/// Every combination of the options, and of how sums round.
struct OptionCase: Sendable, CustomTestStringConvertible {
  let options: EmissionOptions
  let semantics: FloatSemantics

  static let all: [OptionCase] = WeightPlacement.allCases.flatMap { weights in
    ScratchPlacement.allCases.flatMap { scratch in
      OptimizationGoal.allCases.flatMap { goal in
        [false, true].flatMap { hasBatch in
          FloatSemantics.allCases.map { semantics in
            OptionCase(
              options: EmissionOptions(goal: goal, weights: weights, scratch: scratch, hasBatch: hasBatch),
              semantics: semantics)
          }
        }
      }
    }
  }

  /// Some of them, each value of each option among them, in an order that mixes them.
  static let sampled: [OptionCase] = {
    let count = sampleCount(18, full: all.count)
    return (0..<count).map { all[($0 * 29 + 5) % all.count] }
  }()

  /// Sums in binary64 are the same whether the machine has fused operations or not.
  var flags: [String] {
    switch semantics {
    case .contractOff: []
    case .fma: ["-mfma"]
    case .binary64Sums: options.goal == .speed ? ["-mfma"] : []
    }
  }

  var testDescription: String {
    "weights \(options.weights), scratch \(options.scratch), \(options.goal), batch \(options.hasBatch), \(semantics)"
  }
}
