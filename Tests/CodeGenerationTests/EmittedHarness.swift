import CodeGeneration
import Foundation
import LoopIR
import SafetyLayers
import TestSupport
import Testing

/// An emitted program with a `main` that reads vectors and writes results as bit patterns.
struct EmittedHarness {
  let program: SafetyProgram
  let emitted: EmittedProgram
  let folder: CFolder

  init(_ program: SafetyProgram) throws {
    self.program = program
    emitted = emit(program, compilerVersion: "test")
    let main = EmittedHarness.main(emitted.prefix, certifies: !program.certification.clauses.isEmpty)
    folder = try CFolder(
      emitted.files.map { ($0.name, $0.contents) } + [("main.c", Array(main.utf8))])
  }

  /// What the program returns for inputs, through `infer`.
  func infer(_ inputs: [[Float]], executable: String) throws -> [Outcome] {
    try run(executable, "infer", inputs)
  }

  /// What the interpreter of the loop program returns for inputs. It also fails on everything that C leaves
  /// undefined.
  func interpret(_ inputs: [[Float]]) throws -> [Outcome] {
    let interpreter = try LoopInterpreter(emitted.loops)
    return try inputs.map { input in
      let (_, arrays) = try interpreter.call(
        emitted.infer, [.array(input.map { UInt64($0.bitPattern) }), .structure(emitted.result)])
      return Outcome(
        words: try arrays[1].map { UInt32(try #require($0)) }, outputs: program.interface.outputs.count)
    }
  }

  /// What it returns for inputs in the domain and raw scores in the place of the network's.
  func decide(_ cases: [(input: [Float], raw: [Float])], executable: String) throws -> [Outcome] {
    try run(executable, "decide", cases.map { $0.input + $0.raw })
  }

  private func run(_ executable: String, _ mode: String, _ vectors: [[Float]]) throws -> [Outcome] {
    let output = words(
      ofBytes: try folder.run(
        executable, [mode], input: bytes(ofWords: vectors.flatMap { $0.map(\.bitPattern) })))
    let outputs = program.interface.outputs.count
    let size = outputs + 3 + program.reportWords
    return stride(from: 0, to: output.count, by: size).map { start in
      Outcome(words: Array(output[start..<start + size]), outputs: outputs)
    }
  }

  /// Includes the source, so that it reaches functions that are static.
  private static func main(_ prefix: String, certifies: Bool) -> String {
    let upper = prefix.uppercased()
    let certify = certifies ? "\(prefix)_certify(vector, vector + inputs, &result);" : ""
    let write =
      certifies
      ? """
      fwrite(result.certified, sizeof(uint32_t), \(upper)_CERTIFIED_WORDS, stdout);
            fwrite(result.radius, sizeof(float), \(upper)_CLAUSES, stdout);
      """ : ""
    return """
      #include "\(prefix).c"
      #include <stdio.h>
      int main(int argc, char **argv)
      {
        const int decides = argc > 1 && argv[1][0] == 'd';
        const size_t inputs = \(upper)_INPUTS, outputs = \(upper)_OUTPUTS, words = \(upper)_ACTIVE_WORDS;
        float vector[\(upper)_INPUTS + \(upper)_OUTPUTS];
        const size_t count = decides ? inputs + outputs : inputs;
        \(prefix)_result result;
        while (fread(vector, sizeof(float), count, stdin) == count) {
          memset(&result, 0x55, sizeof result);
          if (decides) {
            \(prefix)_decide(vector, vector + inputs, &result);
            \(certify)
          } else {
            \(prefix)_infer(vector, &result);
          }
          fwrite(result.scores, sizeof(float), outputs, stdout);
          fwrite(&result.choice, sizeof(int32_t), 1, stdout);
          fwrite(&result.status, sizeof(int32_t), 1, stdout);
          fwrite(&result.reason, sizeof(int32_t), 1, stdout);
          fwrite(result.active, sizeof(uint32_t), words, stdout);
          \(write)
        }
        return 0;
      }

      """
  }
}

extension SafetyProgram {
  /// The words of a result behind scores, choice, status and reason.
  var reportWords: Int {
    let clauses = certification.clauses.count
    return ActivationSet.wordCount(forProperties: guards.count) + (clauses + 31) / 32 + clauses
  }
}

/// A result as bit patterns.
struct Outcome: Equatable, CustomStringConvertible {
  let scores: [UInt32]
  let choice: Int32
  let status: Int32
  let reason: Int32
  /// The active words; then the certified words and the bits of the radii, if there are clauses.
  let report: [UInt32]

  init(words: [UInt32], outputs: Int) {
    scores = Array(words[..<outputs])
    choice = Int32(bitPattern: words[outputs])
    status = Int32(bitPattern: words[outputs + 1])
    reason = Int32(bitPattern: words[outputs + 2])
    report = Array(words[(outputs + 3)...])
  }

  init(_ result: InferenceResult) {
    scores = result.scores.map(\.bitPattern)
    choice = Int32(result.choice)
    let certified = result.certified.indices.filter { result.certified[$0] }
    report =
      result.activation.words
      + (result.certified.isEmpty
        ? [] : ActivationSet(active: certified, propertyCount: result.certified.count).words)
      + result.radii.map(\.bitPattern)
    switch result.status {
    case .ok: (status, reason) = (0, 0)
    case .repaired: (status, reason) = (1, 0)
    case .abstained(let why): (status, reason) = (2, why.rawValue)
    }
  }

  var description: String {
    "status \(status) reason \(reason) choice \(choice) report \(report) "
      + "scores \(scores.map { "\(Float(bitPattern: $0))" })"
  }
}
