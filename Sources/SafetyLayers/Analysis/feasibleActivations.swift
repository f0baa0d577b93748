// Trusted: each set that is not observed stays possible until the last check.
import ExactArithmetic
import SMTSolving

/// The outcome of an enumeration.
enum FeasibleActivations {
  /// All were observed.
  case complete
  /// There are more than the limit.
  case tooMany
  case undecided(reason: String)

  var isComplete: Bool {
    if case .complete = self { true } else { false }
  }
}

extension GuardEncoding {
  /// Observes every feasible set of active guards: those of `observations` are blocked by clauses over the
  /// active bits, and so is each that the solver's models show or that is found beside them. Each check is
  /// unsatisfiable iff no admissible input and raw choice give a further set.
  func feasibleActivations(
    limit: Int, addingTo observations: inout Observations, progress: (Int) -> Void
  ) -> FeasibleActivations {
    solver.push()
    defer { solver.pop() }
    let incompatibilities = Incompatibilities(problem)
    for set in observations.activations.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      block(set, incompatibilities)
    }
    while observations.activations.count <= limit {
      switch solver.check() {
      case .unsatisfiable: return .complete
      case .unknown(let reason): return .undecided(reason: reason)
      case .satisfiable(let model):
        guard let witness = witness(in: model), let (active, isNew) = observations.add(witness), isNew else {
          return .undecided(reason: "the solver's example of a combination does not replay")
        }
        block(active, incompatibilities)
        for set in observations.explore(from: witness, active, limit: limit) { block(set, incompatibilities) }
        progress(observations.activations.count)
      }
    }
    return .tooMany
  }

  /// Some guard of `set` is not active, or another one is. Guards that cannot be active with those of `set`
  /// are left out, which means the same and makes the clauses short.
  private func block(_ set: [Int], _ incompatibilities: Incompatibilities) {
    let members = PropertySet(set)
    let excluded = incompatibilities.excluded(by: set)
    let literals = active.enumerated().compactMap { index, bit in
      members.contains(index) ? context.not(bit) : excluded.contains(index) ? nil : bit
    }
    solver.assert(context.any(literals))
  }

  /// A point of the model; inputs that occur in no atom are as small as they may be.
  func witness(in model: Model) -> Witness? {
    guard let values = values(in: model), let rawChoice = rawChoice(in: model) else { return nil }
    return Witness(
      zip(inputs, values).map { ($0, $1) }, rawChoice: rawChoice, of: problem.interface)
  }
}
