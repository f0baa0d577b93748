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
  /// The properties that are not the same on all networks.
  private let changed: Set<String>

  init(_ comparison: SpecComparison, _ allowances: Allowances, places: NetworkPlaces, report: Report) {
    self.comparison = comparison
    self.allowances = allowances
    self.places = places
    self.report = report
    let differing = comparison.properties.filter { $0.verdict != .equal || $0.old == nil || $0.new == nil }
    changed = Set(differing.map(\.name))
    for property in comparison.properties { add(property) }
    addUnchangedProperties()
    for change in comparison.allChanges { add(change) }
    addNetworks()
    self.report.report(allowances.stale(in: comparison))
  }

  // MARK: Properties

  private mutating func add(_ property: PropertyComparison) {
    let losses = losses(of: property)
    var diagnostics = DiagnosticSet()
    if let reason = undecidedReason(property, losses) {
      diagnostics.report(
        .comparisonUndecided(
          "`\(property.name)`", on: places.on(property.networks), reason: reason, at: property.location))
    }
    let lost = losses.lazy.compactMap(\.answer.separation).first
    if let alone = property.loosened.separation ?? lost {
      weaken(property, alone, losses, reportingTo: &diagnostics)
    } else if let separation = property.tightened.separation {
      diagnostics.report(.strengthened(property, separation, on: places.on(property.networks)))
    }
    report.addCase(
      property.name + plain(places.on(property.networks)), in: property.role.rawValue, diagnostics,
      verdict: property.verdict.rawValue)
    let remark = remark(property, losses)
    if changed.contains(property.name) {
      addLine(
        remark.word,
        "\(property.role.rawValue) `\(property.name)`\(places.on(property.networks))\(remark.suffix)")
    }
  }

  /// One network group's part of what was lost of a property.
  private struct Loss {
    let networks: [String]
    let answer: Separation.Answer
  }

  private func losses(of property: PropertyComparison) -> [Loss] {
    let own = Set(property.networks)
    return comparison.networks.filter { !own.isDisjoint(with: $0.networks) }.flatMap { network in
      network.losses.filter { $0.role == property.role && $0.property == property.name }
        .map { Loss(networks: network.networks, answer: $0.answer) }
    }
  }

  private func undecidedReason(_ property: PropertyComparison, _ losses: [Loss]) -> String? {
    for answer in [property.loosened, property.tightened] + losses.map(\.answer) {
      if case .undecided(let reason) = answer { return reason }
    }
    return nil
  }

  /// An error where something is lost, on those networks; a note if that is permitted or others make up for it.
  private func weaken(
    _ property: PropertyComparison, _ alone: Separation, _ losses: [Loss],
    reportingTo diagnostics: inout DiagnosticSet
  ) {
    let lost = losses.filter { $0.answer.separation != nil }
    let networks = places.on(lost.isEmpty ? property.networks : lost.flatMap(\.networks))
    let isPermitted = allowances.permit(property.name)
    // Where it is not known whether others make up for it, that is what is undecided.
    if lost.isEmpty, !losses.isEmpty, !isPermitted { return }
    let role = comparison.properties.first {
      $0.name == property.name && $0.old == nil && $0.role != property.role
        && !Set($0.networks).isDisjoint(with: property.networks)
    }?.role
    diagnostics.report(
      .weakened(
        property, on: networks,
        excuse: lost.isEmpty && losses.isEmpty
          ? "others make up for it" : isPermitted ? "that is permitted" : nil,
        shown: lost.lazy.compactMap(\.answer.separation).first ?? alone, now: role))
  }

  private func remark(
    _ property: PropertyComparison, _ losses: [Loss]
  ) -> (word: String, suffix: String) {
    let verdict = property.verdict
    let isMoved = property.old == nil || property.new == nil
    let word = property.old == nil ? "added" : property.new == nil ? "removed" : verdict.rawValue
    let lost = losses.filter { $0.answer.separation != nil }.flatMap(\.networks)
    switch verdict {
    case .undecided: return (word, isMoved ? ": undecided" : "")
    case .equal: return (word, isMoved ? ": it demands nothing" : "")
    case .stronger: return (word, "")
    case .weaker, .incomparable:
      if losses.isEmpty { return (word, ": others make up for it") }
      if lost.isEmpty { return (word, ": it is undecided whether others make up for it") }
      return (
        word,
        (lost.count < property.networks.count ? ": others make up for it except\(places.on(lost))" : "")
          + (allowances.permit(property.name) ? ": permitted" : "")
      )
    }
  }

  private mutating func addUnchangedProperties() {
    var names: [String] = []
    var seen = changed
    for property in comparison.properties where seen.insert(property.name).inserted {
      names.append(property.name)
    }
    if names.isEmpty { return }
    addLine(
      "equal", names.count > 12 ? "\(names.count) properties" : shortList(names, limit: names.count))
  }

  /// Without backticks, as the names of cases are written.
  private func plain(_ text: String) -> String { text.filter { $0 != "`" } }

  // MARK: Changes and networks

  private mutating func add(_ change: Change) {
    let networks = places.on(change.networks)
    let isPermitted = change.clause.map(allowances.permit) ?? allowances.permitsInterfaceChanges
    let diagnostics =
      change.effect.isLoosened
      ? DiagnosticSet([.looserChange(change, on: networks, isPermitted: isPermitted)]) : DiagnosticSet()
    report.addCase(
      plain("\(change.subject)\(networks): \(change.detail)"), in: "changes", diagnostics,
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
        plain(places.list(network.networks)), in: "networks", diagnostics,
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
