import ExactArithmetic
import SpecificationLanguage

/// A region of inputs in physical units, cut with their domains: a conjunction of bounds, inequalities and
/// disjunctions of regions.
struct InputRegion {
  struct End: Hashable {
    let value: Rational
    let isStrict: Bool
  }

  /// An end that is missing is the domain's, or none.
  struct Interval: Hashable {
    var lower: End?
    var upper: End?
  }

  /// `sum of coefficient * input <= bound`, or `<`, with inputs as numbers in their units.
  struct Inequality: Hashable {
    let terms: [LinearInequality.Term]
    let bound: Rational
    let isStrict: Bool
  }

  private(set) var intervals: [Int: Interval] = [:]
  private(set) var inequalities: [Inequality] = []
  /// One region of each list holds.
  private(set) var alternatives: [[InputRegion]] = []

  private init() {}

  /// The region in which all of `formulas`, which are about normalised inputs, hold; `nil` if their bounds leave
  /// nothing of the domain.
  init?(_ formulas: [Formula], in interface: Interface) {
    for formula in formulas { guard add(formula, interface) else { return nil } }
  }

  var isEverything: Bool { intervals.isEmpty && inequalities.isEmpty && alternatives.isEmpty }

  /// - Returns: whether anything is left.
  private mutating func add(_ formula: Formula, _ interface: Interface) -> Bool {
    switch formula {
    case .constant(let value): return value
    case .comparison(let comparison): return add(comparison, interface)
    case .all(let parts): return parts.allSatisfy { add($0, interface) }
    case .any(let parts):
      let regions = parts.compactMap { InputRegion([$0], in: interface) }
      if regions.count == 1 { return add(regions[0], interface) }
      if !regions.contains(where: \.isEverything) { alternatives.append(regions) }
      return !regions.isEmpty
    }
  }

  private mutating func add(_ region: InputRegion, _ interface: Interface) -> Bool {
    inequalities += region.inequalities
    alternatives += region.alternatives
    return region.intervals.allSatisfy { intersect($0.key, $0.value, interface) }
  }

  /// `sum of a * X + b <= 0`, where `X = (x - center) * scale`.
  private mutating func add(_ comparison: Comparison, _ interface: Interface) -> Bool {
    var bound = -comparison.constant
    var terms: [LinearInequality.Term] = []
    for term in comparison.terms {
      guard case .input(let index) = term.variable else {
        preconditionFailure("a region is about inputs")
      }
      let map = interface.inputs[index].normalization
      let coefficient = term.coefficient * map.scale
      bound = bound + coefficient * map.center
      terms.append(.init(input: index, coefficient: coefficient))
    }
    guard terms.count == 1 else {
      let inequality = Inequality(terms: terms, bound: bound, isStrict: comparison.isStrict)
      if !inequalities.contains(inequality) { inequalities.append(inequality) }
      return true
    }
    let end = End(value: bound / terms[0].coefficient, isStrict: comparison.isStrict)
    let isUpper = terms[0].coefficient.signum > 0
    return intersect(
      terms[0].input, isUpper ? Interval(upper: end) : Interval(lower: end), interface)
  }

  private mutating func intersect(_ input: Int, _ added: Interval, _ interface: Interface) -> Bool {
    var own = intervals[input] ?? Interval()
    let domain = interface.inputs[input].domain
    if let end = added.lower,
      domain.map({ end.value > $0.lower || end.value == $0.lower && end.isStrict }) ?? true
    {
      let isTighter = own.lower.map { end.value > $0.value || end.value == $0.value && end.isStrict } ?? true
      if isTighter { own.lower = end }
    }
    if let end = added.upper,
      domain.map({ end.value < $0.upper || end.value == $0.upper && end.isStrict }) ?? true
    {
      let isTighter = own.upper.map { end.value < $0.value || end.value == $0.value && end.isStrict } ?? true
      if isTighter { own.upper = end }
    }
    if own.lower != nil || own.upper != nil { intervals[input] = own }
    guard let lower = own.lower ?? domain.map({ End(value: $0.lower, isStrict: false) }),
      let upper = own.upper ?? domain.map({ End(value: $0.upper, isStrict: false) })
    else { return true }
    return lower.value < upper.value || lower.value == upper.value && !lower.isStrict && !upper.isStrict
  }
}
