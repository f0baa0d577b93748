import Diagnostics
import SpecificationLanguage
import VNNLIB

/// One property of one network as a VNN-LIB file: satisfiable iff the network violates it.
public struct ExportedVNNLIB: Sendable {
  public let text: String
  /// The warnings and notes of the specification and the model.
  public let diagnostics: DiagnosticSet

  /// - Parameters:
  ///   - property: the name of an `enforce`, `verify` or `monitor` property, such as `p3` or `cap[50kmh]`.
  ///   - patterns: must select one network, on which the property is declared; it may be empty if there is one only.
  /// - Throws: what is wrong with the specification, the choice of property and network, or the model; or that the
  ///   property cannot be said.
  public init(
    _ source: SourceFile, definitions: [Definition], property name: String,
    networks patterns: [NetworkPattern],
    models: ModelLocator, version: VNNLIBVersion
  ) throws(DiagnosticSet) {
    var diagnostics = DiagnosticSet()
    let (_, spec) = try FrontEnd.check(source, definitions: definitions, reportingTo: &diagnostics)
    let property = try NamedProperty(name, in: spec)
    let network = try property.network(patterns, in: spec)
    let model = try ModelFacts(of: network, in: spec, models: models, reportingTo: &diagnostics)

    let unsafe: UnsafeSet
    switch property {
    case .enforced(let index):
      unsafe = try unsafeSet(of: spec.properties[index], on: network, in: spec)
    case .raw(let index):
      unsafe = try unsafeSet(of: spec.rawProperties[index], in: spec)
    }
    let comments = exportComments(
      property, network, in: spec, model: model, version: version)
    text = VNNLIBText(version: version, inputShape: inputShape(of: spec.interfaces[network.interface]))
      .text(of: unsafe, comments: comments)
    self.diagnostics = diagnostics
  }
}
