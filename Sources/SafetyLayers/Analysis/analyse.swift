import Diagnostics
import SpecificationLanguage

/// The repair tables of all networks of `spec`, and what is wrong with its properties.
///
/// Reported, each once for all networks concerned: minimal conflicts with a region and a replayed
/// example, conditions that never or always hold in the domain, properties that are always overridden,
/// tables that are too large, and what the solver left undecided.
///
/// Networks that share their interface and properties share one analysis: its cost is that of the
/// distinct problems (45 ACAS Xu networks have a handful).
public func analyse(
  _ spec: CheckedSpec, options: AnalysisOptions = AnalysisOptions(),
  reportingTo diagnostics: inout DiagnosticSet
) -> SpecAnalysis {
  analyse(
    interfaces: spec.interfaces, properties: spec.properties, networks: spec.networks, options: options,
    reportingTo: &diagnostics)
}

/// ``analyse(_:options:reportingTo:)`` of a specification's parts.
package func analyse(
  interfaces: [Interface], properties: [Property], networks: [NetworkInstance],
  options: AnalysisOptions = AnalysisOptions(), reportingTo diagnostics: inout DiagnosticSet
) -> SpecAnalysis {
  // Distinct problems, in order of their first network.
  var members: [GuardProblem.Identity: [Int]] = [:]
  var problems: [GuardProblem] = []
  for (index, network) in networks.enumerated() {
    let problem = GuardProblem(network, interfaces: interfaces, properties: properties)
    if members[problem.identity] == nil { problems.append(problem) }
    members[problem.identity, default: []].append(index)
  }
  var report = AnalysisReport(interfaces: interfaces, properties: properties, networks: networks)
  var tables = [RepairTable?](repeating: nil, count: networks.count)
  for problem in problems {
    let analysis = ProblemAnalysis(problem, options: options)
    let concerned = members[problem.identity] ?? []
    report.add(analysis, of: concerned, options: options)
    if analysis.yieldsTable {
      for network in concerned { tables[network] = RepairTable(rows: analysis.rows) }
    }
  }
  diagnostics.report(contentsOf: report.diagnostics)
  return SpecAnalysis(
    networks: networks.indices.map { NetworkAnalysis(network: $0, table: tables[$0]) },
    conflicts: report.conflicts)
}

extension ProblemAnalysis {
  /// Whether nothing about the problem is an error or undecided.
  fileprivate var yieldsTable: Bool {
    obstacles.isEmpty && neverHolding.isEmpty && (conflicts.isEmpty || problem.interface.abstainsOnConflict)
  }
}
