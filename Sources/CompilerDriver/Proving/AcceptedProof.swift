import Diagnostics
import NetworkIR
import ProofChecker
import SafetyVerification

/// The file of a proof, which the independent checker has accepted, and which lists network and regions of the question.
package struct AcceptedProof: Sendable {
  package let bytes: [UInt8]
  /// Whether it is of the network's programs, and not of the real function alone.
  let coversFloats: Bool

  /// Why there is none.
  package struct Missing: Error {
    package let reason: String
  }

  /// - Parameters:
  ///   - question: what is proved, for people: it stands in the file.
  ///   - statement: what a proof of the question has to list; `nil` if none can. It does not come from the search.
  package init(
    of source: ProofSource?, _ network: Network, question: String, statement: [UInt8]?
  ) throws(Missing) {
    guard let source else { throw Missing(reason: "the search left no proof") }
    do throws(EvidenceFailure) {
      bytes = try source.proof(model: network.identity.hash.bytes, question: question)
    } catch {
      switch error {
      case .activation: throw Missing(reason: "proofs know no sigmoid and no tanh")
      case .notClosed:
        throw Missing(reason: "some part was not closed by bounds that the checker can follow")
      case .time:
        throw Missing(
          reason: "making one took too long: 20 s and ten times the search, or 10 s for a linear program")
      case .rejected(let reason): throw Missing(reason: "the checker rejects it: \(reason)")
      }
    }
    let proof: CheckedProof
    do throws(ProofRejection) {
      proof = try checkProof(bytes)
    } catch {
      throw Missing(reason: "the checker rejects it: \(error.reason)")
    }
    guard let statement, bytes[proof.statement] == statement[...] else {
      throw Missing(reason: "it is of another network or question")
    }
    coversFloats = proof.semantics == ProofSemantics(network.semantics)
  }

  var hash: ContentHash { ContentHash(of: bytes) }
}
