// Trusted: Z3's answers are read as they were given; what is not an answer is unknown.
internal import CZ3

/// What a check found.
public enum SolverVerdict {
  case satisfiable(Model)
  /// `core`: positions of assumptions that are contradictory together with the assertions.
  case unsatisfiable(core: [Int])
  /// Neither was shown; never to be read as unsatisfiable.
  case unknown(reason: String)
}

/// A set of assertions with checks.
public struct Solver: ~Copyable {
  public let context: SolverContext
  private let raw: Z3_solver

  /// - Parameter timeoutMilliseconds: for each check; Z3 may be 0.2 s late.
  /// - Parameter isPropositional: only Boolean variables will occur.
  public init(_ context: SolverContext, timeoutMilliseconds: UInt32, isPropositional: Bool = false) {
    // Without arithmetic Z3's SAT solver, else the plain incremental one: the default runs tactics first,
    // which costs more than the small queries here take.
    let finite = Z3_mk_string_symbol(context.raw, "QF_FD")
    guard
      let solver = isPropositional
        ? Z3_mk_solver_for_logic(context.raw, finite) : Z3_mk_simple_solver(context.raw)
    else {
      preconditionFailure("Z3 could not allocate a solver")
    }
    self.context = context
    raw = solver
    Z3_solver_inc_ref(context.raw, solver)
    let parameters = Z3_mk_params(context.raw)
    Z3_params_inc_ref(context.raw, parameters)
    func set(_ name: String, _ value: UInt32) {
      Z3_params_set_uint(context.raw, parameters, Z3_mk_string_symbol(context.raw, name), value)
    }
    set("timeout", timeoutMilliseconds)
    // Equally sound, and much faster on enumerations with Z3 4.8.12.
    if isPropositional {
      // 1,001 clauses of 1,000 literals: 4 s instead of 25 s.
      Z3_params_set_bool(
        context.raw, parameters, Z3_mk_string_symbol(context.raw, "subsumption"), false)
    } else {
      // The simplex core and no relevancy filter. 2,304 activation sets of 48 interval guards: 0.6 s instead
      // of 7 s.
      set("arith.solver", 2)
      set("relevancy", 0)
    }
    Z3_solver_set_params(context.raw, solver, parameters)
    Z3_params_dec_ref(context.raw, parameters)
    context.poll()
  }

  deinit { Z3_solver_dec_ref(context.raw, raw) }

  public func assert(_ term: BoolTerm) {
    Z3_solver_assert(context.raw, raw, context.own(term.node))
    context.poll()
  }

  public func push() {
    Z3_solver_push(context.raw, raw)
    context.poll()
  }

  /// Drops what was asserted since the matching ``push()``.
  public func pop() {
    Z3_solver_pop(context.raw, raw, 1)
    context.poll()
  }

  /// Unsatisfiable iff no assignment satisfies all assertions and all `assumptions`.
  ///
  /// - Parameter assumptions: Boolean variables or their negations, for usable cores.
  public func check(assuming assumptions: [BoolTerm] = []) -> SolverVerdict {
    if let failure = context.failure { return .unknown(reason: failure) }
    if let cancellation = context.cancellation, !cancellation.begin(context) {
      return .unknown(reason: "cancelled")
    }
    defer { context.cancellation?.end(context) }
    let arguments = assumptions.map { Optional(context.own($0.node)) }
    let answer = Z3_solver_check_assumptions(context.raw, raw, UInt32(arguments.count), arguments)
    context.poll()
    if let failure = context.failure { return .unknown(reason: failure) }
    if answer == Z3_L_TRUE {
      guard let model = Z3_solver_get_model(context.raw, raw) else {
        return .unknown(reason: "the solver gave no model")
      }
      return .satisfiable(Model(model, context))
    }
    if answer == Z3_L_FALSE { return .unsatisfiable(core: core(of: assumptions)) }
    let reason = Z3_solver_get_reason_unknown(context.raw, raw).map { String(cString: $0) } ?? ""
    // Z3 has two words for a timeout, depending on where it strikes.
    if reason == "canceled" || reason == "timeout" { return .unknown(reason: "time limit reached") }
    return .unknown(reason: reason.isEmpty ? "no reason given" : reason)
  }

  private func core(of assumptions: [BoolTerm]) -> [Int] {
    guard !assumptions.isEmpty, let vector = Z3_solver_get_unsat_core(context.raw, raw) else { return [] }
    Z3_ast_vector_inc_ref(context.raw, vector)
    defer { Z3_ast_vector_dec_ref(context.raw, vector) }
    let members = (0..<Z3_ast_vector_size(context.raw, vector)).map {
      Z3_ast_vector_get(context.raw, vector, $0)
    }
    return assumptions.indices.filter { index in
      members.contains { Z3_is_eq_ast(context.raw, $0, assumptions[index].node.ast) }
    }
  }
}
