import Diagnostics

/// An instance of an `overrides`, by names.
struct PendingOverride: Sendable {
  let winner: ReferenceSyntax
  let losers: [ReferenceSyntax]
  /// Those of the enclosing `for`s with the text of their values.
  let variables: [(name: String, label: String)]
  let scope: Scope
}

/// Which property gives way to which.
extension Checker {
  /// The checked properties with what overrides them; cycles are reported.
  mutating func resolveOverrides() -> [Property] {
    let instances = propertiesByName
    /// Of each property: who overrides it, and where that is said.
    var overriders = [[Int: SourceRange]](repeating: [:], count: properties.count)
    for pending in overrides {
      let winners = propertiesNamed(pending.winner, variables: pending.variables, pending.scope, instances)
      for reference in pending.losers {
        let losers = propertiesNamed(reference, variables: pending.variables, pending.scope, instances)
        guard spend(winners.count * losers.count, reference.range) else { break }
        for loser in losers {
          for winner in winners { overriders[loser][winner] = reference.range }
        }
        if !winners.isEmpty, !losers.isEmpty, !meet(winners, losers, reference.range) {
          report(.overridesNowhere(pending.winner.range.text, reference.range.text, reference.range))
        }
      }
    }
    reportCycles(overriders)
    return zip(properties, overriders).map { pending, overriders in
      let ranges = overriders.sorted { $0.key < $1.key }
      return Property(
        name: pending.name, title: pending.title, interface: pending.interface,
        condition: pending.condition, post: pending.post, overriders: ranges.map(\.key),
        overrideRanges: ranges.map(\.value), isUnconditional: pending.isUnconditional, range: pending.range)
    }
  }

  /// Every enforced property by its own name and by its family's.
  var propertiesByName: [String: [Int]] {
    var instances: [String: [Int]] = [:]
    for (index, property) in properties.enumerated() {
      instances[property.base, default: []].append(index)
      if property.name != property.base { instances[property.name, default: []].append(index) }
    }
    return instances
  }

  /// `p` means every instance of `p`, `p[left]` that one. Empty if there is none, which is reported.
  mutating func propertiesNamed(
    _ reference: ReferenceSyntax, variables: [(name: String, label: String)], _ scope: Scope,
    _ instances: [String: [Int]]
  ) -> [Int] {
    let base = reference.name.text
    let labels = reference.indices.map { label($0, variables, scope) }
    let name = labels.isEmpty ? base : base + "[" + labels.joined(separator: ",") + "]"
    if let found = instances[name] { return found }
    if isNotEnforced(name) {
      report(.notEnforced(name, reference.range))
      return []
    }
    // An instance may be missing because it is wrong itself.
    if !broken.contains(base), propertyNames[name] == nil {
      reportUnknown(
        NameSyntax(text: name, range: reference.range), "property", among: propertyNames.keys.sorted())
    }
    return []
  }

  private func isNotEnforced(_ name: String) -> Bool {
    let isInstance = { (other: String) in other == name || other.hasPrefix(name + "[") }
    let names = rawProperties.map(\.name) + robustness.map(\.name) + lipschitz.map(\.name)
    return names.contains(where: isInstance)
  }

  /// Whether some network has a property of both.
  private mutating func meet(_ winners: [Int], _ losers: [Int], _ range: SourceRange) -> Bool {
    var networks: Set<Int> = []
    for winner in winners {
      guard spend(properties[winner].networks.count, range) else { return true }
      networks.formUnion(properties[winner].networks)
    }
    return losers.contains { properties[$0].networks.contains(where: networks.contains) }
  }

  private mutating func reportCycles(_ overriders: [[Int: SourceRange]]) {
    for cycle in Graph(successors: overriders.map { Array($0.keys) }).cycles {
      let next = cycle.count > 1 ? cycle[1] : cycle[0]
      let loser = cycle[0]
      report(
        .cyclicOverrides(properties[loser].name, overriders[loser][next] ?? properties[loser].range))
    }
  }
}
