import Diagnostics
import SafetyLayers
import SpecificationLanguage

extension Diagnostic {
  /// A property that allows what it forbade.
  ///
  /// - Parameters:
  ///   - networks: ` on ...`, or empty.
  ///   - excuse: why that is no error; `nil` if it is one.
  ///   - shown: what is newly allowed.
  ///   - role: with what it is declared now, if it is removed from its own.
  static func weakened(
    _ property: PropertyComparison, on networks: String, excuse: String?, shown: Separation,
    now role: PropertyRole?
  ) -> Diagnostic {
    let problem =
      property.new == nil
      ? "`\(property.name)` is "
        + (role.map { "declared with `\($0.rawValue)` instead of `\(property.role.rawValue)`" } ?? "removed")
        + networks
      : property.tightened.separation == nil
        ? "`\(property.name)` demands less than before\(networks)"
        : "`\(property.name)` demands less than before in some cases and more in others\(networks)"
    return Diagnostic(
      .weakened, problem + (excuse.map { ", but \($0)" } ?? ""), severity: excuse == nil ? .error : .note,
      at: property.location,
      cure: excuse == nil
        ? "demand what it demanded, or permit the change with `--allow-weaker \(property.name)`" : "",
      notes: notes("allowed", shown)
        + (property.tightened.separation.map { notes("forbidden", $0) } ?? []))
  }

  /// A property that forbids what it allowed, and allows nothing that it forbade.
  static func strengthened(
    _ property: PropertyComparison, _ separation: Separation, on networks: String
  ) -> Diagnostic {
    let change = property.old == nil ? "is added" : "demands more than before"
    return Diagnostic(
      .strengthened, "`\(property.name)` \(change)\(networks)", severity: .note, at: property.location,
      notes: notes("forbidden", separation))
  }

  private static func notes(_ effect: String, _ separation: Separation) -> [Note] {
    [
      Note("newly \(effect) \(separation.regionText)"),
      Note("for example at \(separation.exampleText): scores \(separation.scoresText)"),
    ]
  }

  static func comparisonUndecided(
    _ what: String, on networks: String, reason: String, at location: DiagnosticLocation
  ) -> Diagnostic {
    Diagnostic(
      .comparisonUndecided, "what the change of \(what) means\(networks) is undecided: \(reason)",
      severity: .undecided, at: location, cure: "raise `--solver-timeout`")
  }

  /// A change of an interface, or of a clause, that is told by reading.
  static func looserChange(_ change: Change, on networks: String, isPermitted: Bool) -> Diagnostic {
    if let clause = change.clause {
      return Diagnostic(
        .weakened,
        "\(change.subject)\(networks): \(change.detail)" + (isPermitted ? ", but that is permitted" : ""),
        severity: isPermitted ? .note : .error, at: .source(change.range),
        cure: isPermitted
          ? "" : "demand what it demanded, or permit the change with `--allow-weaker \(clause)`")
    }
    return Diagnostic(
      .incompatibleChange,
      "\(change.subject)\(networks): \(change.detail)" + (isPermitted ? ", but that is permitted" : ""),
      severity: isPermitted ? .note : .error, at: .source(change.range),
      cure: isPermitted
        ? ""
        : "undo it if it is not meant; else callers of the emitted code have to follow: raise the version and say "
          + "`--allow-interface-changes`")
  }

  static func versionTooLow(
    _ new: SemanticVersion, needs needed: SemanticVersion, _ bump: SemanticVersion.Bump,
    from old: SemanticVersion, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .versionTooLow,
      new < old
        ? "version \(new) is lower than \(old), which it follows"
        : "version \(new) says less than what changed since \(old)",
      at: .source(range), cure: "call it \(needed) or later: this is a \(bump.rawValue) change")
  }

  static func staleAllowance(_ name: String) -> Diagnostic {
    Diagnostic(
      .staleAllowance, "`--allow-weaker \(name)` permits nothing: `\(name)` is not weaker than before",
      severity: .warning, at: .none, cure: "leave it out")
  }

  static func unknownAllowance(_ name: String, _ near: String?) -> Diagnostic {
    Diagnostic(
      .unknownName, "neither specification has a property `\(name)`", at: .none,
      cure: near.map { "did you mean `\($0)`?" }
        ?? "name a property, a family of properties, or a `robust` or `lipschitz` clause")
  }
}

extension PropertyComparison {
  /// Where it is declared, or was.
  var location: DiagnosticLocation { (new ?? old).map { .source($0) } ?? .none }
}
