import Diagnostics
import ModelImport
import SpecificationLanguage

/// A network's model as far as a VNN-LIB file names it.
struct ModelFacts {
  /// The file's name and hash; `nil` if it is not found.
  let identity: (name: String, hash: String)?

  /// Reads the model if it is found, and compares it with its interface (and header, where the specification says
  /// `check header`): a file for another network would be proved in vain.
  ///
  /// - Throws: what is wrong with the model or the binding.
  init(
    of network: NetworkInstance, in spec: CheckedSpec, models: ModelLocator,
    reportingTo diagnostics: inout DiagnosticSet
  ) throws(DiagnosticSet) {
    guard let path = models.locate(network, in: spec) else {
      identity = nil
      return
    }
    let model = try importModel(atPath: path, reportingTo: &diagnostics)
    let interface = spec.interfaces[network.interface]
    var findings =
      network.checksHeader ? checkHeader(of: model, against: interface, network) : DiagnosticSet()
    if model.network.inputCount != interface.inputs.count {
      findings.report(.inputCountMismatch(network, interface, actual: model.network.inputCount))
    }
    if model.network.outputCount != interface.outputs.count {
      findings.report(.outputCountMismatch(network, interface, actual: model.network.outputCount))
    }
    if findings.containsError { throw findings }
    diagnostics.report(contentsOf: findings)
    identity = (model.network.identity.name, "\(model.network.identity.hash)")
  }
}
