import Diagnostics
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
  let fileName: String

  var property: ProvedProperty { ProvedProperty(property: position, evidence: proof.hash) }
}

/// What was found of a program's properties.
struct ProvedGuards: Sendable {
  var proved: [ProvedGuard] = []
  /// Names of the files that proofs of the others would have.
  var missingFiles: [String] = []
  /// Why the others are not proved.
  var notes = DiagnosticSet()
}

/// Why a property is not proved.
enum ProofGap: Error {
  case violated
  case undecided(UndecidedReason)
  /// It holds by the search alone.
  case noProof(AcceptedProof.Missing)
  /// It can't be asked.
  case refused(DiagnosticSet)
}

extension FrontEnd {
  /// The properties of the program of the network at `index` that are proved of its floats, by a proof that the
  /// independent checker accepts. What the search alone says is not enough.
  ///
  /// - Parameters:
  ///   - boxes: the most boxes that are looked at for a property. No time limit: the outcome is the same on every machine.
  ///   - command: what notes say how to ask again.
  func provedProperties(
    of program: SafetyProgram, network index: Int, boxes: Int, asking command: ProveCommand
  ) -> ProvedGuards {
    var options = ProverOptions(boxes: boxes, jobs: ProcessInfo.processInfo.activeProcessorCount)
    options.records = true
    let instance = spec.networks[index]
    var found = ProvedGuards()
    for (position, guarded) in program.guards.enumerated() {
      let property = guarded.property
      let fileName = spec.proofFileName(ofNetwork: instance.name, property: property.name)
      do throws(ProofGap) {
        let proof = try acceptedProof(of: property, on: instance, program.network, options)
        found.proved.append(ProvedGuard(position: position, proof: proof, fileName: fileName))
      } catch {
        found.missingFiles.append(fileName)
        found.notes.report(
          .notProved(
            property, on: instance, error, boxes: boxes, asking: command.text(of: property, on: instance)))
      }
    }
    return found
  }

  private func acceptedProof(
    of property: Property, on instance: NetworkInstance, _ network: Network, _ options: ProverOptions
  ) throws(ProofGap) -> AcceptedProof {
    let result: ProverResult
    let statement: [UInt8]?
    do throws(DiagnosticSet) {
      result = try prove(property, on: instance, network, in: spec, options)
      statement = try proofStatement(of: property, on: instance, network, in: spec)
    } catch {
      throw .refused(error)
    }
    switch result.float {
    case .holds: break
    case .violated: throw .violated
    case .undecided(let reason): throw .undecided(reason)
    }
    do throws(AcceptedProof.Missing) {
      let proof = try AcceptedProof(
        of: result.proof, network, question: "\(instance.name) \(property.name)", statement: statement)
      if !proof.coversFloats { throw AcceptedProof.Missing(reason: "it is about real numbers only") }
      return proof
    } catch {
      throw .noProof(error)
    }
  }
}
