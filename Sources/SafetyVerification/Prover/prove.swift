import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyLayers
import SpecificationLanguage
import VNNLIB

/// Why a question can't be asked.
public enum ProverRefusal: Error, Sendable {
  /// A comparison of inputs with outputs.
  case mixedComparison
  case tooManyDisjuncts
  /// The input has no bounds.
  case unboundedInput(Int)
  /// The set is about other numbers of inputs or outputs than the network has.
  case otherNetwork
}

/// Whether the unsafe set of a VNN-LIB file holds no input of a network with its outputs. The verdict about reals is for
/// closed boxes, without tolerance; that about floats for the float inputs among them, taken as the network's inputs.
///
/// Decides the verdict about reals.
public func prove(
  _ set: UnsafeSet, of network: Network, _ options: ProverOptions
) throws(ProverRefusal) -> ProverResult {
  guard set.inputCount == network.inputCount, set.outputCount == network.outputCount else {
    throw .otherNetwork
  }
  return Prover(
    network: network, questions: try questions(set), space: .network, asksAboutFloats: false,
    options: options
  ).run()
}

/// Whether the emitted program of a network satisfies an enforced property before any repair: for all float inputs for
/// which it is active, the network's own scores satisfy its post.
///
/// Decides the verdict about floats.
///
/// - Throws: that there is nothing to violate, or that it takes too many alternatives to say (ORD-codes of exports).
public func prove(
  _ property: Property, on instance: NetworkInstance, _ network: Network, in spec: CheckedSpec,
  _ options: ProverOptions
) throws(DiagnosticSet) -> ProverResult {
  let set = try unsafeSet(of: property, on: instance, in: spec)
  let overriders = property.overriders.filter(instance.properties.contains).map {
    spec.properties[$0].condition
  }
  return try prove(
    set, spec.interfaces[property.interface], property.condition, overriders, network, options
  ) { scores, better in property.post.holds(of: scores, better: better) }
}

/// The same for a `verify` or `monitor` property.
public func prove(
  _ property: RawProperty, _ network: Network, in spec: CheckedSpec, _ options: ProverOptions
) throws(DiagnosticSet) -> ProverResult {
  let set = try unsafeSet(of: property, in: spec)
  return try prove(
    set, spec.interfaces[property.interface], property.condition, [], network, options
  ) { scores, better in
    property.requirement.holds(of: scores, better: better)
  }
}

private func prove(
  _ set: UnsafeSet, _ interface: Interface, _ condition: Condition, _ overriders: [Condition],
  _ network: Network, _ options: ProverOptions, _ holds: @escaping @Sendable ([Rational], Better) -> Bool
) throws(DiagnosticSet) -> ProverResult {
  let guardTruth = GuardTruth(condition, overriders, interface)
  let space = PhysicalSpace(
    interface: interface, normalizations: interface.inputs.map { FloatNormalization($0.normalization) },
    isActive: { guardTruth.isActive($0, choices: nil) },
    isViolated: { input, scores in
      guardTruth.isActive(input, choices: scores) && !holds(scores, interface.better)
    })
  let regions: [RegionQuestion]
  do throws(ProverRefusal) {
    regions = try questions(set)
  } catch {
    guard case .tooManyDisjuncts = error else {
      preconditionFailure("the set of a property is bounded by domains, and does not mix inputs with outputs")
    }
    let gap = Verdict.undecided(.tooManyRegions)
    return ProverResult(real: gap, float: gap, boxes: 0, resumedBoxes: 0, cpuSeconds: 0)
  }
  return Prover(
    network: network, questions: regions, space: .physical(space), asksAboutFloats: true, options: options
  ).run()
}

private func questions(_ set: UnsafeSet) throws(ProverRefusal) -> [RegionQuestion] {
  do throws(UnsearchableSet) {
    return try set.questions()
  } catch {
    switch error {
    case .mixedComparison: throw .mixedComparison
    case .tooManyDisjuncts: throw .tooManyDisjuncts
    case .unboundedInput(let input): throw .unboundedInput(input)
    }
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
