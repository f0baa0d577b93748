import Diagnostics
import ExactArithmetic
import Foundation
import ModelImport
import NetworkIR
import Testing

/// Each folder of `WellFormed` holds a small ONNX model, the network and the notes that importing it yields, and
/// three runs of the onnx package's reference evaluator.
@Suite struct WellFormedModelTests {
  static let golden = GoldenFolder("WellFormed")

  @Test func thereAreCases() {
    #expect(Self.golden.cases.count >= 40)
  }

  @Test(arguments: golden.cases) func isImportedAndAgreesWithTheReference(name: String) throws {
    let model = try Self.golden.model(of: name)
    var reported = DiagnosticSet()
    let network = try importModel(named: model.name, bytes: model.bytes, reportingTo: &reported).network
    try Self.golden.check(rendered(reported) + network.description, of: name)

    let runs = try String(contentsOf: Self.golden.file("reference.csv", of: name), encoding: .utf8)
    for run in runs.split(separator: "\n").dropFirst() {
      let columns = run.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.split(separator: " ").compactMap { Double($0) }
      }
      #expect(network.outputShape.dimensions == columns[2].map { Int($0) })
      let input = columns[0].map { Float($0) }
      var expected = columns[1]
      var scores = network.evaluate(input).map { Double($0) }
      #expect(scores.count == expected.count)
      do throws(ExactEvaluationError) {
        for (single, exact) in zip(scores, try network.evaluateExactly(input.map { Rational($0) })) {
          #expect(abs(single - (exact.nearestDouble ?? .nan)) <= 1e-5 * max(1, abs(single)))
        }
      } catch {
        guard case .irrational = error else { throw error }
      }
      // A dropped Softmax is the scores up to a constant, after the logarithm.
      if reported.diagnostics.contains(where: { $0.code == .softmaxDropped }) {
        if !name.hasPrefix("log") { expected = expected.map { log($0) } }
        expected = expected.map { [first = expected[0]] in $0 - first }
        scores = scores.map { [first = scores[0]] in $0 - first }
      }
      for (score, reference) in zip(scores, expected) {
        #expect(abs(score - reference) <= 1e-5 * max(1, abs(reference)), "\(scores) for \(expected)")
      }
    }
  }
}
