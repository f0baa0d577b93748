import SpecificationLanguage

/// A property with all that is asked of it; its condition may be another than the specification's.
enum AskedProperty {
  case enforced(Property)
  case raw(RawProperty)

  var name: String {
    switch self {
    case .enforced(let property): property.name
    case .raw(let property): property.name
    }
  }

  var title: String {
    switch self {
    case .enforced(let property): property.title
    case .raw(let property): property.title
    }
  }

  /// Index into `CheckedSpec.interfaces`.
  var interface: Int {
    switch self {
    case .enforced(let property): property.interface
    case .raw(let property): property.interface
    }
  }

  var condition: Condition {
    switch self {
    case .enforced(let property): property.condition
    case .raw(let property): property.condition
    }
  }

  /// The same demand under another condition.
  func with(_ condition: Condition) -> AskedProperty {
    switch self {
    case .enforced(let property):
      .enforced(
        Property(
          name: property.name, title: property.title, interface: property.interface, condition: condition,
          post: property.post, overriders: property.overriders, overrideRanges: property.overrideRanges,
          range: property.range))
    case .raw(let property):
      .raw(
        RawProperty(
          role: property.role, name: property.name, title: property.title, interface: property.interface,
          networks: property.networks, condition: condition, requirement: property.requirement,
          range: property.range))
    }
  }
}

extension NamedProperty {
  func asked(in spec: CheckedSpec) -> AskedProperty {
    switch self {
    case .enforced(let index): .enforced(spec.properties[index])
    case .raw(let index): .raw(spec.rawProperties[index])
    }
  }
}
