import SpecificationLanguage

/// What the analysis of one network depends on: the domain, and the properties enforced on it. Members
/// of a family mostly share their problem, which is then analysed once.
package struct GuardProblem: Sendable {
  struct Identity: Hashable {
    let interface: Int
    let properties: [Int]
  }

  let identity: Identity
  package let interface: Interface
  package let guards: [Guard]

  /// A problem that stands for no network: its properties are named by their positions in `guards`.
  package init(interface: Interface, guards: [Guard]) {
    identity = Identity(interface: 0, properties: Array(guards.indices))
    self.interface = interface
    self.guards = guards
  }

  /// - Parameter properties: all of the specification's; the instance's indices point into them.
  init(_ instance: NetworkInstance, interfaces: [Interface], properties: [Property]) {
    identity = Identity(interface: instance.interface, properties: instance.properties)
    interface = interfaces[instance.interface]
    guards = SafetyLayers.guards(of: instance, properties: properties)
  }
}

/// The guards of a network's program: bit `i` of its activation sets is `instance.properties[i]`. An
/// overrider that is not enforced on this network overrides nothing here, so that no region is left
/// with neither property.
package func guards(of instance: NetworkInstance, properties: [Property]) -> [Guard] {
  instance.properties.map { index in
    let property = properties[index]
    let overriders = property.overriders.compactMap { instance.properties.firstIndex(of: $0) }
    return Guard(property: property, overriders: overriders)
  }
}
