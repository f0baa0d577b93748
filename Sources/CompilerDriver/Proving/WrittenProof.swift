import Diagnostics
import NetworkIR
import SafetyVerification

/// What became of the proof of a verdict.
enum WrittenProof: Sendable {
  case file(String)
  /// There is none, and why.
  case none(String)
  /// There is one, which could not be written, and why.
  case unwritten(String)

  /// Writes the proof of what holds to `folder`, once the independent checker has accepted it.
  ///
  /// - Parameter statement: what it has to list.
  /// - Returns: `nil` if no proof was asked for, or nothing holds.
  /// - Throws: why the question can't be listed.
  init?(
    _ source: ProofSource?, holds: Bool, _ network: Network, question: String,
    statement: @autoclosure () throws(DiagnosticSet) -> [UInt8]?, to folder: String?
  ) throws(DiagnosticSet) {
    guard let folder, holds else { return nil }
    let statement = try statement()
    let proof: AcceptedProof
    do throws(AcceptedProof.Missing) {
      proof = try AcceptedProof(of: source, network, question: question, statement: statement)
    } catch {
      self = .none(error.reason)
      return
    }
    let path = "\(folder)/\(proof.stem)\(AcceptedProof.suffix)"
    do throws(DiagnosticSet) {
      try writeFile(proof.bytes, to: path)
    } catch {
      self = .unwritten(error.diagnostics.map(\.problem).joined(separator: "; "))
      return
    }
    self = .file(path)
  }
}
