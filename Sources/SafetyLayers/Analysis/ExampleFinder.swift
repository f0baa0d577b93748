import ExactArithmetic
import SMTSolving
import SpecificationLanguage

/// Finds the regions and examples that are shown. Has an encoding of its own, so that what is shown depends
/// on the problem and the findings alone: not on what the solver was asked before, nor on a cache.
struct ExampleFinder {
  private let problem: GuardProblem
  private let encoding: GuardEncoding

  init(_ problem: GuardProblem, timeoutMilliseconds: UInt32) {
    self.problem = problem
    encoding = GuardEncoding(problem, timeoutMilliseconds: timeoutMilliseconds)
  }

  /// Where the guards of `set` are all active, whether or not they conflict.
  /// - Requires: they can be.
  func coactivity(of set: [Int]) throws(NoExample) -> Coactivity {
    let (values, rawChoice) = try point(assuming: set.map { encoding.active[$0] })
    let literals = activation(of: set, at: values, rawChoice: rawChoice)
    let search = ExampleSearch(
      problem: problem, claimed: set, literals: literals, values: values, rawChoice: rawChoice)
    guard let example = search() else {
      throw NoExample(reason: "the solver's example of properties that apply together does not replay")
    }
    return Coactivity(
      region: Region(literals, in: problem.interface), occursElsewhere: isPossible(set, outside: literals),
      example: example)
  }

  /// A point at which no guard is active.
  /// - Requires: there is one.
  func uncovered() throws(NoExample) -> ConflictExample {
    let (values, rawChoice) = try point(assuming: encoding.active.map(encoding.context.not))
    let literals = inactivity(at: values, rawChoice: rawChoice)
    let search = ExampleSearch(
      problem: problem, claimed: nil, literals: literals, values: values, rawChoice: rawChoice)
    guard let example = search() else {
      throw NoExample(reason: "the solver's example of an uncovered input does not replay")
    }
    return example
  }

  /// The check is unsatisfiable iff no admissible input and raw choice make all `assumptions` true.
  private func point(
    assuming assumptions: [BoolTerm]
  ) throws(NoExample) -> (values: [(input: Int, value: Rational)], rawChoice: Int) {
    let verdict = encoding.solver.check(assuming: assumptions)
    guard case .satisfiable(let model) = verdict else {
      if case .unknown(let reason) = verdict { throw NoExample(reason: reason) }
      throw NoExample(reason: "the solver contradicts itself on an example")
    }
    guard let values = encoding.values(in: model), let rawChoice = encoding.rawChoice(in: model) else {
      throw NoExample(reason: "the solver's example is incomplete")
    }
    return (zip(encoding.inputs, values).map { ($0, $1) }, rawChoice)
  }

  /// Literals true at the point that imply that the guards of `set` are active.
  private func activation(
    of set: [Int], at point: [(input: Int, value: Rational)], rawChoice: Int
  ) -> [ImplicantLiteral] {
    let isTrue = truth(at: point, rawChoice: rawChoice)
    return set.flatMap { index in
      problem.guards[index].property.condition.implicant(where: isTrue)
        + problem.guards[index].overriders.flatMap {
          problem.guards[$0].property.condition.negatedImplicant(where: isTrue)
        }
    }
  }

  /// Literals true at the point that imply that no guard is active.
  private func inactivity(
    at point: [(input: Int, value: Rational)], rawChoice: Int
  ) -> [ImplicantLiteral] {
    let isTrue = truth(at: point, rawChoice: rawChoice)
    return problem.guards.flatMap { guarded in
      let condition = guarded.property.condition
      if !condition.holds(where: isTrue) { return condition.negatedImplicant(where: isTrue) }
      let winners = guarded.overriders.map { problem.guards[$0].property.condition }
      return winners.first { $0.holds(where: isTrue) }?.implicant(where: isTrue) ?? []
    }
  }

  private func truth(
    at point: [(input: Int, value: Rational)], rawChoice: Int
  ) -> (Atom) -> Bool {
    var values = [Rational](repeating: .zero, count: problem.interface.inputs.count)
    for (input, value) in point { values[input] = value }
    return { [values] in $0.isTrue(of: values, rawChoice: rawChoice) }
  }

  /// The check is unsatisfiable iff all admissible inputs and raw choices that activate all of `set`
  /// satisfy `literals`. Undecided counts as possible.
  private func isPossible(_ set: [Int], outside literals: [ImplicantLiteral]) -> Bool {
    encoding.solver.push()
    defer { encoding.solver.pop() }
    let context = encoding.context
    encoding.solver.assert(context.not(context.all(literals.map { encoding.term($0.atom) })))
    if case .unsatisfiable = encoding.solver.check(assuming: set.map { encoding.active[$0] }) { return false }
    return true
  }
}
