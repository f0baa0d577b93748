import Diagnostics
import SafetyLayers
import SpecificationLanguage

/// A specification that was read, parsed, checked and analysed.
///
/// 1. `SourceFile -> SpecSyntax` (`parse`): lossless; reports syntax errors.
/// 2. `SpecSyntax -> CheckedSpec` (`check`): names, units, shapes agree; families are expanded.
/// 3. `CheckedSpec -> SpecAnalysis` (`analyse`): every feasible set of active properties, conflicts.
public struct FrontEnd: Sendable {
  public let syntax: SpecSyntax
  public let spec: CheckedSpec
  public let analysis: SpecAnalysis
  /// The warnings and notes of all stages, and the analysis' errors: networks they concern have no table.
  public let diagnostics: DiagnosticSet

  /// Runs the three stages. A stage with errors ends the run with all that was reported so far.
  public init(_ source: SourceFile, options: AnalysisOptions) throws(DiagnosticSet) {
    var diagnostics = DiagnosticSet()
    syntax = parse(source, reportingTo: &diagnostics)
    try diagnostics.throwOnError()
    spec = try check(syntax, reportingTo: &diagnostics)
    analysis = analyse(spec, options: options, reportingTo: &diagnostics)
    self.diagnostics = diagnostics
  }
}
