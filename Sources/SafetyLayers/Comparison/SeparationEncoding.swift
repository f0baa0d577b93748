// Trusted: the assertions mean the question.
import ExactArithmetic
import SMTSolving
import SpecificationLanguage

/// A ``SeparationQuestion`` for the solver: over inputs, the raw choice and the scores jointly.
final class SeparationEncoding {
  let problem: GuardProblem
  private let guards: GuardEncoding
  private let requirements: RequirementEncoding

  struct Point {
    /// Input and value, for the inputs that conditions are about.
    let values: [(input: Int, value: Rational)]
    let rawChoice: Int
    let scores: [Rational]
  }

  init(_ question: SeparationQuestion, timeoutMilliseconds: UInt32) {
    let interface = question.common.interface
    var table = GuardTable(interface: interface)
    let accepts = table.add(question.common.accepts)
    let allowed = question.allowed.map { table.add($0) }
    let suspects = question.suspects.map { table.add($0) }
    problem = GuardProblem(interface: interface, guards: table.guards)
    guards = GuardEncoding(
      problem, timeoutMilliseconds: timeoutMilliseconds, isAboutScores: true)
    let context = guards.context
    let requirements = RequirementEncoding(interface, in: context)
    self.requirements = requirements

    guards.solver.assert(guards.holds[accepts])
    for (demand, index) in zip(question.allowed, allowed) {
      let isKept = requirements.term(demand.requirement, better: demand.better)
      guards.solver.assert(context.any([context.not(guards.active[index]), isKept]))
    }
    guards.solver.assert(
      context.any(
        zip(question.suspects, suspects).map { demand, index in
          let isKept = requirements.term(demand.requirement, better: demand.better)
          return context.all([guards.active[index], context.not(isKept)])
        }))
    if let preference = question.rawPreference { fixRawChoice(preference) }
  }

  /// The raw choice is that of the scores, as far as conditions ask.
  private func fixRawChoice(_ preference: OutputPreference) {
    for atom in Set(problem.guards.flatMap { $0.property.condition.atoms }) {
      guard case .rawChoice(let outputs, _) = atom else { continue }
      let isChosen = requirements.isChosen(outputs, by: preference)
      guards.solver.assert(guards.context.equivalent(guards.term(atom), isChosen))
    }
  }

  /// Unsatisfiable iff no input that both accept, raw choice and scores satisfy all of `allowed` and violate one
  /// of `suspects`.
  func check() -> SolverVerdict { guards.solver.check() }

  /// `nil` if a value is missing or not rational.
  func point(in model: Model) -> Point? {
    let scores = requirements.scores.compactMap { model.value(of: $0) }
    guard let values = guards.values(in: model), let rawChoice = guards.rawChoice(in: model),
      scores.count == requirements.scores.count
    else { return nil }
    return Point(
      values: zip(guards.inputs, values).map { ($0, $1) }, rawChoice: rawChoice, scores: scores)
  }

  /// The check is unsatisfiable iff all answers to the question satisfy `literals`. Undecided counts as possible.
  func isPossible(outside literals: [ImplicantLiteral]) -> Bool {
    guards.solver.push()
    defer { guards.solver.pop() }
    guards.solver.assert(guards.context.not(guards.context.all(literals.map { guards.term($0.atom) })))
    if case .unsatisfiable = guards.solver.check() { return false }
    return true
  }
}

/// The guards that stand for conditions and demands.
private struct GuardTable {
  let interface: Interface
  private(set) var guards: [Guard] = []
  private var places: [ConditionShape: Int] = [:]

  init(interface: Interface) {
    self.interface = interface
  }

  /// A guard that holds where the condition does; one for all conditions that mean the same.
  mutating func add(_ condition: Condition) -> Int {
    let shape = ConditionShape(condition)
    if let known = places[shape] { return known }
    places[shape] = guards.count
    return append(condition, overriders: [])
  }

  /// A guard that is active where the demand applies.
  mutating func add(_ demand: Demand) -> Int {
    if demand.overriders.isEmpty { return add(demand.condition) }
    let overriders = demand.overriders.map { add($0) }
    return append(demand.condition, overriders: overriders)
  }

  private mutating func append(_ condition: Condition, overriders: [Int]) -> Int {
    guards.append(
      Guard(
        property: Property(
          name: "", title: "", interface: 0, condition: condition, post: .all([]), overriders: [],
          range: interface.range),
        overriders: overriders))
    return guards.count - 1
  }
}
