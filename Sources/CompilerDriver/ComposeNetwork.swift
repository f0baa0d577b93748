import Diagnostics
import ModelImport
import NetworkIR
import SafetyLayers
import SpecificationLanguage

extension FrontEnd {
  /// Imports the model of the network at `index`, compares it with its interface (and header, where the
  /// specification says `check header`), bounds what its `robust` clauses need, and composes the safety program.
  ///
  /// - Parameter semantics: how the network's sums of products round; `nil` for what its clauses ask for.
  /// - Throws: what is wrong with the model or the binding, and why the network has no bounds.
  public func compose(
    network index: Int, models: ModelLocator, semantics: FloatSemantics? = nil,
    reportingTo diagnostics: inout DiagnosticSet
  ) throws(DiagnosticSet) -> SafetyProgram {
    let network = try spec.importNetwork(at: index, models: models, reportingTo: &diagnostics)
    guard let table = analysis.networks[index].table else {
      preconditionFailure("a network without a table has errors, which end the run before composition")
    }
    let instance = spec.networks[index]
    let interface = spec.interfaces[instance.interface]
    try requireMatch(of: network, instance, interface)
    let rounded = network.rounding(as: spec.floatSemantics(ofNetwork: index, chosen: semantics))
    let clauses = spec.robustness.filter { $0.networks.contains(index) }
    let heads = try staticHeads(of: rounded, instance, interface, clauses)
    return try SafetyLayers.compose(
      spec, instance, with: rounded, table: table, heads: Array(zip(clauses, heads)))
  }
}

extension CheckedSpec {
  /// How the sums of products of the network at `index` round: as chosen; unless anything is, in binary64 if a
  /// `robust` clause is about the network, since that makes the bounds of rounding errors small.
  public func floatSemantics(ofNetwork index: Int, chosen: FloatSemantics?) -> FloatSemantics {
    chosen ?? (robustness.contains { $0.networks.contains(index) } ? .binary64Sums : .contractOff)
  }

  /// The model of the network at `index`, compared with its header where the specification says `check header`.
  ///
  /// - Throws: what is wrong with the model or its header.
  func importNetwork(
    at index: Int, models: ModelLocator, reportingTo diagnostics: inout DiagnosticSet
  ) throws(DiagnosticSet) -> Network {
    let instance = networks[index]
    guard let path = models.locate(instance, in: self) else {
      throw DiagnosticSet([models.notFound([instance])])
    }
    let model = try importModel(atPath: path, reportingTo: &diagnostics)
    if instance.checksHeader {
      let findings = checkHeader(of: model, against: interfaces[instance.interface], instance)
      if findings.containsError { throw findings }
      diagnostics.report(contentsOf: findings)
    }
    return model.network
  }
}
