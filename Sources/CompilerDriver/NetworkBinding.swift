import Diagnostics
import NetworkIR
import SpecificationLanguage

/// Binds networks to their models for `ordain check`, and counts how that ended.
struct NetworkBinding {
  private let frontEnd: FrontEnd
  private let models: ModelLocator
  private let needsModels: Bool
  private var bound = 0
  private var refused = 0
  private var missing: [NetworkInstance] = []
  private var withoutTable = 0
  /// Of how many networks all Lipschitz clauses are proved.
  private var proved = 0

  /// - Parameter needsModels: whether a model that is not found is an error.
  init(_ frontEnd: FrontEnd, models: ModelLocator, needsModels: Bool) {
    self.frontEnd = frontEnd
    self.models = models
    self.needsModels = needsModels
  }

  /// Adds a case a network. One diagnostic stands for all models that are not found.
  mutating func bind(_ selected: [Int], reportingTo report: inout Report, progress: (String) -> Void) {
    for index in selected {
      let network = frontEnd.spec.networks[index]
      if frontEnd.analysis.networks[index].table == nil {
        withoutTable += 1
        report.addCase(network.name, in: "networks", skipped: "the analysis gave no repair table")
      } else if models.locate(network, in: frontEnd.spec) == nil {
        missing.append(network)
      } else {
        progress("binding \(network.name)")
        bind(network, at: index, reportingTo: &report)
      }
    }
    if missing.isEmpty { return }
    let indices = report.report(
      DiagnosticSet([models.notFound(missing, severity: needsModels ? .error : .note)]))
    for network in missing {
      if frontEnd.spec.hasLipschitzClause(about: network) {
        report.addCase(network.name, in: "lipschitz", skipped: "the model is not found", reported: indices)
      }
      if needsModels {
        report.addCase(network.name, in: "networks", reported: indices)
      } else {
        report.addCase(network.name, in: "networks", skipped: "the model is not found", reported: indices)
      }
    }
  }

  private mutating func bind(_ network: NetworkInstance, at index: Int, reportingTo report: inout Report) {
    let start = ContinuousClock.now
    var diagnostics = DiagnosticSet()
    do throws(DiagnosticSet) {
      let program = try frontEnd.compose(network: index, models: models, reportingTo: &diagnostics)
      bound += 1
      report.addCase(network.name, in: "networks", diagnostics, seconds: seconds(since: start))
      discharge(on: index, program.network, reportingTo: &report)
    } catch {
      diagnostics.report(contentsOf: error)
      refused += 1
      report.addCase(network.name, in: "networks", diagnostics, seconds: seconds(since: start))
    }
  }

  /// One case for all Lipschitz clauses about a network; none if there are none.
  private mutating func discharge(on index: Int, _ network: Network, reportingTo report: inout Report) {
    guard frontEnd.spec.hasLipschitzClause(about: frontEnd.spec.networks[index]) else { return }
    let start = ContinuousClock.now
    var diagnostics = DiagnosticSet()
    do throws(DiagnosticSet) {
      _ = try frontEnd.spec.provedMargins(at: index, network)
      proved += 1
    } catch {
      diagnostics = error
    }
    report.addCase(
      frontEnd.spec.networks[index].name, in: "lipschitz", diagnostics, seconds: seconds(since: start))
  }

  /// The summary's line.
  var line: String {
    var parts = ["\(bound) bound"]
    if refused > 0 { parts.append("\(refused) refused") }
    if !missing.isEmpty { parts.append("\(missing.count) not found (say where with --models DIR)") }
    if proved > 0 { parts.append("Lipschitz clauses proved of \(proved)") }
    if withoutTable > 0 { parts.append("\(withoutTable) not tried (no repair table)") }
    return "  models: " + parts.joined(separator: ", ") + "\n"
  }
}

extension CheckedSpec {
  fileprivate func hasLipschitzClause(about network: NetworkInstance) -> Bool {
    lipschitz.contains { clause in clause.networks.contains { networks[$0].name == network.name } }
  }
}
