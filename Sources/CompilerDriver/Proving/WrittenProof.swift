import Diagnostics
import NetworkIR
import ProofChecker
import SafetyVerification

/// What became of the proof of a verdict.
enum WrittenProof: Sendable {
  case file(String)
  /// There is none, and why.
  case none(String)

  /// Writes the proof of what holds to `folder`, once the independent checker has accepted it.
  ///
  /// - Returns: `nil` if no proof was asked for, or nothing holds.
  /// - Throws: that the file can't be written.
  init?(
    _ source: ProofSource?, holds: Bool, _ network: Network, question: String, to folder: String?
  ) throws(DiagnosticSet) {
    guard let folder, holds else { return nil }
    switch Self.proof(source, network, question) {
    case .success(let bytes):
      let name = String(question.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
      let path = "\(folder)/\(name).ordainproof"
      try writeFile(bytes, to: path)
      self = .file(path)
    case .failure(let reason): self = .none(reason.text)
    }
  }

  private struct Reason: Error {
    let text: String
  }

  private static func proof(
    _ source: ProofSource?, _ network: Network, _ question: String
  ) -> Result<[UInt8], Reason> {
    guard let source else { return .failure(Reason(text: "the search left no proof")) }
    let bytes: [UInt8]
    do throws(EvidenceFailure) {
      bytes = try source.proof(model: network.identity.hash.bytes, question: question)
    } catch {
      switch error {
      case .activation: return .failure(Reason(text: "proofs know no sigmoid and no tanh"))
      case .notClosed:
        return .failure(Reason(text: "some part was not closed by bounds that the checker can follow"))
      case .rejected(let reason): return .failure(Reason(text: "the checker rejects it: \(reason)"))
      }
    }
    do throws(ProofRejection) {
      _ = try checkProof(bytes)
      return .success(bytes)
    } catch {
      return .failure(Reason(text: "the checker rejects it: \(error.reason)"))
    }
  }
}
