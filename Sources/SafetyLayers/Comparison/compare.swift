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
    changes: nameChanges(old, new) + networks.changes + expectationChanges(old, new),
    properties: comparer.orderedProperties,
    networks: comparer.networks, isSameText: haveSameText(old, new))
}

private func nameChanges(_ old: CheckedSpec, _ new: CheckedSpec) -> [Change] {
  if old.name == new.name { return [] }
  let start = SourceRange(file: new.source, bytes: 0..<0)
  return [Change("specification", "`\(old.name)` -> `\(new.name)`", .none, at: start)]
}

/// Expectations demand nothing of the scores: a change of one is worth knowing.
private func expectationChanges(_ old: CheckedSpec, _ new: CheckedSpec) -> [Change] {
  let before = Set(old.expectations.map(\.text))
  let after = Set(new.expectations.map(\.text))
  let added = new.expectations.filter { !before.contains($0.text) }
  let removed = old.expectations.filter { !after.contains($0.text) }
  return added.map { Change("expect `\($0.text)`", "added", .none, at: $0.range) }
    + removed.map { Change("expect `\($0.text)`", "removed", .none, at: $0.range) }
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

  private struct Key: Hashable {
    let old: NetworkDemands
    let new: NetworkDemands
  }

  init(_ old: CheckedSpec, _ new: CheckedSpec, selected: Set<String>?) {
    let isSelected = { (network: NetworkInstance) in selected?.contains(network.name) ?? true }
    let known = Dictionary(
      old.networks.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let oldDemands = NetworkDemands.all(of: old)
    let newDemands = NetworkDemands.all(of: new)
    var places: [Key: Int] = [:]
    var added: [NetworkInstance] = []
    var kept: [(old: NetworkInstance, new: NetworkInstance)] = []
    for (index, network) in new.networks.enumerated() where isSelected(network) {
      guard let other = known[network.name] else {
        added.append(network)
        continue
      }
      kept.append((old.networks[other], network))
      let key = Key(old: oldDemands[other], new: newDemands[index])
      if let place = places[key] {
        pairs[place].networks.append(network.name)
      } else {
        places[key] = pairs.count
        pairs.append(DemandPair(old: key.old, new: key.new, networks: [network.name]))
      }
    }
    let names = Set(new.networks.map(\.name))
    noteSet("added", .addition, added)
    noteSet("removed", .interface, old.networks.filter { isSelected($0) && !names.contains($0.name) })
    noteModels(of: kept)
  }

  private mutating func noteSet(
    _ detail: String, _ effect: Change.Effect, _ networks: [NetworkInstance]
  ) {
    guard let first = networks.first else { return }
    changes.append(
      Change("network \(shortList(networks.map(\.name)))", detail, effect, at: first.range))
  }

  private mutating func noteModels(of kept: [(old: NetworkInstance, new: NetworkInstance)]) {
    let moved = kept.filter { $0.old.modelPath != $0.new.modelPath }
    if let first = moved.first {
      note(
        "model", "`\(first.old.modelPath)` -> `\(first.new.modelPath)`", .none, moved.map(\.new))
    }
    let unchecked = kept.filter { $0.old.checksHeader && !$0.new.checksHeader }
    let checked = kept.filter { !$0.old.checksHeader && $0.new.checksHeader }
    note("`check header`", "no longer asked for", .weaker, unchecked.map(\.new))
    note("`check header`", "newly asked for", .stronger, checked.map(\.new))
  }

  private mutating func note(
    _ subject: String, _ detail: String, _ effect: Change.Effect, _ networks: [NetworkInstance]
  ) {
    guard let first = networks.first else { return }
    changes.append(Change(subject, detail, effect, at: first.range, networks: networks.map(\.name)))
  }
}
