import Diagnostics
import NetworkIR
import SafetyVerification

/// What became of the proof of what holds.
enum WrittenProof: Sendable {
  case file(String)
  /// There is no file, and why.
  case missing(String)

  /// Writes the proof of what holds to `path`, once the independent checker has accepted it.
  ///
  /// - Parameter statement: what it has to list.
  /// - Returns: `nil` if no proof was asked for, or nothing holds.
  /// - Throws: why the question can't be listed.
  init?(
    _ source: ProofSource?, holds: Bool, _ network: Network, question: String,
    statement: @autoclosure () throws(DiagnosticSet) -> [UInt8]?, to path: String?
  ) throws(DiagnosticSet) {
    guard let path, holds else { return nil }
    let statement = try statement()
    let proof: AcceptedProof
    do throws(AcceptedProof.Missing) {
      proof = try AcceptedProof(of: source, network, question: question, statement: statement)
    } catch {
      self = .missing(error.reason)
      return
    }
    do throws(DiagnosticSet) {
      try writeFile(proof.bytes, to: path)
    } catch {
      self = .missing(error.diagnostics.map(\.problem).joined(separator: "; "))
      return
    }
    self = .file(path)
  }
}
