import Foundation
import NetworkIR
import SafetyLayers
import SafetyVerification
import SpecificationLanguage

/// A property of a program that holds of its network's own scores, with the file that shows it.
struct ProvedGuard: Sendable {
  /// Position in ``SafetyProgram/guards``.
  let position: Int
  let proof: AcceptedProof

  var property: ProvedProperty { ProvedProperty(property: position, evidence: proof.hash) }
}

/// What was found of a program's properties.
struct ProvedGuards: Sendable {
  var proved: [ProvedGuard] = []
  /// Names of properties that hold by the search alone, and why there is no proof of them.
  var believed: [(name: String, reason: String)] = []
}

extension FrontEnd {
  /// The properties of the program of the network at `index` that are proved of its floats, by a proof that the
  /// independent checker accepts. What the search alone says is not enough.
  ///
  /// - Parameter boxes: the most boxes that are looked at for a property. No time limit: the outcome is the same on every
  ///   machine.
  func provedProperties(of program: SafetyProgram, network index: Int, boxes: Int) -> ProvedGuards {
    var options = ProverOptions(boxes: boxes, jobs: ProcessInfo.processInfo.activeProcessorCount)
    options.records = true
    var found = ProvedGuards()
    for (position, guarded) in program.guards.enumerated() {
      let property = guarded.property
      // What can't be asked is not proved.
      guard
        let result = try? prove(property, on: spec.networks[index], program.network, in: spec, options),
        case .holds = result.float
      else { continue }
      do throws(AcceptedProof.Missing) {
        let instance = spec.networks[index]
        let proof = try AcceptedProof(
          of: result.proof, program.network, question: "\(program.networkName) \(property.name)",
          statement: try? proofStatement(of: property, on: instance, program.network, in: spec))
        if !proof.coversFloats { throw AcceptedProof.Missing(reason: "it is about real numbers only") }
        found.proved.append(ProvedGuard(position: position, proof: proof))
      } catch {
        found.believed.append((property.name, error.reason))
      }
    }
    return found
  }
}
