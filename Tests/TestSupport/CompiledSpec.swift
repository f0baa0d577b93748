import Diagnostics
import SafetyLayers
import SpecificationLanguage

/// A specification with one network, parsed, checked and analysed.
public struct CompiledSpec: Sendable {
  public let spec: CheckedSpec
  public let analysis: SpecAnalysis
  public let diagnostics: DiagnosticSet

  /// What the checker reports, as text.
  public struct Rejection: Error, CustomStringConvertible {
    public let description: String
  }

  /// - Throws: what the checker reports as an error.
  public init(_ source: SourceFile, options: AnalysisOptions = AnalysisOptions()) throws {
    var diagnostics = DiagnosticSet()
    let syntax = parse(source, reportingTo: &diagnostics)
    do {
      spec = try check(syntax, reportingTo: &diagnostics)
    } catch {
      throw Rejection(description: error.text)
    }
    analysis = analyse(spec, options: options, reportingTo: &diagnostics)
    self.diagnostics = diagnostics
  }

  public init(_ text: String, options: AnalysisOptions = AnalysisOptions()) throws {
    try self.init(SourceFile(name: "test.ordain", text: text), options: options)
  }

  /// The first network's layer; `nil` if it has no table.
  public var layer: SafetyLayer? {
    analysis.networks[0].table.map { table in
      SafetyLayer(
        interface: spec.interfaces[spec.networks[0].interface],
        guards: guards(of: spec.networks[0], properties: spec.properties), table: table)
    }
  }
}
