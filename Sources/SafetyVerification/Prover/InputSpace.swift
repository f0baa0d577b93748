// Trusted: a float input that is called a violation is one.
import ExactArithmetic
import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// What a program's inputs are to the network.
enum InputSpace: Sendable {
  /// They are the network's own, rounded to floats, as files of the field have them.
  case network
  /// Physical inputs, which the program normalises in floats.
  case physical(PhysicalSpace)

  /// Float inputs of the program near a point of the network's input space, in the question's box; nil if there are none.
  func floats(near point: [Double], in question: RegionQuestion) -> [Float]? {
    switch self {
    case .network:
      var result: [Float] = []
      for (index, value) in point.enumerated() {
        guard let first = question.lower[index].floatNotBelow, let last = question.upper[index].floatNotAbove,
          first <= last
        else { return nil }
        result.append(min(max(Float(value), first), last))
      }
      return result
    case .physical(let space): return space.floats(near: point)
    }
  }

  /// What the program hands to the network.
  func networkInputs(_ floats: [Float]) -> [Float] {
    switch self {
    case .network: floats
    case .physical(let space): zip(space.normalizations, floats).map { $0($1) }
    }
  }

  /// What the real network takes for the same inputs.
  func exactNetworkInputs(_ floats: [Float]) -> [Rational] {
    switch self {
    case .network: floats.map { Rational($0) }
    case .physical(let space):
      zip(space.interface.inputs, floats).map {
        (Rational($1) - $0.normalization.center) * $0.normalization.scale
      }
    }
  }

  /// Whether the property speaks of these inputs.
  func isActive(_ floats: [Float]) -> Bool {
    switch self {
    case .network: true
    case .physical(let space): space.isActive(floats)
    }
  }

  /// Whether the program's scores violate the property.
  func violates(_ floats: [Float], _ scores: [Float], _ question: RegionQuestion) -> Bool {
    switch self {
    case .network:
      let point = (floats + scores).map { Rational($0) }
      return question.conjunctions.indices.contains { question.rows($0).allSatisfy { $0.holds(at: point) } }
    case .physical(let space): return space.isViolated(floats, scores.map { Rational($0) })
    }
  }
}

/// The inputs of a specification's interface, and what a property says of them.
struct PhysicalSpace: Sendable {
  let interface: Interface
  let normalizations: [FloatNormalization]
  /// Whether the property is active, whatever the network's own choice is.
  let isActive: @Sendable ([Float]) -> Bool
  /// Whether the property is active, and these scores of the network violate it.
  let isViolated: @Sendable ([Float], [Rational]) -> Bool

  /// The nearest floats of the domains.
  func floats(near point: [Double]) -> [Float] {
    zip(interface.inputs, point).map { input, value in
      let map = input.normalization
      let scale = map.scale.nearestDouble ?? 1
      let physical = value / scale + (map.center.nearestDouble ?? 0)
      return min(max(Float(physical), input.lowest), input.highest)
    }
  }
}
