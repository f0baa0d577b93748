import Diagnostics
import SpecificationLanguage

/// The report of `ordain check`: a case for the language, one for the analysis as a whole, one a property, one a
/// robustness clause and one a selected network.
///
/// - Parameters:
///   - path: the specification's.
///   - needsModels: whether a model that is not found is an error.
///   - load: reads, checks and analyses the specification. What it throws is in the report.
public func checkReport(
  path: String, networks patterns: [NetworkPattern], models: ModelLocator, needsModels: Bool,
  progress: (String) -> Void, load: () throws(DiagnosticSet) -> FrontEnd
) -> Report {
  var report = Report(command: "check", path: path, warningsFail: true)
  let start = ContinuousClock.now
  let frontEnd: FrontEnd
  do throws(DiagnosticSet) {
    frontEnd = try load()
  } catch {
    report.addCase("language", in: "specification", error, seconds: seconds(since: start))
    report.summary = "\(report.path): not analysed\n" + report.countLines
    return report
  }
  report.subject = frontEnd.spec.name
  let indices = report.report(frontEnd.diagnostics)
  let findings = CheckFindings(frontEnd, indices: indices)
  report.addCase("language", in: "specification", reported: findings.language)
  report.addCase("analysis", in: "specification", reported: findings.analysis, seconds: seconds(since: start))
  for (index, property) in frontEnd.spec.properties.enumerated() {
    let own = findings.properties[index]
    if own.isEmpty, let network = findings.incompleteNetwork(of: index) {
      report.addCase(
        property.name, in: "properties", skipped: "the analysis of `\(network)` is not complete",
        reported: findings.analysis)
    } else {
      report.addCase(property.name, in: "properties", reported: own)
    }
  }
  for property in frontEnd.spec.rawProperties {
    report.addCase(
      property.name, in: "properties",
      skipped: "`\(property.role.rawValue)` is checked for its form here, and decided by `ordain prove`")
  }
  for clause in frontEnd.spec.robustness {
    report.addCase(
      clause.name, in: "robustness",
      skipped: "`robust` is decided at each input, by `ordain certify` and by the emitted program")
  }
  var binding = NetworkBinding(frontEnd, models: models, needsModels: needsModels)
  do throws(DiagnosticSet) {
    let selected = try NetworkPattern.select(patterns, from: frontEnd.spec)
    binding.bind(selected, reportingTo: &report, progress: progress)
  } catch {
    report.addCase("selection", in: "networks", error)
  }
  report.summary = summary(of: frontEnd) + binding.line + report.countLines
  return report
}

private func summary(of frontEnd: FrontEnd) -> String {
  let spec = frontEnd.spec
  let rows = frontEnd.analysis.networks.compactMap(\.table?.rows.count)
  let sets = counted(rows.reduce(0, +), "feasible set") + " of active properties"
  let networks = counted(spec.networks.count, "network")
  let tables =
    rows.count == spec.networks.count
    ? sets : "repair tables for \(rows.count) of \(networks)" + (rows.isEmpty ? "" : " (\(sets))")
  return "\(spec.name) \(spec.version): \(networks), "
    + counted(spec.properties.count, "property", plural: "properties") + "\n"
    + "  analysis: \(tables), \(counted(frontEnd.analysis.conflicts.count, "conflict"))\n"
    + unprovedLine(spec)
}

/// How many obligations are checked for their form only, and who decides them; empty if there are none.
private func unprovedLine(_ spec: CheckedSpec) -> String {
  func count(_ role: PropertyRole) -> Int { spec.rawProperties.count { $0.role == role } }
  let kinds = [
    (count(.verify), "verify", "verify"), (count(.monitor), "monitor", "monitors"),
  ]
  let unproved = kinds.filter { $0.0 > 0 }.map { counted($0.0, $0.1, plural: $0.2) }
  let clauses = counted(spec.robustness.count, "robust clause")
  return (unproved.isEmpty ? "" : "  decided by `ordain prove`: \(unproved.joined(separator: ", "))\n")
    + (spec.robustness.isEmpty
      ? "" : "  decided at each input, by `ordain certify` and the emitted program: \(clauses)\n")
}

/// Wall-clock time.
func seconds(since start: ContinuousClock.Instant) -> Double {
  (ContinuousClock.now - start) / .seconds(1)
}
