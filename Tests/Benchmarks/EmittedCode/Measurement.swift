import CodeGeneration
import Foundation
import SafetyLayers
import TestSupport

/// Emits the first program, compiles it with gcc and clang, and prints one line a build.
func measure(_ title: String, _ programs: [SafetyProgram]) throws {
  guard let program = programs.first else { return }
  let start = ContinuousClock.now
  let emitted = emit(program, compilerVersion: "benchmark")
  let emission = ContinuousClock.now - start
  print("\(title) (emitted in \(emission), \(emitted.source.contents.count) bytes)")
  if let kept = CommandLine.arguments.dropFirst().first {
    for file in emitted.files {
      try Data(file.contents).write(to: URL(filePath: kept).appending(path: file.name))
    }
  }
  let certifies = !program.certification.clauses.isEmpty
  let cases = Cases(program)
  let folder = try CFolder(
    emitted.files.map { ($0.name, $0.contents) } + [
      ("main.c", Array(timingMain(emitted.prefix, certifies: certifies).utf8))
    ])
  for compiler in ["gcc", "clang"] {
    for flags in [["-O2"], ["-O3"], ["-O3", "-march=native"]] {
      try folder.run(compiler, ["-std=gnu17"] + flags + ["main.c", "-o", "timing"])
      var line = "  \(([compiler] + flags).joined(separator: " "))".padding(
        toLength: 28, withPad: " ", startingAt: 0)
      for (name, vectors) in cases.byKind where !vectors.isEmpty {
        let input = bytes(ofWords: vectors.flatMap { ($0.input + $0.raw).map(\.bitPattern) })
        func time(_ mode: String) throws -> String {
          String(decoding: try folder.run("./timing", [mode, "\(rounds)"], input: input), as: UTF8.self)
        }
        line += "  \(name) \(try time(name == "forward" ? "forward" : "decide")) ns"
        if certifies, name != "forward" { line += ", with heads \(try time("certify")) ns" }
      }
      print(line)
    }
  }
}

/// Vectors by what the program does with them; many different ones, so that branches are not learnt.
struct Cases {
  var byKind: [(name: String, vectors: [(input: [Float], raw: [Float])])] = []

  init(_ program: SafetyProgram) {
    var generator = SplitMix64(seed: 1)
    var kinds: [String: [(input: [Float], raw: [Float])]] = [:]
    for round in 0..<40_000 where kinds.values.contains(where: { $0.count < 512 }) || round < 20_000 {
      let input = program.interface.inputs.map { scalar -> Float in
        // Thresholds lie at the ends of the domain as often as inside it.
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: scalar.lowest
        case 1: scalar.highest
        default: Float.random(in: scalar.lowest...scalar.highest, using: &generator)
        }
      }
      let raw = program.interface.outputs.map { _ in Float.random(in: -1...1, using: &generator) }
      let result = program.decide(input: input, rawScores: raw)
      let isActive = !result.activation.active.isEmpty
      let kind =
        switch result.status {
        case .ok: isActive ? "safe" : "inactive"
        case .repaired: "repaired"
        case .abstained: "abstained"
        }
      if kinds[kind, default: []].count < 512 { kinds[kind, default: []].append((input, raw)) }
      if kinds["forward", default: []].count < 512 { kinds["forward", default: []].append((input, raw)) }
    }
    for kind in ["forward", "inactive", "safe", "repaired"] { byKind.append((kind, kinds[kind] ?? [])) }
  }
}

private func timingMain(_ prefix: String, certifies: Bool) -> String {
  let upper = prefix.uppercased()
  let certify =
    certifies
    ? "if (argv[1][0] == 'c') { \(prefix)_certify(vectors[k], vectors[k] + \(upper)_INPUTS, &result); }" : ""
  return """
    #define _POSIX_C_SOURCE 199309L
    #include "\(prefix).c"
    #include <stdio.h>
    #include <stdlib.h>
    #include <time.h>
    #define SIZE (\(upper)_INPUTS + \(upper)_OUTPUTS)
    static float vectors[512][SIZE];
    static double times[1001];
    static float scratch[65536];
    static volatile float sink;
    static int compare(const void *a, const void *b)
    {
      const double x = *(const double *)a, y = *(const double *)b;
      return (x > y) - (x < y);
    }
    int main(int argc, char **argv)
    {
      const size_t count = fread(vectors, sizeof vectors[0], 512, stdin);
      const int rounds = argc > 2 ? atoi(argv[2]) : 1;
      const int forward = argv[1][0] == 'f';
      const int repeats = forward ? 4 : 40;
      for (int round = 0; round < rounds; ++round) {
        struct timespec start, end;
        \(prefix)_result result;
        float scores[\(upper)_OUTPUTS];
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
        for (int repeat = 0; repeat < repeats; ++repeat) {
          for (size_t k = 0; k < count; ++k) {
            if (forward) {
              \(prefix)_forward(vectors[k], scores, scratch);
              sink = scores[0];
            } else {
              \(prefix)_decide(vectors[k], vectors[k] + \(upper)_INPUTS, &result);
              \(certify)
              sink = result.scores[0];
            }
          }
        }
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
        times[round] = ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec))
          / ((double)count * repeats);
      }
      qsort(times, (size_t)rounds, sizeof times[0], compare);
      printf("%.1f", times[rounds / 2]);
      return 0;
    }

    """
}
