import Diagnostics
import ModelImport
import NetworkIR
import ProofChecker
import SafetyVerification
import VNNLIB

/// What a proof that the checker accepts has to be about. Network and regions are listed from model and question again, and
/// compared byte by byte with what the file lists.
public struct ProofSubject {
  /// The model, or the network of a specification.
  private let network: String
  /// Nil if any question will do.
  private let question: String?
  /// Nil if programs of any float semantics will do, and real numbers.
  private let semantics: FloatSemantics?
  private let listedNetwork: (FloatSemantics) -> [UInt8]?
  private let statement: (FloatSemantics) -> [UInt8]?
  /// The warnings and notes of specification and model.
  public let diagnostics: DiagnosticSet

  /// A model, whatever was asked of it.
  ///
  /// - Throws: what is wrong with the model.
  public init(model: String) throws(DiagnosticSet) {
    var diagnostics = DiagnosticSet()
    let network = try importModel(atPath: model, reportingTo: &diagnostics).network
    (self.network, question, semantics) = (network.identity.name, nil, nil)
    listedNetwork = { proofNetwork(of: network.rounding(as: $0)) }
    statement = { _ in nil }
    self.diagnostics = diagnostics
  }

  /// A VNN-LIB file's question about a model.
  public init(_ proof: VNNLIBProof) {
    let (network, set) = (proof.network, proof.set)
    (self.network, question, semantics) = (network.identity.name, proof.name, nil)
    listedNetwork = { proofNetwork(of: network.rounding(as: $0)) }
    statement = { proofStatement(of: set, network.rounding(as: $0)) }
    diagnostics = proof.diagnostics
  }

  /// A property of a specification on one of its networks.
  ///
  /// - Precondition: there is one question.
  /// - Throws: what is wrong with the model, that nothing violates the property, that it takes too many alternatives to say
  ///   what does, or that it bounds scores which the model does not return.
  public init(_ proofs: PropertyProofs) throws(DiagnosticSet) {
    precondition(proofs.count == 1, "the caller selects one")
    var diagnostics = proofs.diagnostics
    let prover = try proofs.prover(ofNetwork: proofs.questions[0].network, reportingTo: &diagnostics)
    let property = proofs.questions[0].properties[0].asked(in: proofs.spec)
    let network = prover.network
    let statement = try prover.statement(of: property)
    (self.network, question, semantics) = (prover.instance.name, property.name, network.semantics)
    listedNetwork = { proofNetwork(of: network.rounding(as: $0)) }
    self.statement = { $0 == network.semantics ? statement : nil }
    self.diagnostics = diagnostics
  }

  /// Why a proof is about something else; `nil` if it is not.
  func mismatch(_ proof: CheckedProof, listing listed: ArraySlice<UInt8>) -> String? {
    let all = FloatSemantics.allCases
    guard all.contains(where: { listedNetwork($0).map(listed.starts) == true }) else {
      return "of another network than \(network)"
    }
    if let semantics, proof.semantics != ProofSemantics(semantics) {
      let own = all.first { proof.semantics == ProofSemantics($0) }
      return own.map {
        "of programs that round as \($0.rawValue), and \(network) rounds as \(semantics.rawValue)"
      }
        ?? "of real numbers only, and `\(question ?? network)` is about floats"
    }
    // Networks whose sums round alike are listed alike.
    let isSame = question == nil || all.contains { statement($0).map { listed == $0[...] } == true }
    return isSame ? nil : "of another question than `\(question ?? "")`"
  }

  /// Of network and question; `nil` if any question will do.
  var name: String? { question.map { "\(network) \($0)" } }

  /// What was compared.
  var text: String {
    question == nil
      ? "  the network is that of \(network); the question is as the file lists it: name it as well"
      : "  network and question are those that the file lists"
  }
}
