import CertifiedBounds
import SpecificationLanguage

/// A `robust` clause of a program: what it asks, and what decides it for an input.
public struct CertifiedClause: Sendable {
  public let clause: RobustnessClause
  public let head: StaticHead
  /// For each guard a condition that holds only of inputs around which the guard's holds everywhere: at every input in
  /// the domains within the clause's distance.
  public let surely: [Condition]
  /// For each guard a condition that holds of every input around which the guard's holds somewhere.
  public let possibly: [Condition]

  /// - Parameters:
  ///   - head: decides the clause for the network's own scores.
  ///   - guards: the program's.
  package init(_ clause: RobustnessClause, _ head: StaticHead, _ guards: [Guard], _ interface: Interface) {
    let ball = Ball(norm: clause.norm, space: clause.space, radius: clause.radius, inputs: interface.inputs)
    self.init(
      clause, head, surely: guards.map { $0.property.condition.everywhere(in: ball) },
      possibly: guards.map { $0.property.condition.somewhere(in: ball) })
  }

  package init(_ clause: RobustnessClause, _ head: StaticHead, surely: [Condition], possibly: [Condition]) {
    self.clause = clause
    self.head = head
    self.surely = surely
    self.possibly = possibly
  }
}

/// What a program certifies.
public struct Certification: Sendable {
  /// What certificates take of a row of the repair table, as it was composed: what is dropped later changes no result.
  public struct Row: Sendable {
    /// The outputs that stand first in some order that the row allows, ascending; none under a conflict.
    public let firsts: [Int]
    /// Whether the row asks for nothing.
    public let isFree: Bool

    package init(firsts: [Int], isFree: Bool) {
      self.firsts = firsts
      self.isFree = isFree
    }
  }

  /// In the order of their declaration.
  public let clauses: [CertifiedClause]
  /// One a row of the repair table; none without clauses.
  public let rows: [Row]

  public static let none = Certification([], rows: [])

  package init(_ clauses: [CertifiedClause], _ table: RepairTable) {
    self.init(
      clauses, rows: clauses.isEmpty ? [] : table.rows.map { Row(firsts: $0.firsts, isFree: $0.isFree) })
  }

  package init(_ clauses: [CertifiedClause], rows: [Row]) {
    self.clauses = clauses
    self.rows = rows
  }
}
