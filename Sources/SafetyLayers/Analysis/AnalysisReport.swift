import Diagnostics
import SpecificationLanguage

/// Gathers the findings of all problems, so that each is reported once.
struct AnalysisReport {
  let interfaces: [Interface]
  let properties: [Property]
  let networks: [NetworkInstance]

  /// A finding and the networks that have it.
  private struct Finding<Key: Hashable> {
    let key: Key
    var networks: [Int]
  }

  private struct Obstruction: Hashable {
    let obstacle: ProblemAnalysis.Obstacle
    let properties: [Int]
  }

  private(set) var neverHolding: Set<Int> = []
  private var alwaysHolding: Set<Int> = []
  private var alwaysOverridden: [Int: [Int]] = [:]
  private var obstructions: [Finding<Obstruction>] = []
  private var cases: [[Int]: ProblemAnalysis.ConflictCase] = [:]
  private var caseNetworks: [[Int]: [Int]] = [:]
  private var options = AnalysisOptions()

  init(interfaces: [Interface], properties: [Property], networks: [NetworkInstance]) {
    self.interfaces = interfaces
    self.properties = properties
    self.networks = networks
  }

  mutating func add(_ analysis: ProblemAnalysis, of concerned: [Int], options: AnalysisOptions) {
    self.options = options
    let global = analysis.problem.identity.properties
    neverHolding.formUnion(analysis.neverHolding.map { global[$0] })
    alwaysHolding.formUnion(analysis.alwaysHolding.map { global[$0] })
    for index in analysis.alwaysOverridden { alwaysOverridden[global[index], default: []] += concerned }
    for conflict in analysis.conflicts {
      let key = conflict.guards.map { global[$0] }
      if cases[key] == nil { cases[key] = conflict }
      caseNetworks[key, default: []] += concerned
    }
    for obstacle in analysis.obstacles {
      let key = Obstruction(obstacle: obstacle, properties: global)
      if let known = obstructions.firstIndex(where: { $0.key == key }) {
        obstructions[known].networks += concerned
      } else {
        obstructions.append(Finding(key: key, networks: concerned))
      }
    }
  }

  /// Ascending by properties.
  var conflicts: [Conflict] {
    cases.keys.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { key in
      guard let found = cases[key] else { return nil }
      return Conflict(
        properties: key, networks: names(caseNetworks[key] ?? []), interface: properties[key[0]].interface,
        region: found.place.region, occursElsewhere: found.place.occursElsewhere,
        example: found.place.example)
    }
  }

  /// Conditions first, in order of declaration, then conflicts, then what stopped the analysis.
  var diagnostics: DiagnosticSet {
    var result = DiagnosticSet()
    for (index, property) in properties.enumerated() {
      if neverHolding.contains(index) {
        result.report(.conditionNeverHolds(property.name, at: property.range))
      }
      if alwaysHolding.contains(index) {
        result.report(.conditionAlwaysHolds(property.name, at: property.range))
      }
      if let concerned = alwaysOverridden[index] {
        let by = property.overriders.map { properties[$0] }
        result.report(.alwaysOverridden(property, by: by, on: names(concerned)))
      }
    }
    for conflict in conflicts {
      result.report(
        .conflict(conflict, properties: conflict.properties.map { properties[$0] }, in: interfaces))
    }
    for obstruction in obstructions {
      let members = obstruction.key.properties
      let on = names(obstruction.networks)
      switch obstruction.key.obstacle {
      case .tooManyRows(let overlapping):
        result.report(
          .tooManyRows(
            limit: options.maxRows, overlapping: overlapping.map { properties[members[$0]] }, on: on))
      case .tooManyDisjuncts(let guards):
        result.report(
          .tooManyDisjuncts(
            limit: options.maxDisjuncts, properties: guards.map { properties[members[$0]] }, on: on))
      case .undecided(let reason): result.report(.analysisUndecided(reason: reason, on: on))
      }
    }
    return result
  }

  private func names(_ indices: [Int]) -> [String] { indices.sorted().map { networks[$0].name } }
}
