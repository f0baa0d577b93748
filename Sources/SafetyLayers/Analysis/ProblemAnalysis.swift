import ExactArithmetic
import SMTSolving
import SpecificationLanguage

/// The analysis of one problem, before it is said which networks have it.
struct ProblemAnalysis: Sendable {
  /// Why there is no table. Guards are named by index.
  enum Obstacle: Sendable, Hashable {
    case tooManyRows(overlapping: [Int])
    case tooManyDisjuncts(of: [Int])
    case undecided(reason: String)
  }

  struct ConflictCase: Sendable {
    /// Ascending guard indices.
    let guards: [Int]
    let place: Coactivity
  }

  let problem: GuardProblem
  /// The feasible sets of active guards, ascending each and sorted; `nil` if they are not all known.
  private(set) var activations: [[Int]]?
  private(set) var neverHolding: [Int] = []
  private(set) var alwaysHolding: [Int] = []
  private(set) var alwaysOverridden: [Int] = []
  /// The overrides of which both conditions hold somewhere, or may do so.
  private(set) var effectiveOverrides: Set<Observations.Override> = []
  private(set) var rows: [RepairTable.Row] = []
  private(set) var conflicts: [ConflictCase] = []
  /// An input at which no guard is active, if that was asked for and there is one.
  private(set) var uncovered: ConflictExample?
  private(set) var obstacles: [Obstacle] = []
  /// Why some advice was left undecided, which keeps nothing from being emitted.
  private(set) var doubts: [String] = []
  /// The points that showed all this.
  private(set) var witnesses: [Witness] = []

  /// - Parameter hints: points that may show something; wrong ones are of no consequence. With them the
  ///   solver is asked other questions than without, so that a time limit may strike elsewhere; where it does,
  ///   all is asked again without them, as if there were none.
  init(
    _ problem: GuardProblem, options: AnalysisOptions, hints: [Witness] = [],
    progress: (AnalysisProgress.Phase) -> Void = { _ in }
  ) {
    self.problem = problem
    var observations = Observations(problem)
    for hint in hints where observations.activations.count <= options.maxRows { observations.add(hint) }
    // Which sets are found before there are too many would depend on the hints; it is reported.
    if observations.activations.count > options.maxRows { observations = Observations(problem) }
    var encoding = GuardEncoding(problem, timeoutMilliseconds: options.timeoutMilliseconds)
    var outcome = encoding.feasibleActivations(limit: options.maxRows, addingTo: &observations) {
      progress(.sets($0))
    }
    if !outcome.isComplete, !hints.isEmpty {
      observations = Observations(problem)
      encoding = GuardEncoding(problem, timeoutMilliseconds: options.timeoutMilliseconds)
      outcome = encoding.feasibleActivations(limit: options.maxRows, addingTo: &observations) {
        progress(.sets($0))
      }
    }
    examineConditions(encoding, &observations)
    examineOverrides(encoding, &observations)
    witnesses = observations.witnesses
    let sets = observations.activations.sorted { $0.lexicographicallyPrecedes($1) }
    switch outcome {
    case .undecided(let reason): obstruct(.undecided(reason: reason))
    case .tooMany: obstruct(.tooManyRows(overlapping: mostOverlapping(in: sets)))
    case .complete:
      activations = sets
      let occurring = Set(sets.joined())
      alwaysOverridden = problem.guards.indices.filter {
        !occurring.contains($0) && !neverHolding.contains($0)
      }
      makeRows(sets, limit: options.maxDisjuncts, progress: progress)
      findExamples(options)
    }
  }

  private mutating func obstruct(_ obstacle: Obstacle) {
    if !obstacles.contains(obstacle) { obstacles.append(obstacle) }
  }

  /// Each query is unsatisfiable iff a condition never (always) holds in the domain.
  private mutating func examineConditions(_ encoding: GuardEncoding, _ observations: inout Observations) {
    for (index, guarded) in problem.guards.enumerated() {
      if !observations.holding.contains(index) {
        switch encoding.solver.check(assuming: [encoding.holds[index]]) {
        case .satisfiable(let model): encoding.witness(in: model).map { _ = observations.add($0) }
        case .unsatisfiable: neverHolding.append(index)
        case .unknown(let reason): obstruct(.undecided(reason: reason))
        }
      }
      if guarded.property.isUnconditional || observations.failing.contains(index) { continue }
      switch encoding.solver.check(assuming: [encoding.context.not(encoding.holds[index])]) {
      case .satisfiable(let model): encoding.witness(in: model).map { _ = observations.add($0) }
      case .unsatisfiable: alwaysHolding.append(index)
      case .unknown(let reason): obstruct(.undecided(reason: reason))
      }
    }
  }

  /// Each query is unsatisfiable iff two conditions never hold together in the domain.
  private mutating func examineOverrides(_ encoding: GuardEncoding, _ observations: inout Observations) {
    for (loser, guarded) in problem.guards.enumerated() {
      for winner in guarded.overriders {
        let override = Observations.Override(loser: loser, winner: winner)
        if observations.overrides.contains(override) { continue }
        switch encoding.solver.check(assuming: [encoding.holds[loser], encoding.holds[winner]]) {
        case .satisfiable(let model):
          effectiveOverrides.insert(override)
          encoding.witness(in: model).map { _ = observations.add($0) }
        case .unsatisfiable: continue
        case .unknown(let reason):
          effectiveOverrides.insert(override)
          if !doubts.contains(reason) { doubts.append(reason) }
        }
      }
    }
    effectiveOverrides.formUnion(observations.overrides)
  }

  private mutating func makeRows(
    _ sets: [[Int]], limit: Int, progress: (AnalysisProgress.Phase) -> Void
  ) {
    var known: [Set<Post>: [OrderConstraint]] = [:]
    for (done, set) in sets.sorted(by: { $0.count < $1.count }).enumerated() {
      let posts = Set(set.map { problem.guards[$0].property.post })
      let row: [OrderConstraint]
      if let same = known[posts] {
        row = same
      } else {
        do throws(TooManyDisjuncts) {
          row = try disjuncts(of: set, limit: limit)
        } catch {
          reportTooManyDisjuncts(of: set)
          continue
        }
        known[posts] = row
      }
      let activation = ActivationSet(active: set, propertyCount: problem.guards.count)
      rows.append(RepairTable.Row(activation: activation, disjuncts: row))
      progress(.rows(done + 1, of: sets.count))
    }
    rows.sort { $0.activation < $1.activation }
  }

  /// Only minimal sets: what contains one that is reported says nothing new.
  private mutating func reportTooManyDisjuncts(of set: [Int]) {
    let isKnown = obstacles.contains { obstacle in
      guard case .tooManyDisjuncts(let reported) = obstacle else { return false }
      return Set(set).isSuperset(of: reported)
    }
    if !isKnown { obstruct(.tooManyDisjuncts(of: set)) }
  }

  private func disjuncts(of set: [Int], limit: Int) throws(TooManyDisjuncts) -> [OrderConstraint] {
    try SafetyLayers.disjuncts(
      satisfying: set.map { problem.guards[$0].property.post },
      outputCount: problem.interface.outputs.count, limit: limit)
  }

  private mutating func findExamples(_ options: AnalysisOptions) {
    let empty = rows.filter(\.disjuncts.isEmpty).map(\.activation.active)
    let minimal = minimalConflicts(of: empty) { set in
      // More disjuncts than allowed are some: not contradictory.
      (try? disjuncts(of: set, limit: disjunctLimit))?.isEmpty ?? false
    }
    let showsUncovered = options.coverage && activations?.first == []
    if minimal.isEmpty, !showsUncovered { return }
    let finder = ExampleFinder(problem, timeoutMilliseconds: options.timeoutMilliseconds)
    for set in minimal {
      do throws(NoExample) {
        conflicts.append(ConflictCase(guards: set, place: try finder.coactivity(of: set)))
      } catch {
        obstruct(.undecided(reason: error.reason))
      }
    }
    if showsUncovered {
      do throws(NoExample) {
        uncovered = try finder.uncovered()
      } catch {
        if !doubts.contains(error.reason) { doubts.append(error.reason) }
      }
    }
  }

  /// The guards that occur in most of the sets with two or more members; four at most.
  private func mostOverlapping(in sets: [[Int]]) -> [Int] {
    var counts = [Int](repeating: 0, count: problem.guards.count)
    for set in sets where set.count > 1 { for index in set { counts[index] += 1 } }
    let ranked = counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    return ranked.prefix(4).filter { counts[$0] > 0 }.sorted()
  }
}
