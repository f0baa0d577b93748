import SMTSolving

/// The outcome of an enumeration.
enum FeasibleActivations {
  /// Every feasible activation set, as ascending guard indices; sorted.
  case complete([[Int]])
  /// There are more than the limit; these are the first found.
  case tooMany([[Int]])
  case undecided(reason: String)
}

extension GuardEncoding {
  /// All feasible sets of active guards: models, each blocked by a clause over the active bits. Each
  /// check is unsatisfiable iff no admissible input and raw choice give a further activation set.
  func feasibleActivations(limit: Int) -> FeasibleActivations {
    solver.push()
    defer { solver.pop() }
    var found: [[Int]] = []
    while true {
      switch solver.check() {
      case .unsatisfiable: return .complete(found.sorted { $0.lexicographicallyPrecedes($1) })
      case .unknown(let reason): return .undecided(reason: reason)
      case .satisfiable(let model):
        if found.count == limit { return .tooMany(found) }
        var set: [Int] = []
        var block: [BoolTerm] = []
        for (index, bit) in active.enumerated() {
          guard let isActive = model.value(of: bit) else {
            return .undecided(reason: "the solver's model is incomplete")
          }
          if isActive { set.append(index) }
          block.append(isActive ? context.not(bit) : bit)
        }
        found.append(set)
        solver.assert(context.any(block))
      }
    }
  }
}
