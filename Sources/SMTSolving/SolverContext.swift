// Trusted: a term built here is the term that was meant, and every error of Z3 poisons the context.
internal import CZ3
import ExactArithmetic

/// A Z3 context: makes terms, and outlives all that is made in it. Not thread-safe: one a task.
///
/// Reference counts are kept here (`Z3_mk_context_rc`): every term, model and solver holds its context
/// and one reference. Z3's error handler is replaced by one that returns, so that Z3 never ends the
/// process; the error code is polled after every call. The first error poisons the context: from then on
/// every check is `unknown` with that error as its reason, so a term that could not be built never
/// takes part in an answer.
public final class SolverContext {
  let raw: Z3_context
  let boolSort: Z3_sort
  let realSort: Z3_sort
  /// What may stop the checks of this context.
  let cancellation = SolverCancellation.current
  /// Z3's first error in this context.
  public private(set) var failure: String?

  public init() {
    let configuration = Z3_mk_config()
    Z3_set_param_value(configuration, "model", "true")
    Z3_set_param_value(configuration, "unsat_core", "true")
    let context = Z3_mk_context_rc(configuration)
    Z3_del_config(configuration)
    guard let context else { preconditionFailure("Z3 could not allocate a context") }
    Z3_set_error_handler(context) { _, _ in }
    guard let boolSort = Z3_mk_bool_sort(context), let realSort = Z3_mk_real_sort(context) else {
      preconditionFailure("Z3 could not allocate its sorts")
    }
    raw = context
    self.boolSort = boolSort
    self.realSort = realSort
    Z3_inc_ref(raw, Z3_sort_to_ast(raw, boolSort))
    Z3_inc_ref(raw, Z3_sort_to_ast(raw, realSort))
  }

  deinit {
    Z3_dec_ref(raw, Z3_sort_to_ast(raw, boolSort))
    Z3_dec_ref(raw, Z3_sort_to_ast(raw, realSort))
    Z3_del_context(raw)
  }

  /// The version of the solver in use, such as `4.8.12.0`: part of every certificate.
  public static var version: String {
    var (major, minor, build, revision) = (UInt32(0), UInt32(0), UInt32(0), UInt32(0))
    Z3_get_version(&major, &minor, &build, &revision)
    return "\(major).\(minor).\(build).\(revision)"
  }

  /// Records an error of the last call; to be called after every call that can fail.
  func poll() {
    let code = Z3_get_error_code(raw)
    guard code != Z3_OK, failure == nil else { return }
    failure = Z3_get_error_msg(raw, code).map { String(cString: $0) } ?? "Z3 error \(code.rawValue)"
  }

  /// Takes over a new term; where Z3 made none the context is poisoned and `true` stands in.
  func node(_ ast: Z3_ast?) -> TermNode {
    poll()
    if let ast { return TermNode(ast, self) }
    failure = failure ?? "Z3 made no term"
    guard let placeholder = Z3_mk_true(raw) else { preconditionFailure("Z3 is out of memory") }
    return TermNode(placeholder, self)
  }
}

/// One counted reference to a term.
final class TermNode {
  let ast: Z3_ast
  let context: SolverContext

  init(_ ast: Z3_ast, _ context: SolverContext) {
    self.ast = ast
    self.context = context
    Z3_inc_ref(context.raw, ast)
  }

  deinit { Z3_dec_ref(context.raw, ast) }
}

/// A formula. Made only by a ``SolverContext``.
public struct BoolTerm {
  let node: TermNode
}

/// A real-valued term. Made only by a ``SolverContext``.
public struct RealTerm {
  let node: TermNode
}
