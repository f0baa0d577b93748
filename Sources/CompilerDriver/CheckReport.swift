import Diagnostics
import SpecificationLanguage

/// What `ordain check` found.
public struct CheckReport: Sendable {
  public let diagnostics: DiagnosticSet
  public let summary: String

  /// 1 on warnings too: a check is clean only if there is nothing to mend.
  public var status: ExitStatus {
    let status = ExitStatus(diagnostics)
    let warns = diagnostics.diagnostics.contains { $0.severity == .warning }
    return status == .clean && warns ? .findings : status
  }

  /// Binds every selected network whose model is found.
  ///
  /// - Parameter needsModels: whether a model that is not found is an error.
  /// - Throws: only what is wrong with `patterns`.
  public init(
    _ frontEnd: FrontEnd, networks patterns: [NetworkPattern], models: ModelLocator, needsModels: Bool,
    progress: (String) -> Void
  ) throws(DiagnosticSet) {
    var diagnostics = frontEnd.diagnostics
    let selected = try NetworkPattern.select(patterns, from: frontEnd.spec)
    var bound = 0
    var missing: [NetworkInstance] = []
    for index in selected where frontEnd.analysis.networks[index].table != nil {
      let network = frontEnd.spec.networks[index]
      guard models.locate(network, in: frontEnd.spec) != nil else {
        missing.append(network)
        continue
      }
      progress("binding \(network.name)")
      do throws(DiagnosticSet) {
        _ = try frontEnd.compose(network: index, models: models, reportingTo: &diagnostics)
        bound += 1
      } catch {
        diagnostics.report(contentsOf: error)
      }
    }
    if !missing.isEmpty {
      diagnostics.report(models.notFound(missing, severity: needsModels ? .error : .note))
    }
    self.diagnostics = diagnostics
    summary = Self.summary(frontEnd, diagnostics, bound: bound, missing: missing.count)
  }

  private static func summary(
    _ frontEnd: FrontEnd, _ diagnostics: DiagnosticSet, bound: Int, missing: Int
  ) -> String {
    let spec = frontEnd.spec
    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    func count(_ severity: Severity) -> Int { diagnostics.diagnostics.count { $0.severity == severity } }
    let rows = frontEnd.analysis.networks.compactMap(\.table?.rows.count)
    var lines = [
      "\(spec.name) \(spec.version): \(count(spec.networks.count, "network")), "
        + (spec.properties.count == 1 ? "1 property" : "\(spec.properties.count) properties"),
      "  analysis: \(count(rows.reduce(0, +), "feasible set")) of active properties, "
        + count(frontEnd.analysis.conflicts.count, "conflict"),
      "  models: \(bound) bound"
        + (missing == 0 ? "" : ", \(missing) not found (say where with --models DIR)"),
      "  \(count(count(.error), "error")), \(count(count(.warning), "warning")), "
        + "\(count(count(.note), "note")), \(count(.undecided)) undecided",
    ]
    lines.append("")
    return lines.joined(separator: "\n")
  }
}
