import ExactArithmetic
import SpecificationLanguage

/// Evaluates the guards of a problem at a point; shares no code with their encoding.
struct GuardEvaluator: Sendable {
  struct Truths: Sendable {
    /// For each guard whether its condition holds.
    let holds: [Bool]
    /// The guards whose condition holds and no overrider's, ascending.
    let active: [Int]
  }

  private let layer: SafetyLayer
  private let bounds: Set<Atom>

  init(_ problem: GuardProblem) {
    layer = SafetyLayer(
      interface: problem.interface, guards: problem.guards, table: RepairTable(rows: []))
    bounds = Set(problem.guards.flatMap { $0.property.condition.atoms }).filter {
      switch $0 {
      case .atLeast, .atMost: true
      case .linear, .rawChoice: false
      }
    }
  }

  /// `nil` if the point is not in the domain, or between two neighbouring floats that a bound tells apart:
  /// there both the bound and its negation would be false.
  func callAsFunction(_ witness: Witness) -> Truths? {
    guard layer.interface.outputs.indices.contains(witness.rawChoice) else { return nil }
    switch witness.point {
    case .floats(let floats):
      guard floats.count == layer.interface.inputs.count, layer.refusal(of: floats) == nil else {
        return nil
      }
      return truths { $0.isTrue(of: floats, rawChoice: witness.rawChoice) }
    case .rationals(let values):
      guard values.count == layer.interface.inputs.count, isInDomain(values) else { return nil }
      let isTrue = { (atom: Atom) in atom.isTrue(of: values, rawChoice: witness.rawChoice) }
      let isInGap = { (atom: Atom) in
        switch atom.negated {
        case .atom(let negation): isTrue(atom) == isTrue(negation)
        case .constant(let value): isTrue(atom) == value
        }
      }
      return bounds.contains(where: isInGap) ? nil : truths(where: isTrue)
    }
  }

  private func truths(where isTrue: (Atom) -> Bool) -> Truths {
    let holds = layer.holding(where: isTrue)
    return Truths(holds: holds, active: layer.active(holding: holds))
  }

  private func isInDomain(_ values: [Rational]) -> Bool {
    zip(values, layer.interface.inputs).allSatisfy {
      $0 >= Rational($1.lowest) && $0 <= Rational($1.highest)
    }
  }
}
