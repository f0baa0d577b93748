import Diagnostics
import SpecificationLanguage

/// What a specification says about one network, as indices: networks with equal ones share all answers.
struct NetworkDemands: Hashable {
  let interface: Int
  let properties: [Int]
  let rawProperties: [Int]
  let robustness: [Int]
  let lipschitz: [Int]

  /// One for each network of the specification.
  static func all(of spec: CheckedSpec) -> [NetworkDemands] {
    var raw = [[Int]](repeating: [], count: spec.networks.count)
    var robust = raw
    var lipschitz = raw
    for (index, property) in spec.rawProperties.enumerated() {
      for network in property.networks { raw[network].append(index) }
    }
    for (index, clause) in spec.robustness.enumerated() {
      for network in clause.networks { robust[network].append(index) }
    }
    for (index, clause) in spec.lipschitz.enumerated() {
      for network in clause.networks { lipschitz[network].append(index) }
    }
    return spec.networks.indices.map { index in
      NetworkDemands(
        interface: spec.networks[index].interface, properties: spec.networks[index].properties,
        rawProperties: raw[index], robustness: robust[index], lipschitz: lipschitz[index])
    }
  }

  /// The properties of one role, in order of declaration.
  func properties(_ role: PropertyRole, of spec: CheckedSpec) -> [PropertyReference] {
    switch role {
    case .enforce:
      return properties.map { index in
        PropertyReference(
          role: role, index: index, overriders: spec.properties[index].overriders.filter(properties.contains))
      }
    case .verify, .monitor:
      return rawProperties.filter { spec.rawProperties[$0].role == role }.map {
        PropertyReference(role: role, index: $0, overriders: [])
      }
    }
  }
}

/// A property and what overrides it on some network.
struct PropertyReference: Hashable {
  let role: PropertyRole
  /// Into the specification's `properties`, or `rawProperties`.
  let index: Int
  let overriders: [Int]

  func name(in spec: CheckedSpec) -> String {
    role == .enforce ? spec.properties[index].name : spec.rawProperties[index].name
  }

  func range(in spec: CheckedSpec) -> SourceRange {
    role == .enforce ? spec.properties[index].range : spec.rawProperties[index].range
  }

  /// - Parameter convert: puts a condition in terms of the inputs that are compared.
  func demand(in spec: CheckedSpec, _ convert: (Condition) -> Condition) -> Demand {
    if role == .enforce {
      let property = spec.properties[index]
      return Demand(
        name: property.name, condition: convert(property.condition),
        overriders: overriders.map { convert(spec.properties[$0].condition) },
        requirement: .order(property.post), better: spec.interfaces[property.interface].better,
        range: property.range)
    }
    let property = spec.rawProperties[index]
    return Demand(
      name: property.name, condition: convert(property.condition), overriders: [],
      requirement: property.requirement, better: spec.interfaces[property.interface].better,
      range: property.range)
  }
}
