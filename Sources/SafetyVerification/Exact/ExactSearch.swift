import ExactArithmetic
import SMTSolving

extension ExactQuestion {
  /// Decides it by branch and bound in rationals. At each node of the tree, the linear relaxation of the network is
  /// solved (``ExactSystem``); where it has no solution neither has the question; where its solution is no answer of
  /// the network, the gate that it deviates from most is put on either side.
  public func decide(within budget: ExactBudget) -> ExactVerdict {
    do throws(SearchEnd) {
      var search = ExactSearch(self, budget)
      return .infeasible(try search.prove())
    } catch {
      switch error {
      case .answer(let input): return .feasible(input)
      case .unknown(let reason): return .unknown(reason)
      }
    }
  }
}

/// What ends a search without a proof.
private enum SearchEnd: Error {
  case answer([Rational])
  case unknown(ExactUnknown)
}

private struct ExactSearch {
  private let question: ExactQuestion
  private let context = SolverContext()
  private var systemsLeft: Int
  private let deadline: ContinuousClock.Instant?
  private let hasErrors: Bool

  init(_ question: ExactQuestion, _ budget: ExactBudget) {
    self.question = question
    systemsLeft = budget.systems
    deadline = budget.time.map { .now + $0 }
    hasErrors = question.errors.values.contains { $0.contains { $0.signum != 0 } }
  }

  mutating func prove() throws(SearchEnd) -> ExactProof {
    if let box = RelaxedSystem(emptyBoxOf: question) {
      return ExactProof.leaf(zip(box.names, [Rational.one, .one]).map { (row: $0, multiplier: $1) })
    }
    let run: SymbolicRun
    do throws(UnsupportedOperator) {
      run = try SymbolicRun(question)
    } catch {
      throw .unknown(.unsupported(error))
    }
    return try prove(run)
  }

  private mutating func prove(_ run: SymbolicRun) throws(SearchEnd) -> ExactProof {
    let relaxed = RelaxedSystem(run)
    switch relaxed.system.solve(timeoutMilliseconds: try nextTimeout(), in: context) {
    case .unknown(let reason):
      if let deadline, deadline <= .now { throw .unknown(.budget) }
      throw .unknown(.solver(reason: reason))
    case .infeasible(let vector):
      return .leaf(
        zip(relaxed.names, vector.multipliers).filter { $0.1.signum != 0 }.map { (row: $0, multiplier: $1) })
    case .feasible(let point):
      var values = [Rational](repeating: .zero, count: run.variables.count)
      for (variable, value) in zip(relaxed.variables, point) { values[variable] = value }
      let input = run.values[0].constant.indices.map { run.values[0].form($0).value(at: values) }
      if question.isAnswer(input) { throw .answer(input) }
      guard let gate = run.furthestGate(from: values) else {
        throw .unknown(
          hasErrors
            ? .withinErrors(near: input)
            : .solver(reason: "a solution without open gates is no answer of the network"))
      }
      // First the side on which the solution is: an answer is more likely there.
      if gate.isActive {
        let active = try prove(run.choosing(.active, of: gate.gate))
        return .split(gate.gate, inactive: try prove(run.choosing(.inactive, of: gate.gate)), active: active)
      }
      let inactive = try prove(run.choosing(.inactive, of: gate.gate))
      return .split(gate.gate, inactive: inactive, active: try prove(run.choosing(.active, of: gate.gate)))
    }
  }

  /// How long the next query may take, in milliseconds.
  private mutating func nextTimeout() throws(SearchEnd) -> UInt32 {
    guard systemsLeft > 0 else { throw .unknown(.budget) }
    systemsLeft -= 1
    guard let deadline else { return .max }
    let left = (deadline - .now) / Duration.milliseconds(1)
    guard left >= 1 else { throw .unknown(.budget) }
    return UInt32(min(left, 1e9))
  }
}

extension SymbolicRun {
  /// The open gate whose result at a point is furthest from what its argument says there.
  fileprivate func furthestGate(from values: [Rational]) -> (gate: Gate, isActive: Bool)? {
    var found: (gate: Gate, isActive: Bool, distance: Rational)?
    for (gate, variable) in open {
      guard case .relaxed(_, let argument, _) = variables[variable].kind else {
        preconditionFailure("an open gate's variable is relaxed")
      }
      let z = argument.value(at: values)
      let distance = (values[variable] - max(z, .zero)).magnitude
      if distance > found?.distance ?? Rational(-1) { found = (gate, z.signum > 0, distance) }
    }
    return found.map { ($0.gate, $0.isActive) }
  }
}

extension LinearForm {
  fileprivate func value(at values: [Rational]) -> Rational {
    terms.reduce(constant) { $0 + $1.coefficient * values[$1.variable] }
  }
}
