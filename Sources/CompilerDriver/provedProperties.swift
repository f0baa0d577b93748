import Diagnostics
import Foundation
import SafetyLayers
import SafetyVerification
import SpecificationLanguage

extension FrontEnd {
  /// The properties of the program of the network at `index` that are proved of its floats.
  ///
  /// - Parameter boxes: the most boxes that are looked at for a property. No time limit: the outcome is the same on every
  ///   machine.
  func provedProperties(of program: SafetyProgram, network index: Int, boxes: Int) -> [ProvedProperty] {
    let options = ProverOptions(boxes: boxes, jobs: ProcessInfo.processInfo.activeProcessorCount)
    return program.guards.indices.compactMap { position in
      let property = program.guards[position].property
      // What can't be asked is not proved.
      guard
        let result = try? prove(property, on: spec.networks[index], program.network, in: spec, options),
        case .holds = result.float
      else { return nil }
      return ProvedProperty(
        property: position, evidence: evidence(property, program, boxes: result.boxes))
    }
  }

  /// Names what was proved and the search that did it, which gives the same again.
  private func evidence(_ property: Property, _ program: SafetyProgram, boxes: Int) -> ContentHash {
    let lines =
      ["specification \(program.specHash)"] + program.imports.map { "import \($0.hash)" }
      + program.definitions.map { "definition \($0)" } + [
        "model \(program.network.identity.hash)", "semantics \(program.network.semantics)",
        "network \(program.networkName)", "property \(property.name)", "compiler \(compilerVersion)",
        "boxes \(boxes)",
      ]
    return ContentHash(of: Array(lines.map { $0 + "\n" }.joined().utf8))
  }
}
