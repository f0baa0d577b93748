import CodeGeneration
import NetworkIR
import SafetyLayers
import TestSupport

/// Emitted Swift programs in one module, with a `main` that reads vectors and writes results as bit patterns: one
/// run of the compiler, which is slow, for many programs.
struct SwiftHarness {
  let programs: [SafetyProgram]
  let files: [EmittedProgram.File]
  let folder: CFolder

  /// - Parameter programs: they get names that tell them apart.
  init(_ programs: [SafetyProgram]) throws {
    self.programs = programs.enumerated().map { $1.named("program \($0)") }
    files = self.programs.map {
      emit($0, compilerVersion: "test", options: EmissionOptions(language: .swift)).source
    }
    var sources = zip(files, self.programs).enumerated().map { number, pair in
      let (file, program) = pair
      return (
        name: file.name, contents: file.contents + Array(SwiftHarness.doors(number, file, program).utf8)
      )
    }
    sources.append(("main.swift", Array(SwiftHarness.main(count: programs.count).utf8)))
    folder = try CFolder(sources)
  }

  /// Compiles all programs as Swift 6, warnings being errors.
  func executable(_ flags: [String]) throws -> String {
    try folder.run(
      "swiftc",
      flags + ["-swift-version", "6", "-warnings-as-errors", "-module-name", "programs"]
        + files.map(\.name) + ["main.swift", "-o", "program"])
    return "./program"
  }

  func infer(_ number: Int, _ inputs: [[Float]], executable: String) throws -> [Outcome] {
    try run(number, "infer", inputs, executable)
  }

  func decide(
    _ number: Int, _ cases: [(input: [Float], raw: [Float])], executable: String
  ) throws -> [Outcome] {
    try run(number, "decide", cases.map { $0.input + $0.raw }, executable)
  }

  private func run(
    _ number: Int, _ mode: String, _ vectors: [[Float]], _ executable: String
  ) throws -> [Outcome] {
    let program = programs[number]
    let output = words(
      ofBytes: try folder.run(
        executable, ["\(number)", mode], input: bytes(ofWords: vectors.flatMap { $0.map(\.bitPattern) })))
    let outputs = program.interface.outputs.count
    let size = outputs + 3 + program.reportWords
    return stride(from: 0, to: output.count, by: size).map { start in
      Outcome(words: Array(output[start..<start + size]), outputs: outputs)
    }
  }

  /// What stands behind an emitted file, so that it reaches what is private there.
  private static func doors(_ number: Int, _ file: EmittedProgram.File, _ program: SafetyProgram) -> String {
    let type = file.name.dropLast(".swift".count)
    let inputs = program.interface.inputs.count
    let outputs = program.interface.outputs.count
    let words = ActivationSet.wordCount(forProperties: program.guards.count)
    let clauses = program.certification.clauses.count
    let certifiedWords = (clauses + 31) / 32
    let certificates =
      clauses == 0 ? "" : ", certified: certified.baseAddress!, radius: radii.baseAddress!"
    let certify = clauses == 0 ? "" : "\(type).Program.certify(vector, vector + \(inputs), &result)"
    let report =
      clauses == 0
      ? ""
      : """
      for i in 0..<\(certifiedWords) { write(result.certifiedWords[i]) }
        for i in 0..<\(clauses) { write(result.radius(\(type).Clause(rawValue: Int32(i))!).bitPattern) }
        for i in 0..<\(clauses) {
          precondition(result.isCertified(\(type).Clause(rawValue: Int32(i))!)
            == (result.certifiedWords[i / 32] >> UInt32(i % 32) & 1 == 1))
        }
      """
    return """

      func infer\(number)(_ input: UnsafePointer<Float>, _ write: (UInt32) -> Void) {
        var copy = InlineArray<\(inputs), Float>(repeating: 0)
        for i in 0..<\(inputs) { copy[i] = input[i] }
        let result = \(type).infer(copy)
        for i in 0..<\(outputs) { write(result.scores[i].bitPattern) }
        write(UInt32(bitPattern: result.choice?.rawValue ?? -1))
        write(UInt32(bitPattern: result.status.rawValue))
        write(UInt32(bitPattern: result.reason?.rawValue ?? 0))
        for i in 0..<\(words) { write(result.activeWords[i]) }
        \(report)
      }

      func decide\(number)(_ vector: UnsafePointer<Float>, _ write: (UInt32) -> Void) {
        var scores = [Float](repeating: .nan, count: \(outputs))
        var active = [UInt32](repeating: 7, count: \(words))
        var certified = [UInt32](repeating: 7, count: \(certifiedWords))
        var radii = [Float](repeating: .nan, count: \(clauses))
        let codes = scores.withUnsafeMutableBufferPointer { scores in
          active.withUnsafeMutableBufferPointer { active in
            certified.withUnsafeMutableBufferPointer { certified in
              radii.withUnsafeMutableBufferPointer { radii -> [Int32] in
                var result = \(type).Program.Result(
                  scores: scores.baseAddress!, choice: 7, status: 7, reason: 7, active: active.baseAddress!\(certificates))
                \(type).Program.decide(vector, vector + \(inputs), &result)
                \(certify)
                return [result.choice, result.status, result.reason]
              }
            }
          }
        }
        for score in scores { write(score.bitPattern) }
        for code in codes { write(UInt32(bitPattern: code)) }
        for word in active { write(word) }
        for word in certified { write(word) }
        for radius in radii { write(radius.bitPattern) }
      }

      let inputs\(number) = \(inputs)
      let outputs\(number) = \(outputs)

      """
  }

  private static func main(count: Int) -> String {
    let cases = (0..<count).map { number in
      """
        case \(number): run(decides ? inputs\(number) + outputs\(number) : inputs\(number)) {
          if decides { decide\(number)($0, append) } else { infer\(number)($0, append) }
        }
      """
    }
    return """
      import Glibc

      nonisolated(unsafe) var output: [UInt32] = []
      @Sendable func append(_ word: UInt32) { output.append(word) }

      func run(_ size: Int, _ body: (UnsafePointer<Float>) -> Void) {
        var vector = [Float](repeating: 0, count: size)
        while true {
          var filled = 0
          while filled < 4 * size {
            let count = vector.withUnsafeMutableBytes { read(0, $0.baseAddress! + filled, $0.count - filled) }
            if count <= 0 { return }
            filled += count
          }
          body(vector)
        }
      }

      let decides = CommandLine.arguments[2] == "decide"
      switch Int(CommandLine.arguments[1])! {
      \(cases.joined(separator: "\n"))
      default: break
      }
      output.withUnsafeBytes { bytes in
        var written = 0
        while written < bytes.count { written += write(1, bytes.baseAddress! + written, bytes.count - written) }
      }

      """
  }
}

extension SafetyProgram {
  /// The same program of a specification with another name.
  func named(_ specName: String) -> SafetyProgram {
    SafetyProgram(
      specName: specName, specVersion: specVersion, specHash: specHash, networkName: networkName,
      interface: interface, network: network, guards: guards, table: table, certification: certification)
  }
}
