import LoopIR
import NetworkIR
import SafetyLayers

/// What a certificate of this program says, at the top of its files; `nil` if it certifies nothing.
///
/// - Parameter proof: whether a repair can fail its check; `nil` if nothing is repaired.
func certificateMeaning(_ context: EmissionContext, _ proof: DecisionProof?) -> String? {
  if context.head.isEmpty { return nil }
  let names = context.program.interface.outputNames
  let clauses = context.head.clauses.map { certified in
    let clause = certified.clause
    let groups = clause.groups.map { "{" + $0.map { names[$0] }.joined(separator: ", ") + "}" }
    let kept =
      clause.places == 1
      ? "the best output stays the best"
      : "the k best outputs stay the k best,\n    for some k of at most \(clause.places)"
    let inside =
      groups.isEmpty
      ? "" : ", either 1 or such that they lie in one of\n    \(groups.joined(separator: ", "))"
    let abstains =
      clause.abstainsWhenUncertified ? "\n    (the program abstains where it is not certified)" : ""
    return
      "  \(text(clause)):\n    within \(text(clause.norm, clause.radius, clause.space)) \(kept)\(inside)\(abstains)"
  }
  return """
    Robust clauses, and what stays where they are certified:
    \(clauses.joined(separator: "\n"))
    A certificate is about this program with its rounding (the float semantics above), not about a network over
    the real numbers: at every binary32 input in the domains of `infer` that is no further away than the clause
    says, the program's decision stays as the clause says, or it abstains because some clause is not certified\(unrepaired(proof))
    \(scope(context))
    Test the bit of a clause, not `radius[c] >= r`: radii are rounded down to binary32 (0.05 becomes 0.049999997).
    It rests on bounds that were computed when this was compiled: of the network's Lipschitz constants, and of its
    rounding errors over the whole domain. Not certified means that nothing was proved.
    """
}

/// The end of the sentence on what the program does near a certified input.
private func unrepaired(_ proof: DecisionProof?) -> String {
  switch proof {
  case .none, .proved: "."
  case .tooManyOutputs, .tooManyRuns:
    """
    ,
    or because a repair failed its check (UNREPAIRED; that this never happens is not proved, see below).
    """
  }
}

private func scope(_ context: EmissionContext) -> String {
  context.isGuarded
    ? """
    The decision is the one after repair; at all those inputs the same properties are active. radius[c] is the
    clause's own distance where it is certified, else 0.
    """
    : """
    radius[c] is a distance within which this holds, shorter or longer than the clause's; 0 if none was proved.
    """
}
