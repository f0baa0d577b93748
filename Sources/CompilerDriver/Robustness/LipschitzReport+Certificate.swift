import CertifiedBounds
import Diagnostics

extension LipschitzReport {
  /// The text of a certificate of the bounds of pairs, which `ordain-checkcert` checks (<doc:Certificates>).
  ///
  /// - Throws: which node has no rule in certificates.
  public func certificate() throws(DiagnosticSet) -> String {
    do throws(CertificateFailure) {
      return try LipschitzCertificate(of: network, bound).text
    } catch {
      throw DiagnosticSet([.noCertificateFile(error, of: model, at: .file(name: path, place: nil))])
    }
  }
}
