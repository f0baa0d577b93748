import CompilerDriver
import Diagnostics
import Foundation
import NetworkIR
import SafetyLayers
import SafetyVerification
import Testing

/// Before a guard falls the proof is compared with the question, which the search has no part in.
@Suite struct AcceptedProofTests {
  /// `a` is 1.5 x + y, `b` is 0.5.
  private static let model = """
    // made by hand
    1,2,2,2,
    2,2,
    0,
    -1,-1,
    1,1,
    0,0,0,
    1,1,1,
    1.5,1,
    0,0,
    0,
    0.5,

    """

  private static let spec = """
    ordain 1
    spec "known" 1.0.0
    interface I {
      inputs {
        x : m in -1 .. 1
        y : s in -1 .. 1
      }
      outputs { a, b choose highest }
    }
    network Net : I from "net.nnet"
    enforce wide on Net { when x >= 0.75 m and y >= 0 s or x >= 0.6 m and y >= 0.5 s then choose a }
    enforce narrow on Net { when x >= 0.75 m and y >= 0.1 s then choose a }

    """

  @Test func aProofOfSomethingElseIsMissing() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ordain-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.model.write(toFile: folder + "/net.nnet", atomically: true, encoding: .utf8)
    let source = SourceFile(name: folder + "/spec.ordain", text: Self.spec)
    let frontEnd = try FrontEnd(source, options: AnalysisOptions())
    var diagnostics = DiagnosticSet()
    let network = try frontEnd.compose(
      network: 0, models: ModelLocator(models: nil, data: nil), reportingTo: &diagnostics
    ).network
    let spec = frontEnd.spec
    var options = ProverOptions(boxes: 1000)
    options.records = true
    let statements = try spec.properties.map {
      try #require(try proofStatement(of: $0, on: spec.networks[0], network, in: spec))
    }
    for (index, property) in spec.properties.enumerated() {
      let result = try prove(property, on: spec.networks[0], network, in: spec, options)
      func accepted(_ network: Network, as statement: [UInt8]?) -> String? {
        do throws(AcceptedProof.Missing) {
          _ = try AcceptedProof(of: result.proof, network, question: "known", statement: statement)
          return nil
        } catch {
          return error.reason
        }
      }
      #expect(accepted(network, as: statements[index]) == nil)
      for other in [statements[1 - index], Array(statements[index].dropLast(9)), [], nil] {
        #expect(accepted(network, as: other) == "it is of another network or question")
      }
      let wider = network.rounding(as: .fma)
      let listed = try proofStatement(of: property, on: spec.networks[0], wider, in: spec)
      #expect(accepted(wider, as: listed) == "it is of another network or question")
    }
  }
}
