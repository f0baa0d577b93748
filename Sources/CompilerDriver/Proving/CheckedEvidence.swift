import Diagnostics
import ModelImport
import NetworkIR
import ProofChecker
import SafetyVerification

/// What `ordain check-proof` found.
public struct CheckedEvidence: Sendable {
  /// What is proved, or why the file proves nothing.
  public let text: String
  public let isProved: Bool

  /// - Parameter model: the model that the proof has to be about; without one the network is the file's word.
  /// - Throws: what is wrong with the files themselves.
  public init(_ path: String, model: String?) throws(DiagnosticSet) {
    let bytes = try readRegularFile(path, limit: 1 << 32).utf8
    let proof: CheckedProof
    do throws(ProofRejection) {
      proof = try checkProof(Array(bytes))
    } catch {
      (text, isProved) = ("\(path): not proved: \(error.reason)\n", false)
      return
    }
    var lines = ["\(path): proved: \(proof.question)"]
    lines.append(
      "  \(counted(proof.regions, "region")), \(counted(proof.claims, "claim")), semantics \(proof.semantics)"
    )
    guard let model else {
      text =
        lines.joined(separator: "\n")
        + "\n  the network is as the file lists it: name the model with --model\n"
      isProved = true
      return
    }
    var diagnostics = DiagnosticSet()
    let network = try importModel(atPath: model, reportingTo: &diagnostics).network
    let listed = Array(bytes[proof.network])
    let isSame = FloatSemantics.allCases.contains { semantics in
      (try? proofNetwork(of: network.rounding(as: semantics))) == listed
    }
    guard isSame else {
      (text, isProved) = ("\(path): not proved: of another network than \(model)\n", false)
      return
    }
    text = lines.joined(separator: "\n") + "\n  the network is that of \(network.identity.name)\n"
    isProved = true
  }
}
