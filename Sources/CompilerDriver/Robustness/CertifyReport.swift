import CertifiedBounds
import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// What `ordain certify` says of a specification's `robust` clauses at given points.
public struct CertifyReport: Sendable {
  let spec: CheckedSpec
  /// What the certificates are true of.
  let semantics: CertificateSemantics
  /// Which bounds were asked for.
  let bound: CertificateBound
  /// How the program's sums round, for certificates of the program.
  let rounding: FloatSemantics?
  let results: [ClauseResult]
  /// The Lipschitz clauses about the same networks, each with its network's name.
  let proved: [(network: String, margins: ProvedMargins)]
  /// The warnings and notes of specification and models.
  public let diagnostics: DiagnosticSet

  /// - Parameters:
  ///   - networks: only these; all if there is no pattern.
  ///   - clauses: only the `robust` clauses with these names; all if there is no name.
  ///   - semantics: what the certificates are to be true of.
  ///   - rounding: how the program's sums of products round; `nil` for what compiling would choose.
  ///   - bound: which Lipschitz bounds the certificates rest on.
  ///   - inputs: the points, as for `ordain run`.
  ///   - labels: the right output of each.
  ///   - progress: called with a line about long work.
  /// - Throws: what is wrong with the specification, a model or a file, and why a network has no certificates.
  public init(
    _ source: SourceFile, definitions: [Definition], networks patterns: [NetworkPattern],
    clauses names: [String], models: ModelLocator, semantics: CertificateSemantics, rounding: FloatSemantics?,
    bound: CertificateBound, inputs: SourceFile, labels: SourceFile, progress: (String) -> Void
  ) throws(DiagnosticSet) {
    var diagnostics = DiagnosticSet()
    spec = try FrontEnd.check(source, definitions: definitions, reportingTo: &diagnostics).1
    let clauses = try spec.robustnessClauses(named: names)
    let selected = try spec.certifiedNetworks(patterns, clauses, semantics)
    let interface = spec.interfaces[spec.networks[selected[0]].interface]
    let table = try CertifiedTable(inputs: inputs, labels: labels, interface)
    self.semantics = semantics
    self.bound = bound
    self.rounding =
      semantics == .float ? spec.floatSemantics(ofNetwork: selected[0], chosen: rounding) : nil
    let tables = try Self.repairTables(spec, selected, semantics, source, definitions, progress)
    var results: [ClauseResult] = []
    var proved: [(String, ProvedMargins)] = []
    for index in selected {
      progress("bounding `\(spec.networks[index].name)`")
      let network = try spec.importNetwork(at: index, models: models, reportingTo: &diagnostics)
      results += try spec.results(
        at: index, network.rounding(as: self.rounding ?? network.semantics),
        clauses.filter { $0.networks.contains(index) }, semantics, bound, tables[index], table, progress)
      for margins in try spec.provedMargins(at: index, network) {
        proved.append((spec.networks[index].name, margins))
      }
    }
    progress("")
    self.results = results
    self.proved = proved.map { (network: $0.0, margins: $0.1) }
    self.diagnostics = diagnostics
  }

  /// The repair tables of the networks whose programs have properties, by index: certificates are of what is repaired.
  private static func repairTables(
    _ spec: CheckedSpec, _ selected: [Int], _ semantics: CertificateSemantics, _ source: SourceFile,
    _ definitions: [Definition], _ progress: (String) -> Void
  ) throws(DiagnosticSet) -> [Int: RepairTable] {
    let repaired = selected.filter { !spec.networks[$0].properties.isEmpty }
    if semantics == .real || repaired.isEmpty { return [:] }
    let frontEnd = try FrontEnd(
      source, definitions: definitions, options: AnalysisOptions(), progress: progress)
    try frontEnd.diagnostics.throwOnError()
    return repaired.reduce(into: [:]) { $0[$1] = frontEnd.analysis.networks[$1].table }
  }
}

extension CheckedSpec {
  /// The selected networks that a clause is about.
  ///
  /// - Throws: if there are none, if they have several interfaces, or if decisions of one are repaired and the
  ///   certificates are to be of the network over the real numbers.
  fileprivate func certifiedNetworks(
    _ patterns: [NetworkPattern], _ clauses: [RobustnessClause], _ semantics: CertificateSemantics
  ) throws(DiagnosticSet) -> [Int] {
    let selected = try NetworkPattern.select(patterns, from: self).filter { index in
      clauses.contains { $0.networks.contains(index) }
    }
    guard let first = selected.first else { throw DiagnosticSet([.nothingToCertify(self, clauses)]) }
    var diagnostics = DiagnosticSet()
    for index in selected {
      let network = networks[index]
      if network.interface != networks[first].interface {
        diagnostics.report(.severalInterfaces(networks[first], network))
      }
      for clause in clauses where clause.networks.contains(index) {
        if semantics == .real, let property = network.properties.first {
          diagnostics.report(.repairedDecision(clause, network, properties[property]))
        }
      }
    }
    try diagnostics.throwOnError()
    return selected
  }

  /// One result for each clause.
  ///
  /// - Parameters:
  ///   - network: with the float semantics of the program, if that is what certificates are to be true of.
  ///   - clauses: about that network.
  fileprivate func results(
    at index: Int, _ network: Network, _ clauses: [RobustnessClause], _ semantics: CertificateSemantics,
    _ bound: CertificateBound, _ repair: RepairTable?, _ table: CertifiedTable, _ progress: (String) -> Void
  ) throws(DiagnosticSet) -> [ClauseResult] {
    let instance = networks[index]
    let interface = interfaces[instance.interface]
    try requireMatch(of: network, instance, interface)
    let bounds = try ClauseBounds(network, instance, interface, clauses, bound)
    let certifier = try PointCertifier(self, instance, network, clauses, bounds, semantics, table: repair)
    var points: [[ClauseResult.Point]] = clauses.map { _ in [] }
    for (row, point) in table.points.enumerated() {
      if row % 64 == 0 {
        progress("certifying `\(instance.name)`: \(row) of \(counted(table.points.count, "point"))")
      }
      do throws(ExactEvaluationError) {
        for (position, verdict) in try certifier.verdicts(at: point).enumerated() {
          points[position].append(
            ClauseResult.Point(
              label: table.labels[row], verdict: verdict, isOutside: !interface.contains(point)))
        }
      } catch {
        throw DiagnosticSet([.noExactScores(error, instance, row: row + 1)])
      }
    }
    return clauses.indices.map {
      ClauseResult(
        clause: clauses[$0], network: instance.name, outputs: interface.outputs, bound: bounds.origins[$0],
        points: points[$0])
    }
  }
}

extension Interface {
  /// Whether every input lies in its domain.
  fileprivate func contains(_ point: [Float]) -> Bool {
    zip(inputs, point).allSatisfy { $0.lowest <= $1 && $1 <= $0.highest }
  }
}
