import Diagnostics
import SMTSolving
import SpecificationLanguage

/// What is probably not meant by a specification whose problems were analysed: each finding once, for all
/// networks concerned.
struct SpecChecks {
  private let spec: CheckedSpec
  /// Every distinct problem with the networks that have it, ascending.
  private let problems: [(analysis: ProblemAnalysis, networks: [Int])]
  private let options: AnalysisOptions
  /// One an interface.
  private let comparisons: [PostComparison]
  private(set) var diagnostics = DiagnosticSet()

  init(
    _ spec: CheckedSpec, problems: [(analysis: ProblemAnalysis, networks: [Int])],
    comparisons: [PostComparison], neverHolding: Set<Int>, options: AnalysisOptions,
    progress: (AnalysisProgress) -> Void
  ) {
    self.spec = spec
    self.problems = problems
    self.options = options
    self.comparisons = comparisons
    examineRawConditions()
    let tautologies = findTautologies()
    let overrides = UselessOverride.found(
      in: spec.properties, problems: problems.map(\.analysis), neverHolding: neverHolding)
    for found in overrides {
      diagnostics.report(
        .uselessOverride(spec.properties[found.winner], spec.properties[found.loser], at: found.range))
    }
    findSuperfluous(except: tautologies.union(contradictions), progress)
    findSlivers()
    reportUncovered()
    examineAbstention()
    reportIdleNetworks()
    reportDoubts()
  }

  /// Each check is unsatisfiable iff a `verify`'s or `monitor`'s condition never (always) holds.
  private mutating func examineRawConditions() {
    for (index, interface) in spec.interfaces.enumerated() {
      let properties = spec.rawProperties.filter { $0.interface == index }
      if properties.isEmpty { continue }
      let guards = properties.map {
        Guard(
          property: Property(
            name: $0.name, title: $0.title, interface: index, condition: $0.condition, post: .all([]),
            overriders: [], range: $0.range), overriders: [])
      }
      let encoding = GuardEncoding(
        GuardProblem(interface: interface, guards: guards), timeoutMilliseconds: options.timeoutMilliseconds)
      for (property, holds) in zip(properties, encoding.holds) {
        switch encoding.solver.check(assuming: [holds]) {
        case .satisfiable: break
        case .unsatisfiable: diagnostics.report(.conditionNeverHolds(property.name, at: property.range))
        case .unknown(let reason):
          doubt("whether the condition of `\(property.name)` ever holds", reason, isAdvice: false)
        }
        if case .constant = property.condition { continue }
        switch encoding.solver.check(assuming: [encoding.context.not(holds)]) {
        case .satisfiable: break
        case .unsatisfiable: diagnostics.report(.conditionAlwaysHolds(property.name, at: property.range))
        case .unknown(let reason): doubt("whether the condition of `\(property.name)` always holds", reason)
        }
      }
    }
  }

  /// Returns the properties whose posts demand nothing, and those of which that is undecided: neither are
  /// looked at any further.
  private mutating func findTautologies() -> Set<Int> {
    var found: Set<Int> = []
    for (index, property) in spec.properties.enumerated() {
      if isTautology(property.post, property.name, property.interface, property.range) { found.insert(index) }
    }
    for property in spec.rawProperties {
      guard case .order(let post) = property.requirement else { continue }
      _ = isTautology(post, property.name, property.interface, property.range)
    }
    return found
  }

  private mutating func isTautology(
    _ post: Post, _ name: String, _ interface: Int, _ range: SourceRange
  ) -> Bool {
    switch comparisons[interface].doImply([], post) {
    case .yes: diagnostics.report(.tautologicalPost(name, at: range))
    case .no: return false
    case .unknown(let reason): doubt("whether `\(name)` demands anything", reason)
    }
    return true
  }

  /// The properties that no order satisfies; they are reported as conflicts of one.
  private var contradictions: Set<Int> {
    Set(
      problems.flatMap { problem in
        problem.analysis.conflicts.filter { $0.guards.count == 1 }.map {
          problem.analysis.problem.identity.properties[$0.guards[0]]
        }
      })
  }

  private mutating func findSuperfluous(except excluded: Set<Int>, _ progress: (AnalysisProgress) -> Void) {
    let search = RedundancySearch(
      spec.properties, problems: problems.map(\.analysis), comparisons: comparisons, excluding: excluded
    ) { phase in
      progress(AnalysisProgress(phase: phase, problem: problems.count, problemCount: problems.count))
    }
    for found in search.subsumed {
      diagnostics.report(
        .subsumed(
          spec.properties[found.property], by: spec.properties[found.by[0]],
          on: networkNames(enforcing: found.property)))
    }
    for found in search.redundant {
      diagnostics.report(
        .redundant(
          spec.properties[found.property], by: found.by.map { spec.properties[$0] },
          on: networkNames(enforcing: found.property)))
    }
    for (property, reason) in search.doubts {
      doubt("whether `\(spec.properties[property].name)` is superfluous", reason)
    }
  }

  private func networkNames(enforcing property: Int) -> [String] {
    spec.networks.filter { $0.properties.contains(property) }.map(\.name)
  }

  private mutating func findSlivers() {
    for (index, interface) in spec.interfaces.enumerated() {
      let conditions =
        spec.properties.filter { $0.interface == index }.map(\.condition)
        + spec.rawProperties.filter { $0.interface == index }.map(\.condition)
      for sliver in Sliver.slivers(of: conditions, in: interface) {
        diagnostics.report(.sliver(sliver, in: interface))
      }
    }
  }

  private mutating func reportUncovered() {
    for (analysis, networks) in problems {
      guard let example = analysis.uncovered else { continue }
      diagnostics.report(
        .uncoveredDomain(
          example, in: analysis.problem.interface, on: networks.map { spec.networks[$0] }))
    }
  }

  /// Says nothing where not everything is known, or where nothing is enforced anyway.
  private mutating func examineAbstention() {
    for (index, interface) in spec.interfaces.enumerated() where interface.abstainsOnConflict {
      let own = problems.map(\.analysis).filter { $0.problem.identity.interface == index }
      let isKnown = own.allSatisfy { $0.obstacles.isEmpty && $0.conflicts.isEmpty }
      let enforces = own.contains { !$0.problem.guards.isEmpty }
      if isKnown, enforces { diagnostics.report(.abstentionUnreachable(interface)) }
    }
  }

  /// Networks without any property, but for those that some `except` leaves out on purpose.
  private mutating func reportIdleNetworks() {
    let demands =
      spec.rawProperties.map(\.networks) + spec.robustness.map(\.networks) + spec.lipschitz.map(\.networks)
    let known = Set(demands.joined()).union(spec.excepted)
    let idle = spec.networks.enumerated().filter { $1.properties.isEmpty && !known.contains($0) }
    if !idle.isEmpty { diagnostics.report(.nothingEnforced(on: idle.map(\.element))) }
  }

  private mutating func reportDoubts() {
    for (analysis, networks) in problems {
      for reason in analysis.doubts {
        doubt("some advice \(place(networks.map { spec.networks[$0].name }))", reason)
      }
    }
  }

  private mutating func doubt(_ question: String, _ reason: String, isAdvice: Bool = true) {
    diagnostics.report(.undecided(question, reason: reason, isAdvice: isAdvice))
  }
}
