import ExactArithmetic
import SafetyLayers
import SpecificationLanguage

extension PhysicalSpace {
  /// Of an enforced property on a network.
  init(of property: Property, on instance: NetworkInstance, in spec: CheckedSpec) {
    let interface = spec.interfaces[property.interface]
    let overriders = property.overriders.filter(instance.properties.contains).map {
      spec.properties[$0].condition
    }
    self.init(interface, GuardTruth(property.condition, overriders, interface)) { scores in
      property.post.holds(of: scores, better: interface.better)
    }
  }

  /// Of a `verify` or `monitor` property, which nothing overrides.
  init(of property: RawProperty, in spec: CheckedSpec) {
    let interface = spec.interfaces[property.interface]
    self.init(interface, GuardTruth(property.condition, [], interface)) { scores in
      property.requirement.holds(of: scores, better: interface.better)
    }
  }

  private init(
    _ interface: Interface, _ guardTruth: GuardTruth, _ holds: @escaping @Sendable ([Rational]) -> Bool
  ) {
    self.init(
      interface: interface, normalizations: interface.inputs.map { FloatNormalization($0.normalization) },
      isActive: { guardTruth.isActive($0, choices: nil) },
      isViolated: { input, scores in guardTruth.isActive(input, choices: scores) && !holds(scores) })
  }
}

/// Whether a property is active, by the meaning of programs (``SafetyProgram``).
private struct GuardTruth: Sendable {
  let condition: Condition
  let overriders: [Condition]
  let interface: Interface

  init(_ condition: Condition, _ overriders: [Condition], _ interface: Interface) {
    self.condition = condition
    self.overriders = overriders
    self.interface = interface
  }

  /// - Parameter choices: the network's scores; nil if any of its outputs may be its choice.
  func isActive(_ input: [Float], choices scores: [Rational]?) -> Bool {
    let choices = scores.map { [interface.choice(by: $0)] } ?? Array(interface.outputs.indices)
    return choices.contains { choice in
      condition.holds(of: input, rawChoice: choice)
        && !overriders.contains { $0.holds(of: input, rawChoice: choice) }
    }
  }
}
