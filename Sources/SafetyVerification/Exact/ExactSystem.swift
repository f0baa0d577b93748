import ExactArithmetic
import SMTSolving

/// Linear inequalities over the rationals.
public struct ExactSystem: Sendable {
  public let variableCount: Int
  /// INVARIANT: each has one coefficient a variable.
  public let rows: [LinearRow]

  /// - Requires: each row has `variableCount` coefficients.
  public init(variableCount: Int, rows: [LinearRow]) {
    precondition(rows.allSatisfy { $0.coefficients.count == variableCount }, "one coefficient a variable")
    self.variableCount = variableCount
    self.rows = rows
  }

  public enum Solution: Sendable {
    /// A point that satisfies all rows.
    case feasible([Rational])
    /// Why there is none.
    case infeasible(FarkasVector)
    /// Neither was found.
    case unknown(reason: String)
  }

  /// Whether some point satisfies all rows. First the simplex method in binary64 guesses, then Z3 is asked; neither is
  /// trusted: points and multipliers are checked here.
  ///
  /// - Parameters:
  ///   - timeoutMilliseconds: for each of two queries.
  ///   - context: to make terms in; one that is used again saves its making.
  public func solve(
    timeoutMilliseconds: UInt32 = .max, in context: SolverContext = SolverContext()
  ) -> Solution {
    // A row without variables decides by itself, or says nothing.
    if let row = rows.firstIndex(where: { row in
      row.coefficients.allSatisfy { $0.signum == 0 } && !row.holds(at: row.coefficients)
    }) {
      return .infeasible(FarkasVector(rows.indices.map { $0 == row ? .one : .zero }))
    }
    return guess() ?? query(timeoutMilliseconds, context)
  }

  private func guess() -> Solution? {
    guard let guess = SimplexGuess(self) else { return nil }
    let point = guess.point.map { Rational($0) }
    if rows.allSatisfy({ $0.holds(at: point) }) { return .feasible(point) }
    return repaired(guess) ?? solved(guess)
  }

  /// The guessed multipliers, with those of the box's rows that make the variables cancel exactly: cheap, and enough
  /// where the rows contradict each other by more than rounding.
  private func repaired(_ guess: SimplexGuess) -> Solution? {
    var multipliers = [Rational](repeating: .zero, count: rows.count)
    for (row, multiplier) in zip(guess.basis, guess.multipliers) { multipliers[row] = Rational(multiplier) }
    let used = guess.basis.filter { multipliers[$0].signum != 0 }
    for (variable, bounds) in guess.box.enumerated() {
      let rest = used.reduce(Rational.zero) { sum, row in
        let coefficient = rows[row].coefficients[variable]
        return coefficient.signum == 0 ? sum : sum + multipliers[row] * coefficient
      }
      if rest.signum == 0 { continue }
      let row = rest.signum > 0 ? bounds.lower : bounds.upper
      multipliers[row] = multipliers[row] - rest / rows[row].coefficients[variable]
    }
    return infeasible(Array(rows.indices), multipliers)
  }

  /// The exact multipliers of the guessed basis.
  private func solved(_ guess: SimplexGuess) -> Solution? {
    // The sum of multiplier times coefficient is 0 for each variable, and the multipliers' sum is 1.
    var equations = (0..<variableCount).map { variable in
      guess.basis.map { rows[$0].coefficients[variable] } + [.zero]
    }
    equations.append([Rational](repeating: .one, count: variableCount + 2))
    guard let solution = solveEquations(equations) else { return nil }
    return infeasible(guess.basis, solution)
  }

  /// `nil` if the multipliers of the chosen rows do not refute them.
  private func infeasible(_ chosen: [Int], _ multipliers: [Rational]) -> Solution? {
    var all = [Rational](repeating: .zero, count: rows.count)
    for (row, multiplier) in zip(chosen, multipliers) { all[row] = multiplier }
    let vector = FarkasVector(all)
    return vector.refutes(rows) ? .infeasible(vector) : nil
  }

  /// Satisfiable iff some point satisfies all rows.
  private func query(_ timeoutMilliseconds: UInt32, _ context: SolverContext) -> Solution {
    let solver = Solver(context, timeoutMilliseconds: timeoutMilliseconds)
    let variables = (0..<variableCount).map { context.realVariable("x\($0)") }
    let names = rows.indices.map { context.boolVariable("row\($0)") }
    for (row, name) in zip(rows, names) {
      let sum = Self.sum(row.coefficients, variables, context)
      let bound = context.constant(-row.constant)
      let atom = row.isStrict ? context.greater(bound, sum) : context.atMost(sum, bound)
      solver.assert(context.any([context.not(name), atom]))
    }
    switch solver.check(assuming: names) {
    case .satisfiable(let model):
      let point = variables.compactMap { model.value(of: $0) }
      guard point.count == variableCount, rows.allSatisfy({ $0.holds(at: point) }) else {
        return .unknown(reason: "the solver's point does not satisfy the rows")
      }
      return .feasible(point)
    case .unsatisfiable(let core): return queryMultipliers(core, timeoutMilliseconds, context)
    case .unknown(let reason): return .unknown(reason: reason)
    }
  }

  /// Satisfiable iff multipliers l >= 0 of the rows `core` refute them: scaled such that the constants' sum, to which the
  /// strict rows' multipliers are added, is 1.
  private func queryMultipliers(
    _ core: [Int], _ timeoutMilliseconds: UInt32, _ context: SolverContext
  ) -> Solution {
    let solver = Solver(context, timeoutMilliseconds: timeoutMilliseconds)
    let rows = core.map { self.rows[$0] }
    let multipliers = rows.indices.map { context.realVariable("l\($0)") }
    let zero = context.constant(Rational.zero)
    for multiplier in multipliers { solver.assert(context.atLeast(multiplier, zero)) }
    func assertEqual(_ factors: [Rational], _ value: Rational) {
      let sum = Self.sum(factors, multipliers, context)
      solver.assert(context.atMost(sum, context.constant(value)))
      solver.assert(context.atLeast(sum, context.constant(value)))
    }
    for variable in 0..<variableCount { assertEqual(rows.map { $0.coefficients[variable] }, .zero) }
    assertEqual(rows.map { $0.isStrict ? $0.constant + .one : $0.constant }, .one)
    solver.assert(context.atLeast(Self.sum(rows.map(\.constant), multipliers, context), zero))
    switch solver.check() {
    case .satisfiable(let model):
      let values = multipliers.compactMap { model.value(of: $0) }
      return infeasible(core, values) ?? .unknown(reason: "the solver's multipliers do not refute the rows")
    case .unsatisfiable: return .unknown(reason: "the solver contradicts itself")
    case .unknown(let reason): return .unknown(reason: reason)
    }
  }

  private static func sum(
    _ factors: [Rational], _ terms: [RealTerm], _ context: SolverContext
  ) -> RealTerm {
    context.sum(zip(factors, terms).filter { $0.0.signum != 0 }.map { (coefficient: $0, term: $1) })
  }
}
