import Diagnostics
import ExactArithmetic
import SafetyLayers
import SpecificationLanguage

/// Runs expectations. Models are imported when the first expectation needs them.
struct ExpectationRunner {
  private let frontEnd: FrontEnd
  private let models: ModelLocator
  /// What became of each network's model.
  private var programs: [Int: Result<SafetyProgram, DiagnosticSet>] = [:]

  init(_ frontEnd: FrontEnd, models: ModelLocator) {
    self.frontEnd = frontEnd
    self.models = models
  }

  /// Why the expectation fails or is undecided; nothing but warnings and notes if it holds.
  mutating func findings(of expectation: Expectation) -> DiagnosticSet {
    var findings = DiagnosticSet()
    do throws(DiagnosticSet) {
      switch expectation.claim {
      case .disjoint(let properties): try checkDisjoint(properties, expectation)
      case .conflictsNone: try checkNoConflicts(expectation)
      case .abstainUnreachable:
        try checkNoConflicts(expectation)
        try checkCertified(expectation)
      case .triggers(let point, let properties, let isExact):
        let point = floats(point)
        for network in expectation.networks {
          try checkActive(at: point, properties, isExact: isExact, on: network, expectation, &findings)
        }
      case .chooses(let point, let outputs):
        for network in expectation.networks {
          try checkChoice(at: floats(point), outputs, on: network, expectation, &findings)
        }
      case .neverAbstains(let path, let range):
        let interface = frontEnd.spec.networks[expectation.networks[0]].interface
        let table = try inputs(at: path, range, frontEnd.spec.interfaces[interface])
        if table.rows.isEmpty { throw DiagnosticSet([.noRows(path, expectation)]) }
        for network in expectation.networks {
          try checkAnswers(to: table, on: network, expectation, &findings)
        }
      }
    } catch {
      findings.report(contentsOf: error)
    }
    return findings
  }

  // MARK: By the analysis

  /// Of each network's feasible activation sets, none holds two of the properties.
  private func checkDisjoint(
    _ properties: [Int], _ expectation: Expectation
  ) throws(DiagnosticSet) {
    for network in expectation.networks {
      let enforced = frontEnd.spec.networks[network].properties
      for row in try table(of: network, expectation).rows {
        let together = row.activation.active.map { enforced[$0] }.filter(properties.contains)
        guard together.count > 1 else { continue }
        let pair = Array(together.prefix(2))
        let found = Result { () throws(NoExample) in
          try coactivity(of: pair, on: network, in: frontEnd.spec, options: frontEnd.options)
        }
        throw DiagnosticSet([.notDisjoint(pair, on: network, found, expectation, frontEnd.spec)])
      }
    }
  }

  private func checkNoConflicts(_ expectation: Expectation) throws(DiagnosticSet) {
    for network in expectation.networks {
      let name = frontEnd.spec.networks[network].name
      if let conflict = frontEnd.analysis.conflicts.first(where: { $0.networks.contains(name) }) {
        throw DiagnosticSet([.conflicts(conflict, on: name, expectation, frontEnd.spec)])
      }
      _ = try table(of: network, expectation)
    }
  }

  /// No clause abstains when it cannot certify.
  private func checkCertified(_ expectation: Expectation) throws(DiagnosticSet) {
    let networks = Set(expectation.networks)
    let clause = frontEnd.spec.robustness.first {
      $0.abstainsWhenUncertified && !networks.isDisjoint(with: $0.networks)
    }
    if let clause { throw DiagnosticSet([.abstainsWhenUncertified(clause, expectation)]) }
  }

  private func table(
    of network: Int, _ expectation: Expectation
  ) throws(DiagnosticSet) -> RepairTable {
    if let table = frontEnd.analysis.networks[network].table { return table }
    throw DiagnosticSet([.notAnalysed(frontEnd.spec.networks[network], expectation)])
  }

  // MARK: By running

  /// The model is needed only where the raw choice decides.
  private mutating func checkActive(
    at point: [Float], _ properties: [Int], isExact: Bool, on network: Int, _ expectation: Expectation,
    _ findings: inout DiagnosticSet
  ) throws(DiagnosticSet) {
    let spec = frontEnd.spec
    let layer = SafetyLayer(of: spec.networks[network], in: spec)
    if let refusal = layer.refusal(of: point) {
      throw DiagnosticSet([.refused(refusal.reason, refusal.input, on: network, expectation, spec)])
    }
    func isMet(_ active: [Int]) -> Bool {
      let found = active.map { spec.networks[network].properties[$0] }
      return isExact ? found == properties : Set(found).isSuperset(of: properties)
    }
    let choices = spec.interfaces[spec.networks[network].interface].outputs.indices
    var active = layer.activeProperties(for: point, rawChoice: 0)
    if choices.contains(where: { isMet(layer.activeProperties(for: point, rawChoice: $0)) != isMet(active) })
    {
      let result = try program(of: network, &findings).infer(point)
      if case .abstained(.nonFiniteScore) = result.status {
        throw DiagnosticSet([.abstained(.nonFiniteScore, on: network, expectation, spec)])
      }
      active = result.activation.active
    }
    if isMet(active) { return }
    let found = active.map { spec.networks[network].properties[$0] }
    throw DiagnosticSet([.triggersOthers(found, on: network, expectation, spec)])
  }

  private mutating func checkChoice(
    at point: [Float], _ outputs: [Int], on network: Int, _ expectation: Expectation,
    _ findings: inout DiagnosticSet
  ) throws(DiagnosticSet) {
    let result = try program(of: network, &findings).infer(point)
    if outputs.contains(result.choice) { return }
    if case .abstained(let reason) = result.status {
      throw DiagnosticSet([.abstained(reason, on: network, expectation, frontEnd.spec)])
    }
    throw DiagnosticSet([.choosesAnother(result, on: network, expectation, frontEnd.spec)])
  }

  /// A file of inputs beside the specification that names it.
  private func inputs(
    at path: String, _ range: SourceRange, _ interface: Interface
  ) throws(DiagnosticSet) -> InputTable {
    do throws(DiagnosticSet) {
      let file = try readRegularFile(folder(of: range.file.name) + path, limit: InputTable.sizeLimit)
      return try InputTable(file, interface: interface)
    } catch {
      throw DiagnosticSet(error.diagnostics.map { $0.noting("the file is named here", at: .source(range)) })
    }
  }

  private mutating func checkAnswers(
    to table: InputTable, on network: Int, _ expectation: Expectation, _ findings: inout DiagnosticSet
  ) throws(DiagnosticSet) {
    let program = try program(of: network, &findings)
    var first: (row: Int, reason: AbstentionReason)?
    var count = 0
    for (row, input) in table.rows.enumerated() {
      guard case .abstained(let reason) = program.infer(input).status else { continue }
      if first == nil { first = (row + 1, reason) }
      count += 1
    }
    guard let first else { return }
    throw DiagnosticSet([
      .rowsAbstain(
        first.row, first.reason, count: count, of: table.rows.count, on: network, expectation, frontEnd.spec)
    ])
  }

  /// The network's program. Warnings and notes about its model are reported the first time.
  private mutating func program(
    of network: Int, _ findings: inout DiagnosticSet
  ) throws(DiagnosticSet) -> SafetyProgram {
    if let known = programs[network] { return try known.get() }
    guard frontEnd.analysis.networks[network].table != nil else {
      throw DiagnosticSet([.notRunnable(frontEnd.spec.networks[network])])
    }
    do throws(DiagnosticSet) {
      let program = try frontEnd.compose(network: network, models: models, reportingTo: &findings)
      programs[network] = .success(program)
      return program
    } catch {
      programs[network] = .failure(error)
      throw error
    }
  }
}

/// Beyond the finite range the nearest binary32 "number" is an infinity, which is refused as such.
func floats(_ values: [Rational]) -> [Float] {
  values.map { $0.nearestFloat ?? ($0.signum < 0 ? -.infinity : .infinity) }
}
