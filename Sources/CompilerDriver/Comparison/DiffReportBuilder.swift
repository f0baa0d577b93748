import Diagnostics
import SafetyLayers
import SpecificationLanguage

/// Makes the report of a comparison: a case for each property on each group of networks, each change that is told
/// by reading, each group of networks as a whole, and the version.
struct DiffReportBuilder {
  let comparison: SpecComparison
  let allowances: Allowances
  let places: NetworkPlaces
  private(set) var report: Report
  private var lines: [String] = []

  init(_ comparison: SpecComparison, _ allowances: Allowances, places: NetworkPlaces, report: Report) {
    self.comparison = comparison
    self.allowances = allowances
    self.places = places
    self.report = report
    for property in comparison.properties { add(property) }
    addUnchangedProperties()
    for change in comparison.allChanges { add(change) }
    addNetworks()
    self.report.report(allowances.stale(in: comparison))
  }

  // MARK: Properties

  private mutating func add(_ property: PropertyComparison) {
    let networks = places.on(property.networks)
    var diagnostics = DiagnosticSet()
    let losses = losses(of: property)
    let isLost = losses.contains { $0.answer.separation != nil }
    let isPermitted = allowances.permit(property.name)
    if let reason = undecidedReason(property, losses) {
      diagnostics.report(
        .comparisonUndecided("`\(property.name)`", on: networks, reason: reason, at: property.location))
    }
    if let alone = property.loosened.separation {
      let excuse =
        isPermitted
        ? "that is permitted" : isLost || !losses.isEmpty ? nil : "others make up for it"
      let shown = losses.lazy.compactMap(\.answer.separation).first ?? alone
      // Where it is not known whether others make up for it, that is what is undecided.
      if isLost || isPermitted || losses.isEmpty {
        diagnostics.report(.weakened(property, on: networks, excuse: excuse, shown: shown))
      }
    } else if let separation = property.tightened.separation {
      diagnostics.report(.strengthened(property, separation, on: networks))
    }
    report.addCase(
      property.name + networks.filter { $0 != "`" }, in: property.role.rawValue, diagnostics,
      verdict: property.verdict.rawValue)
    let remark = remark(property, isLost: isLost, isPermitted: isPermitted)
    if property.verdict != .equal || property.old == nil || property.new == nil {
      addLine(remark.word, "\(property.role.rawValue) `\(property.name)`\(networks)\(remark.suffix)")
    }
  }

  /// What the network groups with this property lost of it.
  private func losses(of property: PropertyComparison) -> [NetworkComparison.Loss] {
    let own = Set(property.networks)
    return comparison.networks.filter { !own.isDisjoint(with: $0.networks) }.flatMap { network in
      network.losses.filter { $0.role == property.role && $0.property == property.name }
    }
  }

  private func undecidedReason(
    _ property: PropertyComparison, _ losses: [NetworkComparison.Loss]
  ) -> String? {
    for answer in [property.loosened, property.tightened] + losses.map(\.answer) {
      if case .undecided(let reason) = answer { return reason }
    }
    return nil
  }

  private func remark(
    _ property: PropertyComparison, isLost: Bool, isPermitted: Bool
  ) -> (word: String, suffix: String) {
    let verdict = property.verdict
    let word = property.old == nil ? "added" : property.new == nil ? "removed" : verdict.rawValue
    switch verdict {
    case .undecided: return (word, word == verdict.rawValue ? "" : ": undecided")
    case .equal: return (word, ": it demands nothing")
    case .stronger: return (word, "")
    case .weaker, .incomparable:
      return (word, isLost ? (isPermitted ? ": permitted" : "") : ": others make up for it")
    }
  }

  private mutating func addUnchangedProperties() {
    let equal = comparison.properties.filter { $0.verdict == .equal && $0.old != nil && $0.new != nil }
    if equal.isEmpty { return }
    var names: [String] = []
    for property in equal where !names.contains(property.name) { names.append(property.name) }
    addLine(
      "equal", names.count > 12 ? "\(names.count) properties" : shortList(names, limit: names.count))
  }

  // MARK: Changes and networks

  private mutating func add(_ change: Change) {
    let networks = places.on(change.networks)
    let isPermitted = change.clause.map(allowances.permit) ?? false
    let diagnostics =
      change.effect.isLoosened
      ? DiagnosticSet([.looserChange(change, on: networks, isPermitted: isPermitted)]) : DiagnosticSet()
    report.addCase(
      change.subject.filter { $0 != "`" } + networks.filter { $0 != "`" }, in: "changes", diagnostics,
      verdict: change.effect.rawValue)
    let suffix = isPermitted && change.effect.isLoosened ? ": permitted" : ""
    addLine(change.effect.word, "\(change.subject)\(networks): \(change.detail)\(suffix)")
  }

  private mutating func addNetworks() {
    for network in comparison.networks {
      var diagnostics = DiagnosticSet()
      for answer in network.tightened {
        guard case .undecided(let reason) = answer else { continue }
        diagnostics.report(
          .comparisonUndecided(
            "all properties together", on: places.on(network.networks), reason: reason, at: .none))
      }
      report.addCase(
        places.list(network.networks).filter { $0 != "`" }, in: "networks", diagnostics,
        verdict: network.verdict.rawValue)
    }
    for verdict in Verdict.allCases.reversed() {
      let networks = comparison.networks.filter { $0.verdict == verdict }.flatMap(\.networks)
      if !networks.isEmpty { addLine(verdict.rawValue, "as a whole: \(places.list(networks))") }
    }
  }

  // MARK: The version

  mutating func addVersion(from old: CheckedSpec, to new: CheckedSpec, at range: SourceRange) {
    let before = SemanticVersion(old.version)
    let after = SemanticVersion(new.version)
    let bump = comparison.bump
    let needed = before.bumped(bump)
    report.addCase(
      "\(before) -> \(after)", in: "version",
      DiagnosticSet(
        after < needed ? [.versionTooLow(after, needs: needed, bump, from: before, at: range)] : []),
      verdict: bump.rawValue)
    let isOpen = comparison.networks.contains { $0.verdict == .undecided } && bump != .major
    let what =
      bump == .none
      ? "nothing changed" : "\(bump.rawValue): \(needed) or later, and it is \(after)"
    addLine("version", what + (isOpen ? "; maybe more, for something is undecided" : ""))
    report.summary =
      "\(new.name) \(before) -> \(after)\n" + lines.joined() + report.countLines
  }

  private mutating func addLine(_ word: String, _ text: String) {
    lines.append("  " + word + String(repeating: " ", count: max(1, 14 - word.count)) + text + "\n")
  }
}

extension Change.Effect {
  fileprivate var word: String {
    switch self {
    case .none: "changed"
    case .addition: "added"
    case .stronger, .weaker, .incomparable, .interface: rawValue
    }
  }
}

extension SpecComparison {
  /// The part of the version that the change has to raise, as far as is known: major for anything newly allowed or
  /// an interface that callers have to follow, minor for anything newly forbidden or a new network, patch for
  /// another text.
  var bump: SemanticVersion.Bump {
    let changes = allChanges
    if networks.contains(where: { $0.isLoosened || !$0.isComparable })
      || changes.contains(where: \.effect.isLoosened)
    {
      return .major
    }
    let isTightened = networks.contains { $0.tightened.contains { $0.separation != nil } }
    if isTightened || changes.contains(where: { $0.effect.isTightened || $0.effect == .addition }) {
      return .minor
    }
    return isSameText ? .none : .patch
  }
}
