// Trusted: a case holds wherever its conditions do.
import ExactArithmetic
import SpecificationLanguage

/// A conjunction of the elementary conditions of a property, closed: strict bounds have become non-strict ones,
/// so a case holds of a little more than its conditions do, never of less.
struct ConditionCase: Hashable {
  /// A closed interval in the input's unit; an end that is missing is the domain's.
  struct Bounds: Hashable {
    var lower: Rational?
    var upper: Rational?
  }

  private(set) var bounds: [Int: Bounds] = [:]
  /// Read as non-strict.
  private(set) var inequalities: [LinearInequality] = []
  /// The outputs that the network's own choice is among; `nil` if that does not matter.
  private(set) var choices: Set<Int>?

  /// No condition.
  init() {}

  /// The closure of an atom, or of its negation.
  init(_ atom: Atom, threshold: Rational?, isNegated: Bool) {
    switch atom {
    case .atLeast(let input, let bound):
      let value = threshold ?? Rational(bound)
      bounds[input] = isNegated ? Bounds(upper: value) : Bounds(lower: value)
    case .atMost(let input, let bound):
      let value = threshold ?? Rational(bound)
      bounds[input] = isNegated ? Bounds(lower: value) : Bounds(upper: value)
    case .linear(let inequality):
      inequalities = [isNegated ? inequality.negated : inequality]
    case .rawChoice(let outputs, let count):
      choices = isNegated ? Set(0..<count).subtracting(outputs) : Set(outputs)
    }
  }

  /// Both cases together; `nil` if they contradict each other or the domain.
  func and(_ other: ConditionCase, in interface: Interface) -> ConditionCase? {
    var result = self
    for (input, added) in other.bounds {
      var own = result.bounds[input] ?? Bounds()
      if let lower = added.lower { own.lower = own.lower.map { max($0, lower) } ?? lower }
      if let upper = added.upper { own.upper = own.upper.map { min($0, upper) } ?? upper }
      result.bounds[input] = own
      let (lower, upper) = result.interval(of: input, in: interface)
      if lower > upper { return nil }
    }
    for inequality in other.inequalities where !result.inequalities.contains(inequality) {
      result.inequalities.append(inequality)
    }
    if let added = other.choices {
      let common = result.choices?.intersection(added) ?? added
      if common.isEmpty { return nil }
      result.choices = common
    }
    return result
  }

  /// The interval of an input, cut with its domain; without a domain, with the finite binary32 numbers.
  func interval(of input: Int, in interface: Interface) -> (lower: Rational, upper: Rational) {
    let scalar = interface.inputs[input]
    let lower = scalar.domain?.lower ?? Rational(scalar.lowest)
    let upper = scalar.domain?.upper ?? Rational(scalar.highest)
    guard let own = bounds[input] else { return (lower, upper) }
    return (own.lower.map { max($0, lower) } ?? lower, own.upper.map { min($0, upper) } ?? upper)
  }
}
