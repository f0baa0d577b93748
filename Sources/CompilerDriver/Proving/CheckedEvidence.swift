import Diagnostics
import Foundation
import NetworkIR
import ProofChecker
import SafetyVerification

/// What `ordain check-proof` found.
public struct CheckedEvidence: Sendable {
  /// What is proved, or why the file proves nothing.
  public let text: String
  public let isProved: Bool

  /// - Parameter subject: what the proof has to be about; without one network and question are the file's word.
  /// - Throws: that the file can't be read.
  public init(_ path: String, about subject: ProofSubject?) throws(DiagnosticSet) {
    let bytes = [UInt8](try readRegularFile(path, limit: 1 << 32).utf8)
    let start = clock()
    let proof: CheckedProof
    do throws(ProofRejection) {
      proof = try checkProof(bytes)
    } catch {
      (text, isProved) = ("\(path): not proved: \(error.reason)\n", false)
      return
    }
    // What the file calls itself is its word.
    var lines = ["\(path): proved: \(subject?.name ?? proof.question)"]
    lines.append(
      "  \(counted(proof.regions, "region")), \(counted(proof.claims, "claim")), semantics \(Self.semantics(of: proof)), "
        + "\(Double(clock() - start) / Double(CLOCKS_PER_SEC)) CPU seconds")
    if proof.unroundedRows > 0 {
      lines.append(
        "  that programs compute \(counted(proof.unroundedRows, "sum")) exactly is the file's word")
    }
    if let reason = subject?.mismatch(proof, listing: bytes[proof.statement]) {
      (text, isProved) = ("\(path): not proved: \(reason)\n", false)
      return
    }
    lines.append(
      subject?.text
        ?? "  network and question are as the file lists them: name a model, or a specification and a property"
    )
    (text, isProved) = (lines.joined(separator: "\n") + "\n", true)
  }

  /// Programs' errors are at most what is charged, and none at all is among that: so proofs about programs are about real
  /// numbers, too.
  private static func semantics(of proof: CheckedProof) -> String {
    let floats = FloatSemantics.allCases.first { ProofSemantics($0) == proof.semantics }
    return floats.map { "\($0.rawValue) and real" } ?? "real only"
  }
}
