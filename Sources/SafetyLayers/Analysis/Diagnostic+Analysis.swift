import Diagnostics
import SpecificationLanguage

extension Diagnostic {
  /// A note instead of an error where the interface says `abstain when conflict`.
  static func conflict(
    _ conflict: Conflict, properties: [Property], in interfaces: [Interface]
  ) -> Diagnostic {
    let interface = interfaces[conflict.interface]
    let elsewhere = conflict.occursElsewhere ? " (and elsewhere)" : ""
    var notes = [
      Note("where \(conflict.region.text(in: interface))\(elsewhere)"),
      Note("for example at \(conflict.example.text(in: interface))"),
    ]
    notes += properties.dropFirst().map { Note("`\($0.name)` is declared here", at: .source($0.range)) }
    let problem =
      properties.count == 1
      ? "no order of the outputs satisfies `\(properties[0].name)` \(place(conflict.networks))"
      : "\(list(properties)) conflict \(place(conflict.networks)): "
        + "they can apply together and no order of the outputs satisfies them together"
    let cure =
      properties.count == 1
      ? "correct the property, or say `abstain when conflict` in `interface \(interface.name)`"
      : "narrow a condition, let one override another, or say `abstain when conflict` in "
        + "`interface \(interface.name)`"
    return Diagnostic(
      .conflict, problem, severity: interface.abstainsOnConflict ? .note : .error,
      at: .source(properties[0].range), cure: interface.abstainsOnConflict ? "" : cure, notes: notes)
  }

  static func conditionNeverHolds(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .conditionNeverHolds, "the condition of `\(name)` never holds in the inputs' domains",
      at: .source(range), cure: "correct the condition, widen a domain, or remove the property")
  }

  static func conditionAlwaysHolds(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .conditionAlwaysHolds, "the condition of `\(name)` always holds in the inputs' domains",
      severity: .warning, at: .source(range), cure: "write `when true` if this is meant")
  }

  static func alwaysOverridden(
    _ property: Property, by overriders: [Property], on networks: [String]
  ) -> Diagnostic {
    Diagnostic(
      .alwaysOverridden,
      "`\(property.name)` never applies \(place(networks)): wherever its condition holds, it is overridden",
      severity: .warning, at: .source(property.range), cure: "narrow what overrides it, or remove it",
      notes: overriders.map { Note("overridden by `\($0.name)`", at: .source($0.range)) })
  }

  static func tooManyRows(limit: Int, overlapping: [Property], on networks: [String]) -> Diagnostic {
    let most = overlapping.isEmpty ? "" : "; those that overlap most are \(list(overlapping))"
    return Diagnostic(
      .tooManyRows, "more than \(limit) combinations of properties can apply \(place(networks))\(most)",
      at: overlapping.first.map { .source($0.range) } ?? .none,
      cure: "make conditions disjoint, merge properties, or raise `--max-rows`",
      notes: overlapping.dropFirst().map { Note("`\($0.name)` is declared here", at: .source($0.range)) })
  }

  static func tooManyDisjuncts(limit: Int, properties: [Property], on networks: [String]) -> Diagnostic {
    Diagnostic(
      .tooManyDisjuncts,
      "\(list(properties)) \(properties.count == 1 ? "allows" : "together allow") more than \(limit) alternative orders \(place(networks))",
      at: properties.first.map { .source($0.range) } ?? .none,
      cure: "use fewer alternatives, such as `in top` or `choose one of` instead of `or`",
      notes: properties.dropFirst().map { Note("`\($0.name)` is declared here", at: .source($0.range)) })
  }

  static func analysisUndecided(reason: String, on networks: [String]) -> Diagnostic {
    Diagnostic(
      .analysisUndecided, "the analysis \(place(networks)) is undecided: the solver says `\(reason)`",
      severity: .undecided, at: .none, cure: "raise `--solver-timeout`, or simplify conditions")
  }
}

/// For example: "on `N[1,1]` and 41 more".
func place(_ networks: [String]) -> String {
  guard let first = networks.first else { return "on no network" }
  return networks.count == 1 ? "on `\(first)`" : "on `\(first)` and \(networks.count - 1) more"
}

/// For example: "`p1`, `p2` and `p3`".
func list(_ properties: [Property]) -> String {
  let names = properties.map { "`\($0.name)`" }
  guard let last = names.last, names.count > 1 else { return names.first ?? "none" }
  return names.dropLast().joined(separator: ", ") + " and " + last
}
