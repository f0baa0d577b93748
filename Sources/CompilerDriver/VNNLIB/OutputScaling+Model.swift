import Diagnostics
import ModelImport
import SpecificationLanguage
import VNNLIB

/// A network's model as far as VNN-LIB files need it.
struct ModelFacts {
  /// The file's name and hash; `nil` if it is not found.
  let identity: (name: String, hash: String)?
  /// `nil` if only the model could say it, and it is not found.
  let scaling: OutputScaling?

  /// Reads the model if it is found, and compares it with its interface (and header, where the specification says
  /// `check header`).
  ///
  /// - Throws: what is wrong with the model or the binding.
  init(
    of network: NetworkInstance, in spec: CheckedSpec, models: ModelLocator,
    reportingTo diagnostics: inout DiagnosticSet
  ) throws(DiagnosticSet) {
    guard let path = models.locate(network, in: spec) else {
      identity = nil
      scaling = network.modelPath.lowercased().hasSuffix(".nnet") ? nil : .identity
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
    scaling = model.header.map { OutputScaling(mean: $0.outputMean, range: $0.outputRange) } ?? .identity
  }
}

extension Diagnostic {
  /// - Parameter range: the property's name, or the network's.
  static func unknownOutputScaling(
    _ what: String, _ network: NetworkInstance, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .unknownOutputScaling,
      "\(what) bounds scores, and the model of `\(network.name)`, which says their scale, is not found",
      at: .source(range), cure: "say where `\(network.modelPath)` is with `--models DIR`")
  }
}
