// Trusted: the assertions hold of everything that violates the property.
import Diagnostics
import ExactArithmetic
import SpecificationLanguage

/// What violates a property on a network, over the network's own inputs and outputs.
///
/// - The property is active iff its condition holds and no overriding property's that is enforced on the
///   network, as in the emitted program.
/// - Inputs are normalised by the exact affine map over the reals and cut with their domains, since the emitted
///   program abstains outside. Each bound is rounded outwards to a decimal; the files of the field have such.
/// - Strict comparisons become non-strict, and a tie of scores violates: the set is closed, and holds of all that
///   violates the property.
///
/// - Throws: that there is nothing to violate, or that it takes too many alternatives to say.
public func unsafeSet(
  of property: Property, on network: NetworkInstance, in spec: CheckedSpec
) throws(DiagnosticSet) -> UnsafeSet {
  let interface = spec.interfaces[property.interface]
  let overriders = property.overriders.filter(network.properties.contains).map {
    spec.properties[$0].condition
  }
  let cases = try ConditionCases(interface: interface, name: property.name, range: property.range)
    .of(property.condition, unless: overriders)
  let violations = OutputViolations(interface: interface, name: property.name, range: property.range)
  return try unsafeSet(cases, try violations.of(property.post), violations)
}

/// The same for a `verify` or `monitor` property, which nothing overrides. Bounds of scores are rounded outwards too;
/// scores are the model's own.
public func unsafeSet(
  of property: RawProperty, in spec: CheckedSpec
) throws(DiagnosticSet) -> UnsafeSet {
  let interface = spec.interfaces[property.interface]
  let cases = try ConditionCases(interface: interface, name: property.name, range: property.range)
    .of(property.condition, unless: [])
  let violations = OutputViolations(interface: interface, name: property.name, range: property.range)
  return try unsafeSet(cases, try violations.of(property.requirement), violations)
}

/// The product of where a property is active and what violates its post.
func unsafeSet(
  _ cases: [ConditionCase], _ outputs: [[Comparison]], _ violations: OutputViolations
) throws(DiagnosticSet) -> UnsafeSet {
  let interface = violations.interface
  func nothing(_ reason: String) -> DiagnosticSet {
    DiagnosticSet([.nothingToExport(violations.name, reason, violations.range)])
  }
  if cases.isEmpty { throw nothing("its condition never holds") }
  if outputs.isEmpty { throw nothing("it demands nothing") }

  func violating(where choices: Set<Int>?) throws(DiagnosticSet) -> [[Comparison]] {
    guard let choices, choices.count < interface.outputs.count else { return outputs }
    return try violations.product(violations.rawChoice(among: choices), outputs)
  }
  var assertions: [Formula] = []
  if Set(cases.map(\.choices)).count == 1 {
    assertions += formulas(distinct(cases.map { networkInputs($0, interface) }))
    assertions += formulas(try violating(where: cases[0].choices))
  } else {
    var alternatives: [[Comparison]] = []
    for item in cases {
      let inputs = networkInputs(item, interface)
      alternatives += try violating(where: item.choices).map { inputs + $0 }
      guard alternatives.count <= OutputViolations.limit else {
        throw DiagnosticSet([
          .exportTooLarge(violations.name, "what violates", OutputViolations.limit, violations.range)
        ])
      }
    }
    assertions += formulas(distinct(alternatives))
  }
  return UnsafeSet(
    inputCount: interface.inputs.count, outputCount: interface.outputs.count, assertions: assertions)
}

/// One alternative as assertions of its own, several as one disjunction.
private func formulas(_ alternatives: [[Comparison]]) -> [Formula] {
  if alternatives.count == 1 { return alternatives[0].map { .comparison($0) } }
  return [.any(alternatives.map { .all($0.map { .comparison($0) }) })]
}

private func distinct(_ alternatives: [[Comparison]]) -> [[Comparison]] {
  var seen: Set<[Comparison]> = []
  return alternatives.filter { seen.insert($0).inserted }
}

/// The box of a case over all inputs, upper bounds first, and its inequalities.
private func networkInputs(_ item: ConditionCase, _ interface: Interface) -> [Comparison] {
  var result: [Comparison] = []
  for (index, input) in interface.inputs.enumerated() {
    let (lower, upper) = item.interval(of: index, in: interface)
    let map = input.normalization
    let ends = [lower, upper].map { ($0 - map.center) * map.scale }
    let (low, high) = map.scale.signum > 0 ? (ends[0], ends[1]) : (ends[1], ends[0])
    result.append(.atMost(.input(index), DecimalText.outwards(high, isUp: true)))
    result.append(.atLeast(.input(index), DecimalText.outwards(low, isUp: false)))
  }
  return result + item.inequalities.map { networkInequality($0, interface) }
}

/// `sum of a * x >= b` is `sum of a / s * X >= b - sum of a * c`, where `X = (x - c) * s`: exact. Where a number
/// is no finite decimal all are multiplied until they are integers.
private func networkInequality(_ inequality: LinearInequality, _ interface: Interface) -> Comparison {
  var coefficients: [Variable: Rational] = [:]
  var constant = inequality.bound
  for term in inequality.terms {
    let map = interface.inputs[term.input].normalization
    coefficients[.input(term.input)] = -term.coefficient / map.scale
    constant = constant - term.coefficient * map.center
  }
  let numbers = coefficients.values + [constant]
  let isDecimal = numbers.allSatisfy { DecimalText.exact($0) != nil }
  let factor = isDecimal ? Rational.one : Rational.commonDenominator(of: numbers)
  return Comparison(coefficients.mapValues { $0 * factor }, constant: constant * factor)
}
