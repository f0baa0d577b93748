import SpecificationLanguage

/// A `lipschitz` clause that was proved of a network over the real numbers.
public struct ProvedMargins: Sendable {
  public let clause: LipschitzClause
  /// Not below the Lipschitz constant of any difference of two scores, and not above the clause's bound.
  public let bound: Double

  package init(_ clause: LipschitzClause, bound: Double) {
    self.clause = clause
    self.bound = bound
  }

  /// As `L2 of physical to margins <= 2.5 per m (proved: 2.4142135623730954)`.
  public func text(_ interface: Interface) -> String {
    "\(clause.norm.rawValue) of \(clause.space.rawValue) to margins <= \(clause.boundText(interface)) (proved: \(bound))"
  }
}
