import Diagnostics
import Foundation
import ModelImport
import NetworkIR
import ProofChecker
import SafetyVerification
import VNNLIB

/// What `ordain check-proof` found.
public struct CheckedEvidence: Sendable {
  /// What is proved, or why the file proves nothing.
  public let text: String
  public let isProved: Bool

  /// - Parameters:
  ///   - model: the model that the proof has to be about; without one the network is the file's word.
  ///   - question: a VNN-LIB file that says what has to be asked of the model.
  /// - Throws: what is wrong with the files themselves.
  public init(_ path: String, model: String?, question: SourceFile?) throws(DiagnosticSet) {
    let bytes = [UInt8](try readRegularFile(path, limit: 1 << 32).utf8)
    let start = clock()
    let proof: CheckedProof
    do throws(ProofRejection) {
      proof = try checkProof(bytes)
    } catch {
      (text, isProved) = ("\(path): not proved: \(error.reason)\n", false)
      return
    }
    var lines = ["\(path): proved: \(proof.question)"]
    lines.append(
      "  \(counted(proof.regions, "region")), \(counted(proof.claims, "claim")), semantics \(proof.semantics), "
        + "\(Double(clock() - start) / Double(CLOCKS_PER_SEC)) CPU seconds")
    if proof.unroundedRows > 0 {
      lines.append(
        "  that programs compute \(counted(proof.unroundedRows, "sum")) exactly is the file's word")
    }
    var isSame = true
    if let model {
      var diagnostics = DiagnosticSet()
      let network = try importModel(atPath: model, reportingTo: &diagnostics).network
      let set = try question.map { file throws(DiagnosticSet) in try parseVNNLIB(file) }
      isSame = Self.isAbout(network, set, bytes[proof.statement])
      let name = network.identity.name
      if !isSame {
        lines = [
          "\(path): not proved: of another \(set == nil ? "network" : "network or question") than \(name)"
        ]
      } else {
        lines.append("  the network is that of \(name)\(set == nil ? "" : ", the question that of the file")")
      }
    } else {
      lines.append("  the network is as the file lists it: name the model with --model")
    }
    if isSame, question == nil {
      lines.append("  the question is as the file lists it: name the VNN-LIB file with --vnnlib")
    }
    (text, isProved) = (lines.joined(separator: "\n") + "\n", isSame)
  }

  /// Whether a statement is about a network, however its sums round, and if there is a set about that.
  private static func isAbout(_ network: Network, _ set: UnsafeSet?, _ statement: ArraySlice<UInt8>) -> Bool {
    FloatSemantics.allCases.contains { semantics in
      let rounded = network.rounding(as: semantics)
      if let set { return (try? proofStatement(set, of: rounded)).map { statement == $0[...] } == true }
      return (try? proofNetwork(of: rounded)).map(statement.starts) == true
    }
  }
}
