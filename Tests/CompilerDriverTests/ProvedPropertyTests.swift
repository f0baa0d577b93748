import CompilerDriver
import Diagnostics
import Foundation
import NetworkIR
import SafetyLayers
import SafetyVerification
import SpecificationLanguage
import TestSupport
import Testing

/// Verdicts about generated properties (linear conditions, disjunctions, raw choices, overrides, places) against the
/// interpreter of programs, which shares nothing with the prover.
@Suite struct ProvedPropertyTests {
  let folder = FileManager.default.temporaryDirectory.appending(path: "ordain-\(UUID().uuidString)").path()

  /// Three layers with weights that are multiples of 1/8, in the NNet format.
  private func model(_ inputs: Int, _ outputs: Int, _ generator: inout SplitMix64) -> String {
    let sizes = [inputs, 6, outputs]
    let header = [
      "// generated", "2,\(inputs),\(outputs),6,", "\(inputs),6,\(outputs),", "0,",
      String(repeating: "-1,", count: inputs), String(repeating: "1,", count: inputs),
      String(repeating: "0,", count: inputs + 1), String(repeating: "1,", count: inputs + 1),
    ]
    var text = header.joined(separator: "\n") + "\n"
    for (from, to) in zip(sizes, sizes.dropFirst()) {
      for count in Array(repeating: from, count: to) + Array(repeating: 1, count: to) {
        let row = (0..<count).map { _ in "\(Double(Int.random(in: -8...8, using: &generator)) / 8)," }
        text += row.joined() + "\n"
      }
    }
    return text
  }

  /// Whether the network's own scores at the input violate the property where the program has it active.
  private func isViolated(_ index: Int, at input: [Float], by program: SafetyProgram) -> Bool {
    let explanation = program.explain(input)
    guard explanation.rawScores.count == program.interface.outputs.count,
      explanation.rawScores.allSatisfy(\.isFinite), explanation.properties[index].isActive
    else { return false }
    let post = program.guards[index].property.post
    return !post.holds(of: explanation.rawScores, better: program.interface.better)
  }

  private func sample(_ interface: Interface, _ generator: inout SplitMix64) -> [Float] {
    // Values at which conditions switch, and others.
    let special: [Float] = [-1, 1, 0, -0.6, -0.25, 0.1, 0.5, Float(1.0 / 3).nextDown, Float(0.1).nextUp]
    return interface.inputs.map { input in
      let value =
        Int.random(in: 0..<4, using: &generator) == 0
        ? special[Int.random(in: special.indices, using: &generator)]
        : Float.random(in: -1...1, using: &generator)
      return min(max(value, input.lowest), input.highest)
    }
  }

  @Test func verdictsAgreeWithTheInterpreter() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var tally = (holds: 0, violated: 0, undecided: 0)
    for seed in 0..<UInt64(ProcessInfo.processInfo.environment["ORDAIN_FULL"] == nil ? 60 : 600) {
      var generated = GuardedSpec(seed: seed)
      var generator = SplitMix64(seed: seed &+ 77)
      let text = generated.text().replacing("net.onnx", with: "net.nnet")
        .split(separator: "\n").filter { !$0.contains("robust ") }.joined(separator: "\n")
      try model(generated.inputs, generated.outputs, &generator)
        .write(toFile: folder + "/net.nnet", atomically: true, encoding: .utf8)
      let source = SourceFile(name: folder + "/spec.ordain", text: text + "\n")
      let models = ModelLocator(models: nil, data: nil)
      var diagnostics = DiagnosticSet()
      guard let frontEnd = try? FrontEnd(source, options: AnalysisOptions()),
        !frontEnd.diagnostics.containsError
      else { continue }
      let program = try frontEnd.compose(network: 0, models: models, reportingTo: &diagnostics)
      let proofs = try PropertyProofs(
        source, definitions: [], networks: [], properties: [], models: models, rounding: nil)
      var answers: [ProofAnswer] = []
      do throws(DiagnosticSet) {
        try proofs.answer(
          with: ProofOptions(seconds: 2, jobs: 2, seed: seed, cache: nil), reportingTo: &diagnostics,
          progress: { _ in }, answered: { answers.append($0) })
      } catch {
        // A property that nothing can violate is refused; the others are answered.
        #expect(error.diagnostics.allSatisfy { $0.code == .nothingToExport })
      }
      for answer in answers {
        let index = try #require(program.guards.firstIndex { $0.property.name == answer.property })
        switch answer.verdict {
        case .holds:
          tally.holds += 1
          for _ in 0..<3_000 {
            let input = sample(program.interface, &generator)
            #expect(!isViolated(index, at: input, by: program), "seed \(seed) \(answer.property) at \(input)")
          }
        case .violated(let found):
          tally.violated += 1
          let input = try #require(found.floats)
          #expect(isViolated(index, at: input, by: program), "seed \(seed) \(answer.property) at \(input)")
          #expect(found.floatScores == program.explain(input).rawScores)
        case .undecided:
          tally.undecided += 1
        }
      }
    }
    print("proved \(tally.holds), refuted \(tally.violated), undecided \(tally.undecided)")
    #expect(tally.holds >= 5 && tally.violated >= 20)
    #expect(tally.undecided * 20 <= tally.holds + tally.violated)
  }
}
