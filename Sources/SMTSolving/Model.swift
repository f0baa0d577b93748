// Trusted: values are read from Z3's models exactly.
internal import CZ3
import ExactArithmetic

/// A satisfying assignment, complete: a variable that does not matter has some value.
public final class Model {
  private let raw: Z3_model
  private let context: SolverContext

  init(_ raw: Z3_model, _ context: SolverContext) {
    self.raw = raw
    self.context = context
    Z3_model_inc_ref(context.raw, raw)
  }

  deinit { Z3_model_dec_ref(context.raw, raw) }

  /// The exact value; `nil` if Z3 gives none that is rational.
  public func value(of term: RealTerm) -> Rational? {
    guard let value = evaluate(term.node) else { return nil }
    // The text lives in a buffer that Z3 uses again: copied at once.
    let text = withExtendedLifetime(value) {
      Z3_is_numeral_ast(context.raw, value.ast)
        ? Z3_get_numeral_string(context.raw, value.ast).map { String(cString: $0) } : nil
    }
    guard let text else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let numerator = Rational(decimal: parts[0]) else { return nil }
    guard parts.count == 2 else { return numerator }
    guard let denominator = Rational(decimal: parts[1]), denominator.signum != 0 else { return nil }
    return numerator / denominator
  }

  /// `nil` if Z3 gives no truth value.
  public func value(of term: BoolTerm) -> Bool? {
    guard let value = evaluate(term.node) else { return nil }
    let truth = withExtendedLifetime(value) { Z3_get_bool_value(context.raw, value.ast) }
    if truth == Z3_L_TRUE { return true }
    if truth == Z3_L_FALSE { return false }
    return nil
  }

  private func evaluate(_ node: TermNode) -> TermNode? {
    var value: Z3_ast?
    let succeeded = Z3_model_eval(context.raw, raw, context.own(node), true, &value)
    context.poll()
    guard succeeded, let value else { return nil }
    return TermNode(value, context)
  }
}
