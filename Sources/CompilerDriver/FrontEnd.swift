import Diagnostics
import SafetyLayers
import SpecificationLanguage

/// A specification that was read, parsed, checked and analysed.
///
/// 1. `SourceFile -> SpecTree` (`parse`): lossless; follows imports; reports syntax errors.
/// 2. `SpecTree -> CheckedSpec` (`check`): names, units, shapes agree; families are expanded.
/// 3. `CheckedSpec -> SpecAnalysis` (`analyse`): every feasible set of active properties, conflicts.
public struct FrontEnd: Sendable {
  public let tree: SpecTree
  public let spec: CheckedSpec
  public let analysis: SpecAnalysis
  /// The warnings and notes of all stages, and the analysis' errors: networks they concern have no table.
  public let diagnostics: DiagnosticSet

  /// The most bytes of a specification's file that are read; the parser's own limit is lower.
  public static let sizeLimit = 8 << 20

  /// Runs the three stages. A stage with errors ends the run with all that was reported so far.
  ///
  /// - Parameter cache: makes a repeated analysis shorter; changes nothing else.
  /// - Parameter progress: called with a line about long work.
  public init(
    _ source: SourceFile, definitions: [Definition] = [], options: AnalysisOptions,
    cache: CacheFolder? = nil, progress: (String) -> Void = { _ in }
  ) throws(DiagnosticSet) {
    var diagnostics = DiagnosticSet()
    (tree, spec) = try Self.check(source, definitions: definitions, reportingTo: &diagnostics)
    analysis = analyse(
      spec, options: options, cache: cache, progress: { progress($0.text) }, reportingTo: &diagnostics)
    self.diagnostics = diagnostics
  }

  /// The networks that any of `patterns` matches, ascending; all if there is no pattern.
  /// - Throws: a diagnostic for each pattern that matches nothing, or that there is no network at all.
  public func networks(matching patterns: [NetworkPattern]) throws(DiagnosticSet) -> [Int] {
    if spec.networks.isEmpty {
      throw DiagnosticSet([
        Diagnostic(
          .nothingDeclared, "`\(spec.name)` declares no network", at: .none,
          cure: "declare one: `network Policy : Interface from \"policy.onnx\"`")
      ])
    }
    return try NetworkPattern.select(patterns, from: spec)
  }

  /// The first two stages: all that needs no solver.
  public static func check(
    _ source: SourceFile, definitions: [Definition] = [], reportingTo diagnostics: inout DiagnosticSet
  ) throws(DiagnosticSet) -> (SpecTree, CheckedSpec) {
    let syntax = parse(source, reportingTo: &diagnostics)
    let tree = SpecTree(root: syntax, definitions: definitions, reportingTo: &diagnostics) {
      (path) throws(DiagnosticSet) in try readRegularFile(path, limit: sizeLimit)
    }
    try diagnostics.throwOnError()
    return (tree, try SpecificationLanguage.check(tree, reportingTo: &diagnostics))
  }
}
