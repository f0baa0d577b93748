import Diagnostics
import SpecificationLanguage

/// What the change from `old` to `new` means. Networks and properties are matched by name.
///
/// Every question is asked once for all networks that share it: the cost is that of the distinct pairs of
/// problems.
///
/// - Parameter progress: is given the name of what is compared next.
public func compare(
  _ old: CheckedSpec, _ new: CheckedSpec, options: ComparisonOptions = ComparisonOptions(),
  progress: (String) -> Void = { _ in }
) -> SpecComparison {
  let networks = NetworkMatching(old, new, selected: options.networks)
  var comparer = Comparer(old: old, new: new, options: options)
  for pair in networks.pairs { comparer.compare(pair, progress) }
  return SpecComparison(
    changes: networks.changes + expectationChanges(old, new), properties: comparer.orderedProperties,
    networks: comparer.networks, isSameText: haveSameText(old, new))
}

/// Expectations demand nothing of the scores: a change of one is worth knowing.
private func expectationChanges(_ old: CheckedSpec, _ new: CheckedSpec) -> [Change] {
  let before = old.expectations.map(\.text)
  let after = new.expectations.map(\.text)
  return after.filter { !before.contains($0) }.map { Change("expect `\($0)`", "added", .none) }
    + before.filter { !after.contains($0) }.map { Change("expect `\($0)`", "removed", .none) }
}

private func haveSameText(_ old: CheckedSpec, _ new: CheckedSpec) -> Bool {
  old.source.utf8 == new.source.utf8 && old.definitions == new.definitions
    && old.imports.map(\.path) == new.imports.map(\.path)
    && old.imports.map(\.source.utf8) == new.imports.map(\.source.utf8)
}

/// Two networks' demands, and the networks that have them.
struct DemandPair {
  let old: NetworkDemands
  let new: NetworkDemands
  var networks: [String]
}

/// Which networks correspond.
private struct NetworkMatching {
  /// In the order of their first network.
  private(set) var pairs: [DemandPair] = []
  private(set) var changes: [Change] = []

  init(_ old: CheckedSpec, _ new: CheckedSpec, selected: Set<String>?) {
    let isSelected = { (network: NetworkInstance) in selected?.contains(network.name) ?? true }
    let known = Dictionary(
      old.networks.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let oldDemands = NetworkDemands.all(of: old)
    let newDemands = NetworkDemands.all(of: new)
    struct Key: Hashable {
      let old: NetworkDemands
      let new: NetworkDemands
    }
    var places: [Key: Int] = [:]
    var added: [String] = []
    var moved: [(old: NetworkInstance, new: NetworkInstance)] = []
    var unchecked: [String] = []
    var checked: [String] = []
    for (index, network) in new.networks.enumerated() where isSelected(network) {
      guard let other = known[network.name] else {
        added.append(network.name)
        continue
      }
      let before = old.networks[other]
      if before.modelPath != network.modelPath { moved.append((before, network)) }
      if before.checksHeader, !network.checksHeader { unchecked.append(network.name) }
      if !before.checksHeader, network.checksHeader { checked.append(network.name) }
      let key = Key(old: oldDemands[other], new: newDemands[index])
      if let place = places[key] {
        pairs[place].networks.append(network.name)
      } else {
        places[key] = pairs.count
        pairs.append(DemandPair(old: key.old, new: key.new, networks: [network.name]))
      }
    }
    let kept = Set(new.networks.map(\.name))
    let removed = old.networks.filter { isSelected($0) && !kept.contains($0.name) }.map(\.name)
    if !added.isEmpty { changes.append(Change("network", "added", .addition, networks: added)) }
    if !removed.isEmpty { changes.append(Change("network", "removed", .interface, networks: removed)) }
    if let first = moved.first {
      changes.append(
        Change(
          "model", "`\(first.old.modelPath)` -> `\(first.new.modelPath)`", .none,
          networks: moved.map(\.new.name)))
    }
    if !unchecked.isEmpty {
      changes.append(Change("`check header`", "no longer asked for", .weaker, networks: unchecked))
    }
    if !checked.isEmpty {
      changes.append(Change("`check header`", "newly asked for", .stronger, networks: checked))
    }
  }
}
