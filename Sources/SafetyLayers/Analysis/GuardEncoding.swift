// Trusted: the formulas mean what the conditions mean.
import ExactArithmetic
import SMTSolving
import SpecificationLanguage

/// The guards of one problem as formulas over its inputs and the raw choice.
///
/// - An input's bounds divide its domain into intervals of floats: the Boolean variables of a
///   ``BoundLadder`` say in which one it lies. So a bound and its negation leave no gap, and without
///   linear inequalities the encoding is exact on binary32 inputs.
/// - A linear inequality is itself, over the rationals: a real variable stands for each input that occurs
///   in one, within the interval that the ladder says. What is infeasible here is infeasible for floats,
///   not the other way round; examples are replayed.
/// - The raw choice is any output: one Boolean variable a class of outputs that no atom tells apart,
///   exactly one of them true.
/// - `holds[i]` is equivalent to the condition of guard `i`, `active[i]` to `holds[i]` and no overrider's.
package final class GuardEncoding {
  /// Unsatisfiable iff no admissible input and raw choice make all assumptions true.
  package let solver: Solver
  package let context: SolverContext
  package let problem: GuardProblem
  package let holds: [BoolTerm]
  package let active: [BoolTerm]
  /// The inputs that occur in atoms, ascending.
  package let inputs: [Int]
  private let ladders: [Int: BoundLadder]
  /// The real variables of the inputs that occur in linear inequalities.
  private let variables: [Int: RealTerm]
  private let choices: OutputClasses
  private let choiceVariables: [BoolTerm]

  /// - Parameter isAboutScores: whether formulas over scores will be asserted as well.
  package init(_ problem: GuardProblem, timeoutMilliseconds: UInt32, isAboutScores: Bool = false) {
    let context = SolverContext()
    self.problem = problem
    let atoms = Set(problem.guards.flatMap { $0.property.condition.atoms })
    let isPropositional = !isAboutScores && !atoms.contains { if case .linear = $0 { true } else { false } }
    solver = Solver(
      context, timeoutMilliseconds: timeoutMilliseconds, isPropositional: isPropositional)
    inputs = Set(atoms.flatMap(\.inputs)).sorted()

    ladders = BoundLadder.ladders(for: atoms, of: problem.interface, in: context)
    variables = Self.variables(of: atoms, in: context)
    for input in inputs {
      ladders[input]?.assertOrder(in: solver)
      if let variable = variables[input] { ladders[input]?.assertInterval(of: variable, in: solver) }
    }
    choices = OutputClasses(of: atoms, outputCount: problem.interface.outputs.count)
    choiceVariables = choices.representatives.map { context.boolVariable("raw\($0)") }
    if !choiceVariables.isEmpty { solver.assert(context.exactlyOne(choiceVariables)) }

    self.context = context
    let holds = problem.guards.indices.map { context.boolVariable("holds\($0)") }
    self.holds = holds
    active = problem.guards.enumerated().map { index, guarded in
      guarded.overriders.isEmpty ? holds[index] : context.boolVariable("active\(index)")
    }
    for (index, guarded) in problem.guards.enumerated() {
      define(holds[index], as: guarded.property.condition)
      if guarded.overriders.isEmpty { continue }
      let free = guarded.overriders.map { context.not(holds[$0]) }
      solver.assert(context.equivalent(active[index], context.all([holds[index]] + free)))
    }
  }

  /// Asserts that `name` is equivalent to the condition. A conjunction of atoms becomes clauses right here:
  /// the solver would name it again, and its time grows with the number of names.
  private func define(_ name: BoolTerm, as condition: Condition) {
    guard case .all(let parts) = condition else {
      return solver.assert(context.equivalent(name, term(condition)))
    }
    let terms = parts.flatMap(\.conjuncts).map(term)
    for term in terms { solver.assert(context.any([context.not(name), term])) }
    solver.assert(context.any([name] + terms.map(context.not)))
  }

  private static func variables(of atoms: Set<Atom>, in context: SolverContext) -> [Int: RealTerm] {
    var variables: [Int: RealTerm] = [:]
    for case .linear(let inequality) in atoms {
      for term in inequality.terms { variables[term.input] = context.realVariable("x\(term.input)") }
    }
    return variables
  }

  /// Unsatisfiable iff the condition is.
  private func term(_ condition: Condition) -> BoolTerm {
    switch condition {
    case .constant(let value): context.constant(value)
    case .atom(let atom, _): term(atom)
    case .all(let parts): context.all(parts.map(term))
    case .any(let parts): context.any(parts.map(term))
    }
  }

  /// Unsatisfiable iff the atom is.
  /// - Requires: the atom or its negation occurs in the problem.
  package func term(_ atom: Atom) -> BoolTerm {
    switch atom {
    case .atLeast(let input, let bound): return ladder(of: input).isAtLeast(bound)
    case .atMost(let input, let bound): return context.not(ladder(of: input).isAtLeast(bound.nextUp))
    case .linear(let inequality):
      let sum = context.sum(inequality.terms.map { ($0.coefficient, variable($0.input)) })
      let bound = context.constant(inequality.bound)
      return inequality.isStrict ? context.greater(sum, bound) : context.atLeast(sum, bound)
    case .rawChoice(let outputs, _):
      let members = Set(outputs)
      let chosen = zip(choices.representatives, choiceVariables).filter { members.contains($0.0) }
      return context.any(chosen.map(\.1))
    }
  }

  private func ladder(of input: Int) -> BoundLadder {
    guard let ladder = ladders[input] else { preconditionFailure("every input of an atom has a ladder") }
    return ladder
  }

  private func variable(_ input: Int) -> RealTerm {
    guard let variable = variables[input] else {
      preconditionFailure("every input of a linear inequality has a variable")
    }
    return variable
  }

  /// The values of ``inputs`` in `model`, in that order; `nil` if one is not rational.
  package func values(in model: Model) -> [Rational]? {
    let values = inputs.compactMap { input in
      variables[input].map(model.value) ?? Rational(ladder(of: input).lowest(in: model))
    }
    return values.count == inputs.count ? values : nil
  }

  /// The first output of the raw choice's class in `model`; 0 if no atom is about the raw choice.
  package func rawChoice(in model: Model) -> Int? {
    if choiceVariables.isEmpty { return 0 }
    return zip(choices.representatives, choiceVariables).first { model.value(of: $0.1) == true }?.0
  }
}

/// The outputs, divided by which atoms about the raw choice name them.
private struct OutputClasses {
  /// The first output of each class, ascending; empty if no atom is about the raw choice.
  let representatives: [Int]

  init(of atoms: Set<Atom>, outputCount: Int) {
    var sets: [Set<Int>] = []
    for case .rawChoice(let outputs, _) in atoms { sets.append(Set(outputs)) }
    var seen: Set<[Bool]> = []
    representatives =
      sets.isEmpty
      ? [] : (0..<outputCount).filter { output in seen.insert(sets.map { $0.contains(output) }).inserted }
  }
}

extension Condition {
  /// What is conjoined, where that is a conjunction, else the condition itself.
  fileprivate var conjuncts: [Condition] {
    guard case .all(let parts) = self else { return [self] }
    return parts.flatMap(\.conjuncts)
  }

  /// The atoms, from left to right, repetitions included.
  var atoms: [Atom] {
    switch self {
    case .constant: []
    case .atom(let atom, _): [atom]
    case .all(let parts), .any(let parts): parts.flatMap(\.atoms)
    }
  }
}

extension Atom {
  var inputs: [Int] {
    switch self {
    case .atLeast(let input, _), .atMost(let input, _): [input]
    case .linear(let inequality): inequality.terms.map(\.input)
    case .rawChoice: []
    }
  }
}
