import Diagnostics
import ExactArithmetic
import SpecificationLanguage

/// What is probably not meant, though it can be compiled.
extension Diagnostic {
  static func tautologicalPost(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .tautologicalPost, "`\(name)` demands nothing: every order of the outputs satisfies it",
      severity: .warning, at: .source(range), cure: "correct what follows `then`, or remove the property")
  }

  static func subsumed(_ property: Property, by other: Property, on networks: [String]) -> Diagnostic {
    Diagnostic(
      .subsumedProperty,
      "`\(property.name)` is subsumed \(place(networks)): wherever it applies, `\(other.name)` applies too "
        + "and demands as much",
      severity: .warning, at: .source(property.range),
      cure: "remove `\(property.name)`, or correct the one of the two that was to differ",
      notes: [Note("`\(other.name)` is declared here", at: .source(other.range))])
  }

  static func redundant(_ property: Property, by others: [Property], on networks: [String]) -> Diagnostic {
    Diagnostic(
      .redundantProperty,
      "`\(property.name)` is redundant \(place(networks)): wherever it applies, \(list(others)) "
        + (others.count == 1 ? "demands as much" : "demand as much together"),
      severity: .warning, at: .source(property.range),
      cure: "remove `\(property.name)`, or correct what was to differ",
      notes: others.map { Note("`\($0.name)` is declared here", at: .source($0.range)) })
  }

  static func uselessOverride(_ winner: Property, _ loser: Property, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .uselessOverride,
      "`\(winner.name)` overrides `\(loser.name)` to no effect: their conditions never hold together in the "
        + "inputs' domains",
      severity: .warning, at: .source(range), cure: "remove this, or correct one of the conditions",
      notes: [winner, loser].map { Note("`\($0.name)` is declared here", at: .source($0.range)) })
  }

  static func sliver(_ sliver: Sliver, in interface: Interface) -> Diagnostic {
    let input = interface.inputs[sliver.input]
    let unit = input.unit.isEmpty ? "" : " " + input.unit
    let end = "\(sliver.isLowerEnd ? "lower" : "upper") end of the domain of `\(input.name)`"
    let word = sliver.isLowerEnd ? "min" : "max"
    return Diagnostic(
      .sliver,
      "`\(sliver.text)` \(sliver.isLeftOut ? "leaves out" : "holds only in") a sliver "
        + "\(exactText(sliver.width))\(unit) wide at the \(end), \(exactText(sliver.end))\(unit)",
      severity: .warning, at: .source(sliver.range), cure: "write `\(word)` if that end is meant")
  }

  static func uncoveredDomain(
    _ example: ConflictExample, in interface: Interface, on networks: [NetworkInstance]
  ) -> Diagnostic {
    Diagnostic(
      .uncoveredDomain, "no property applies to some inputs \(place(networks.map(\.name)))",
      severity: .warning, at: networks.first.map { .source($0.range) } ?? .none,
      cure: "widen a condition, or add a property for the rest",
      notes: [Note("for example at \(example.text(in: interface))")])
  }

  static func abstentionUnreachable(_ interface: Interface) -> Diagnostic {
    Diagnostic(
      .abstentionUnreachable,
      "`abstain when conflict` in `\(interface.name)` permits what never happens: no conflict is reachable "
        + "on any of its networks",
      severity: .warning, at: .source(interface.abstentionRange ?? interface.range),
      cure: "remove it, so that a conflict that a later change brings is an error")
  }

  /// - Requires: `networks` is not empty.
  static func nothingEnforced(on networks: [NetworkInstance]) -> Diagnostic {
    Diagnostic(
      .nothingEnforced, "nothing is demanded \(place(networks.map(\.name)))", severity: .warning,
      at: .source(networks[0].range), cure: "enforce or verify a property `on` it, or remove the network")
  }

  /// - Parameter isAdvice: whether the answer would be a warning at most, so that code can be emitted without it.
  static func undecided(_ question: String, reason: String, isAdvice: Bool) -> Diagnostic {
    Diagnostic(
      .analysisUndecided, "\(question) is undecided: the solver says `\(reason)`",
      severity: isAdvice ? .warning : .undecided, at: .none, cure: "raise `--solver-timeout`")
  }
}
