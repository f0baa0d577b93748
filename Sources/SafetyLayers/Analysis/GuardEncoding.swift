// Trusted: the formulas mean what the conditions mean.
import ExactArithmetic
import SMTSolving
import SpecificationLanguage

/// The guards of one problem as formulas over its inputs and the raw choice.
///
/// - A real variable stands for each input that occurs in an atom, within the domain's smallest and
///   largest float.
/// - Bounds are bounds by floats. For each bound `x >= f` it is asserted that `x` is not strictly
///   between `f` and the float below it (for `x <= f`: above it), so that a bound and its negation
///   leave no gap in which a solution would be an artefact. Apart from that, inputs are reals: what is
///   infeasible here is infeasible for floats, not the other way round; examples are replayed.
/// - A linear inequality is itself, over the rationals.
/// - The raw choice is any output: one Boolean variable a class of outputs that no atom tells apart,
///   exactly one of them true.
/// - `holds[i]` is equivalent to the condition of guard `i`, `active[i]` to `holds[i]` and no overrider's.
package final class GuardEncoding {
  /// Unsatisfiable iff no admissible input and raw choice make all assumptions true.
  let solver: Solver
  let context: SolverContext
  let holds: [BoolTerm]
  let active: [BoolTerm]
  /// The inputs that occur in atoms, ascending.
  let inputs: [Int]
  private let variables: [Int: RealTerm]
  private let choices: OutputClasses
  private let choiceVariables: [BoolTerm]

  init(_ problem: GuardProblem, timeoutMilliseconds: UInt32) {
    let context = SolverContext()
    solver = Solver(context, timeoutMilliseconds: timeoutMilliseconds)
    let atoms = problem.guards.flatMap { $0.property.condition.atoms }
    let inputs = Set(atoms.flatMap(\.inputs)).sorted()

    var variables: [Int: RealTerm] = [:]
    for input in inputs {
      let variable = context.realVariable("x\(input)")
      let scalar = problem.interface.inputs[input]
      solver.assert(context.atLeast(variable, context.constant(Rational(scalar.lowest))))
      solver.assert(context.atMost(variable, context.constant(Rational(scalar.highest))))
      variables[input] = variable
    }
    let choices = OutputClasses(of: atoms, outputCount: problem.interface.outputs.count)
    let choiceVariables = choices.representatives.map { context.boolVariable("raw\($0)") }
    if !choiceVariables.isEmpty { solver.assert(context.exactlyOne(choiceVariables)) }

    self.context = context
    self.inputs = inputs
    self.variables = variables
    self.choices = choices
    self.choiceVariables = choiceVariables
    holds = problem.guards.indices.map { context.boolVariable("holds\($0)") }
    active = problem.guards.indices.map { context.boolVariable("active\($0)") }

    for atom in Set(atoms) { if let gap = excludedGap(of: atom) { solver.assert(gap) } }
    for (index, guarded) in problem.guards.enumerated() {
      solver.assert(context.equivalent(holds[index], term(guarded.property.condition)))
      let free = guarded.overriders.map { context.not(holds[$0]) }
      solver.assert(context.equivalent(active[index], context.all([holds[index]] + free)))
    }
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
  func term(_ atom: Atom) -> BoolTerm {
    switch atom {
    case .atLeast(let input, let bound):
      return context.atLeast(variable(input), context.constant(Rational(bound)))
    case .atMost(let input, let bound):
      return context.atMost(variable(input), context.constant(Rational(bound)))
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

  /// "The input is not strictly between the bound and its neighbour": see the type's documentation.
  private func excludedGap(of atom: Atom) -> BoolTerm? {
    switch atom {
    case .atLeast(let input, let bound):
      guard bound.nextDown.isFinite else { return nil }
      return context.any([
        term(atom), context.atMost(variable(input), context.constant(Rational(bound.nextDown))),
      ])
    case .atMost(let input, let bound):
      guard bound.nextUp.isFinite else { return nil }
      return context.any([
        term(atom), context.atLeast(variable(input), context.constant(Rational(bound.nextUp))),
      ])
    case .linear, .rawChoice: return nil
    }
  }

  private func variable(_ input: Int) -> RealTerm {
    guard let variable = variables[input] else {
      preconditionFailure("every input of an atom has a variable")
    }
    return variable
  }

  /// The values of ``inputs`` in `model`, in that order; `nil` if one is not rational.
  func values(in model: Model) -> [Rational]? {
    let values = inputs.compactMap { model.value(of: variable($0)) }
    return values.count == inputs.count ? values : nil
  }

  /// The first output of the raw choice's class in `model`; 0 if no atom is about the raw choice.
  func rawChoice(in model: Model) -> Int? {
    if choiceVariables.isEmpty { return 0 }
    return zip(choices.representatives, choiceVariables).first { model.value(of: $0.1) == true }?.0
  }
}

/// The outputs, divided by which atoms about the raw choice name them.
private struct OutputClasses {
  /// The first output of each class, ascending; empty if no atom is about the raw choice.
  let representatives: [Int]

  init(of atoms: [Atom], outputCount: Int) {
    var sets: [Set<Int>] = []
    for atom in atoms {
      if case .rawChoice(let outputs, _) = atom { sets.append(Set(outputs)) }
    }
    var seen: Set<[Bool]> = []
    representatives =
      sets.isEmpty
      ? [] : (0..<outputCount).filter { output in seen.insert(sets.map { $0.contains(output) }).inserted }
  }
}

extension Condition {
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
