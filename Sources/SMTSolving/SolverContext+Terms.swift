// Trusted: each function builds the term that its name says.
internal import CZ3
import ExactArithmetic

/// The term factory. Swift's types keep sorts apart; what is left to check is that all parts are of
/// one context, which traps (it is our bug, and Z3 would crash).
extension SolverContext {
  public func constant(_ value: Bool) -> BoolTerm {
    BoolTerm(node: node(value ? Z3_mk_true(raw) : Z3_mk_false(raw)))
  }

  /// The exact value, handed over as "n/d".
  public func constant(_ value: Rational) -> RealTerm {
    RealTerm(node: node(Z3_mk_numeral(raw, value.description, realSort)))
  }

  /// The Boolean variable of this name.
  public func boolVariable(_ name: String) -> BoolTerm {
    BoolTerm(node: node(Z3_mk_const(raw, Z3_mk_string_symbol(raw, name), boolSort)))
  }

  /// The real variable of this name.
  /// - Requires: no Boolean variable has it.
  public func realVariable(_ name: String) -> RealTerm {
    RealTerm(node: node(Z3_mk_const(raw, Z3_mk_string_symbol(raw, name), realSort)))
  }

  public func not(_ term: BoolTerm) -> BoolTerm {
    BoolTerm(node: node(Z3_mk_not(raw, own(term.node))))
  }

  /// True if `terms` is empty.
  public func all(_ terms: [BoolTerm]) -> BoolTerm {
    if terms.isEmpty { return constant(true) }
    let arguments = terms.map { Optional(own($0.node)) }
    return BoolTerm(node: node(Z3_mk_and(raw, UInt32(arguments.count), arguments)))
  }

  /// False if `terms` is empty.
  public func any(_ terms: [BoolTerm]) -> BoolTerm {
    if terms.isEmpty { return constant(false) }
    let arguments = terms.map { Optional(own($0.node)) }
    return BoolTerm(node: node(Z3_mk_or(raw, UInt32(arguments.count), arguments)))
  }

  public func equivalent(_ a: BoolTerm, _ b: BoolTerm) -> BoolTerm {
    BoolTerm(node: node(Z3_mk_iff(raw, own(a.node), own(b.node))))
  }

  /// Exactly one of `terms` is true; false if `terms` is empty.
  public func exactlyOne(_ terms: [BoolTerm]) -> BoolTerm {
    var parts = [any(terms)]
    for first in terms.indices {
      for second in terms.indices where second > first {
        parts.append(not(all([terms[first], terms[second]])))
      }
    }
    return all(parts)
  }

  /// At least `count` of `terms` are true.
  public func atLeast(_ count: Int, of terms: [BoolTerm]) -> BoolTerm {
    // Z3 has counting constraints of its own; what needs none is left to its Boolean core.
    if count <= 0 { return constant(true) }
    if count > terms.count { return constant(false) }
    if count == terms.count { return all(terms) }
    if count == 1 { return any(terms) }
    let arguments = terms.map { Optional(own($0.node)) }
    return BoolTerm(node: node(Z3_mk_atleast(raw, UInt32(arguments.count), arguments, UInt32(count))))
  }

  /// `a >= b`
  public func atLeast(_ a: RealTerm, _ b: RealTerm) -> BoolTerm {
    BoolTerm(node: node(Z3_mk_ge(raw, own(a.node), own(b.node))))
  }

  /// `a <= b`
  public func atMost(_ a: RealTerm, _ b: RealTerm) -> BoolTerm {
    BoolTerm(node: node(Z3_mk_le(raw, own(a.node), own(b.node))))
  }

  /// `a > b`
  public func greater(_ a: RealTerm, _ b: RealTerm) -> BoolTerm {
    BoolTerm(node: node(Z3_mk_gt(raw, own(a.node), own(b.node))))
  }

  /// The sum of `coefficient * term`; 0 if empty.
  public func sum(_ products: [(coefficient: Rational, term: RealTerm)]) -> RealTerm {
    if products.isEmpty { return constant(Rational.zero) }
    let parts = products.map { RealTerm(node: product($0.coefficient, $0.term.node)) }
    return withExtendedLifetime(parts) {
      let arguments = parts.map { Optional(own($0.node)) }
      return RealTerm(node: node(Z3_mk_add(raw, UInt32(arguments.count), arguments)))
    }
  }

  private func product(_ coefficient: Rational, _ term: TermNode) -> TermNode {
    let factor = constant(coefficient)
    return withExtendedLifetime(factor) { node(Z3_mk_mul(raw, 2, [own(factor.node), own(term)])) }
  }

  /// The Z3 term of `node`, which the caller must keep alive while it is used: Swift may release an
  /// object after its last mention, and Z3 then frees the term.
  func own(_ node: TermNode) -> Z3_ast {
    precondition(node.context === self, "a term is used in the context that made it")
    return node.ast
  }
}
