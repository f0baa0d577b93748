import ExactArithmetic
import SpecificationLanguage

/// Evaluates atoms at points of a domain.
struct PointEvaluator: Sendable {
  private let inputs: [InputScalar]
  private let bounds: Set<Atom>

  /// - Parameter atoms: all that will be evaluated.
  init(_ interface: Interface, atoms: some Sequence<Atom>) {
    inputs = interface.inputs
    bounds = Set(
      atoms.filter {
        switch $0 {
        case .atLeast, .atMost: true
        case .linear, .rawChoice: false
        }
      })
  }

  /// The truth of atoms at `point`; `nil` if it is not in the domain, or between two neighbouring floats that
  /// a bound tells apart: there both the bound and its negation would be false.
  func callAsFunction(_ point: ConflictExample.Point, rawChoice: Int) -> ((Atom) -> Bool)? {
    switch point {
    case .floats(let floats):
      let isInDomain =
        floats.count == inputs.count
        && zip(floats, inputs).allSatisfy { $0 >= $1.lowest && $0 <= $1.highest }
      return isInDomain ? { $0.isTrue(of: floats, rawChoice: rawChoice) } : nil
    case .rationals(let values):
      let isInDomain =
        values.count == inputs.count
        && zip(values, inputs).allSatisfy { $0 >= Rational($1.lowest) && $0 <= Rational($1.highest) }
      guard isInDomain, !bounds.contains(where: { $0.isBetweenFloats(values) }) else { return nil }
      return { $0.isTrue(of: values, rawChoice: rawChoice) }
    }
  }
}

extension Atom {
  /// Whether a bound and its negation agree.
  fileprivate func isBetweenFloats(_ values: [Rational]) -> Bool {
    let isTrue = isTrue(of: values, rawChoice: 0)
    switch negated {
    case .atom(let negation): return isTrue == negation.isTrue(of: values, rawChoice: 0)
    case .constant(let value): return isTrue == value
    }
  }
}
