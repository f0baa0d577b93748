import Diagnostics
import NetworkIR
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
  let regions = try questions(set)
  var result = Prover(
    network: network, questions: regions, space: .network, asksAboutFloats: false, options: options
  ).run()
  result.isVacuous = regions.isEmpty
  return result
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
  try prove(
    try unsafeSet(of: property, on: instance, in: spec), PhysicalSpace(of: property, on: instance, in: spec),
    network, options)
}

/// The same for a `verify` or `monitor` property.
public func prove(
  _ property: RawProperty, _ network: Network, in spec: CheckedSpec, _ options: ProverOptions
) throws(DiagnosticSet) -> ProverResult {
  try prove(
    try unsafeSet(of: property, in: spec), PhysicalSpace(of: property, in: spec), network, options)
}

private func prove(
  _ set: UnsafeSet, _ space: PhysicalSpace, _ network: Network, _ options: ProverOptions
) throws(DiagnosticSet) -> ProverResult {
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
