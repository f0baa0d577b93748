import Diagnostics
import SpecificationLanguage

/// The repair tables of all networks of `spec`, and what is wrong with its properties.
///
/// Reported, each once for all networks concerned: minimal conflicts with a region and a replayed
/// example, conditions that never or always hold in the domain, properties that are always overridden,
/// tables that are too large, what the solver left undecided; then what is probably not meant
/// (``SpecChecks``).
///
/// Networks that share their interface and properties share one analysis: its cost is that of the
/// distinct problems (45 ACAS Xu networks have a handful).
///
/// - Parameter cache: points that earlier analyses found. They are evaluated again, never believed: the
///   outcome is the same without them, but for what a time limit leaves undecided with or without them.
/// - Parameter progress: called now and then, about long work.
public func analyse(
  _ spec: CheckedSpec, options: AnalysisOptions = AnalysisOptions(), cache: (any AnalysisCache)? = nil,
  progress: (AnalysisProgress) -> Void = { _ in }, reportingTo diagnostics: inout DiagnosticSet
) -> SpecAnalysis {
  var witnesses = WitnessStore(spec.interfaces, cache: cache)
  // Distinct problems, in order of their first network.
  var members: [GuardProblem.Identity: [Int]] = [:]
  var problems: [GuardProblem] = []
  for (index, network) in spec.networks.enumerated() {
    let problem = GuardProblem(network, interfaces: spec.interfaces, properties: spec.properties)
    if members[problem.identity] == nil { problems.append(problem) }
    members[problem.identity, default: []].append(index)
  }
  var report = AnalysisReport(
    interfaces: spec.interfaces, properties: spec.properties, networks: spec.networks)
  var tables = [RepairTable?](repeating: nil, count: spec.networks.count)
  var analyses: [(analysis: ProblemAnalysis, networks: [Int])] = []
  for (index, problem) in problems.enumerated() {
    let interface = problem.identity.interface
    let analysis = ProblemAnalysis(problem, options: options, hints: witnesses.hints[interface].points) {
      progress(AnalysisProgress(phase: $0, problem: index + 1, problemCount: problems.count))
    }
    witnesses.found[interface].points += analysis.witnesses
    let concerned = members[problem.identity] ?? []
    report.add(analysis, of: concerned, options: options)
    analyses.append((analysis, concerned))
    if analysis.yieldsTable {
      for network in concerned { tables[network] = RepairTable(rows: analysis.rows) }
    }
  }
  let comparisons = zip(spec.interfaces, witnesses.hints).map {
    PostComparison($0, hints: $1.scores, timeoutMilliseconds: options.timeoutMilliseconds)
  }
  let checks = SpecChecks(
    spec, problems: analyses, comparisons: comparisons, neverHolding: report.neverHolding, options: options,
    progress: progress)
  for (index, comparison) in comparisons.enumerated() { witnesses.found[index].scores = comparison.witnesses }
  witnesses.store()
  diagnostics.report(contentsOf: report.diagnostics)
  diagnostics.report(contentsOf: checks.diagnostics)
  return SpecAnalysis(
    networks: spec.networks.indices.map { NetworkAnalysis(network: $0, table: tables[$0]) },
    conflicts: report.conflicts)
}

extension ProblemAnalysis {
  /// Whether nothing about the problem is an error or undecided.
  fileprivate var yieldsTable: Bool {
    obstacles.isEmpty && neverHolding.isEmpty && (conflicts.isEmpty || problem.interface.abstainsOnConflict)
  }
}
