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
    let region: Region
    let occursElsewhere: Bool
    let example: ConflictExample
  }

  let problem: GuardProblem
  private(set) var neverHolding: [Int] = []
  private(set) var alwaysHolding: [Int] = []
  private(set) var alwaysOverridden: [Int] = []
  private(set) var rows: [RepairTable.Row] = []
  private(set) var conflicts: [ConflictCase] = []
  private(set) var obstacles: [Obstacle] = []

  init(_ problem: GuardProblem, options: AnalysisOptions) {
    self.problem = problem
    let encoding = GuardEncoding(problem, timeoutMilliseconds: options.timeoutMilliseconds)
    examineConditions(encoding)
    switch encoding.feasibleActivations(limit: options.maxRows) {
    case .undecided(let reason): obstruct(.undecided(reason: reason))
    case .tooMany(let sets): obstruct(.tooManyRows(overlapping: mostOverlapping(in: sets)))
    case .complete(let sets):
      let occurring = Set(sets.joined())
      alwaysOverridden = problem.guards.indices.filter {
        !occurring.contains($0) && !neverHolding.contains($0)
      }
      makeRows(sets, limit: options.maxDisjuncts)
      findConflicts(encoding)
    }
  }

  private mutating func obstruct(_ obstacle: Obstacle) {
    if !obstacles.contains(obstacle) { obstacles.append(obstacle) }
  }

  /// Each query is unsatisfiable iff a condition never (always) holds in the domain.
  private mutating func examineConditions(_ encoding: GuardEncoding) {
    for (index, guarded) in problem.guards.enumerated() {
      switch encoding.solver.check(assuming: [encoding.holds[index]]) {
      case .satisfiable: break
      case .unsatisfiable: neverHolding.append(index)
      case .unknown(let reason): obstruct(.undecided(reason: reason))
      }
      if case .constant = guarded.property.condition { continue }
      switch encoding.solver.check(assuming: [encoding.context.not(encoding.holds[index])]) {
      case .satisfiable: break
      case .unsatisfiable: alwaysHolding.append(index)
      case .unknown(let reason): obstruct(.undecided(reason: reason))
      }
    }
  }

  private mutating func makeRows(_ sets: [[Int]], limit: Int) {
    var cache: [Set<Post>: [OrderConstraint]] = [:]
    for set in sets.sorted(by: { $0.count < $1.count }) {
      let posts = Set(set.map { problem.guards[$0].property.post })
      let row: [OrderConstraint]
      if let known = cache[posts] {
        row = known
      } else {
        do throws(TooManyDisjuncts) {
          row = try disjuncts(of: set, limit: limit)
        } catch {
          reportTooManyDisjuncts(of: set)
          continue
        }
        cache[posts] = row
      }
      let activation = ActivationSet(active: set, propertyCount: problem.guards.count)
      rows.append(RepairTable.Row(activation: activation, disjuncts: row))
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

  private mutating func findConflicts(_ encoding: GuardEncoding) {
    let empty = rows.filter(\.disjuncts.isEmpty).map(\.activation.active)
    let minimal = minimalConflicts(of: empty) { set in
      // More disjuncts than allowed are some: not contradictory.
      (try? disjuncts(of: set, limit: disjunctLimit))?.isEmpty ?? false
    }
    for set in minimal {
      switch conflictCase(of: set, encoding) {
      case .success(let conflict): conflicts.append(conflict)
      case .failure(let failure): obstruct(.undecided(reason: failure.reason))
      }
    }
  }

  private struct NoExample: Error {
    let reason: String
  }

  /// The check is unsatisfiable iff no admissible input and raw choice activate all of `set`.
  private func conflictCase(
    of set: [Int], _ encoding: GuardEncoding
  ) -> Result<ConflictCase, NoExample> {
    let verdict = encoding.solver.check(assuming: set.map { encoding.active[$0] })
    guard case .satisfiable(let model) = verdict else {
      if case .unknown(let reason) = verdict { return .failure(NoExample(reason: reason)) }
      return .failure(NoExample(reason: "the solver contradicts itself on the example of a conflict"))
    }
    guard let values = encoding.values(in: model), let rawChoice = encoding.rawChoice(in: model) else {
      return .failure(NoExample(reason: "the solver's example of a conflict is incomplete"))
    }
    let point = Array(zip(encoding.inputs, values)).map { (input: $0.0, value: $0.1) }
    let literals = implicant(of: set, at: point, rawChoice: rawChoice)
    let region = Region(literals, in: problem.interface)
    let search = ExampleSearch(
      problem: problem, claimed: set, region: region, values: point, rawChoice: rawChoice)
    guard let example = search() else {
      return .failure(NoExample(reason: "the solver's example of a conflict does not replay"))
    }
    return .success(
      ConflictCase(
        guards: set, region: region, occursElsewhere: isPossible(set, outside: literals, encoding),
        example: example))
  }

  private func implicant(
    of set: [Int], at point: [(input: Int, value: Rational)], rawChoice: Int
  ) -> [ImplicantLiteral] {
    var values = [Rational](repeating: .zero, count: problem.interface.inputs.count)
    for (input, value) in point { values[input] = value }
    let isTrue: (Atom) -> Bool = { $0.isTrue(of: values, rawChoice: rawChoice) }
    return set.flatMap { index in
      problem.guards[index].property.condition.implicant(where: isTrue)
        + problem.guards[index].overriders.flatMap {
          problem.guards[$0].property.condition.negatedImplicant(where: isTrue)
        }
    }
  }

  /// The check is unsatisfiable iff all admissible inputs and raw choices that activate all of `set`
  /// satisfy `literals`. Undecided counts as possible.
  private func isPossible(
    _ set: [Int], outside literals: [ImplicantLiteral], _ encoding: GuardEncoding
  ) -> Bool {
    encoding.solver.push()
    defer { encoding.solver.pop() }
    let context = encoding.context
    encoding.solver.assert(context.not(context.all(literals.map { encoding.term($0.atom) })))
    if case .unsatisfiable = encoding.solver.check(assuming: set.map { encoding.active[$0] }) { return false }
    return true
  }

  /// The guards that occur in most of the sets with two or more members; four at most.
  private func mostOverlapping(in sets: [[Int]]) -> [Int] {
    var counts = [Int](repeating: 0, count: problem.guards.count)
    for set in sets where set.count > 1 { for index in set { counts[index] += 1 } }
    let ranked = counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
    return ranked.prefix(4).filter { counts[$0] > 0 }.sorted()
  }
}
