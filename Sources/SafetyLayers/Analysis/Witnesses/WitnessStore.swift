import SpecificationLanguage

/// The witnesses of a specification's interfaces: those that a cache had, and those that were found.
struct WitnessStore {
  /// One an interface, in the specification's order.
  let hints: [InterfaceWitnesses]
  /// One an interface: what showed something in this analysis, hints included.
  var found: [InterfaceWitnesses]
  private let interfaces: [Interface]
  private let cache: (any AnalysisCache)?
  private let stored: [[UInt8]?]

  init(_ interfaces: [Interface], cache: (any AnalysisCache)?) {
    self.interfaces = interfaces
    self.cache = cache
    stored = interfaces.map { interface in
      cache.flatMap { $0.bytes(named: InterfaceWitnesses.name(for: interface)) }
    }
    hints = zip(interfaces, stored).map { interface, bytes in
      bytes.map { InterfaceWitnesses($0, for: interface) } ?? InterfaceWitnesses()
    }
    found = interfaces.map { _ in InterfaceWitnesses() }
  }

  /// Writes what was found, unless the cache has just that. Interfaces that look alike share an entry.
  func store() {
    guard let cache else { return }
    var entries: [String: (interface: Int, witnesses: InterfaceWitnesses)] = [:]
    for (index, interface) in interfaces.enumerated() {
      let name = InterfaceWitnesses.name(for: interface)
      entries[name, default: (index, InterfaceWitnesses())].witnesses.points += found[index].points
      entries[name]?.witnesses.scores += found[index].scores
    }
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
      guard let bytes = entry.witnesses.serialized(for: interfaces[entry.interface]),
        bytes != stored[entry.interface]
      else { continue }
      cache.store(bytes, named: name)
    }
  }
}
