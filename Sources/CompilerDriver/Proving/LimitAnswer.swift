import Diagnostics
import SpecificationLanguage

/// How far a bound of a property's condition can be moved on one network.
public struct LimitAnswer: Sendable {
  let network: String
  let modelHash: ContentHash
  let property: String
  let interface: Interface
  let bound: MovableBound
  /// The furthest place at which the property was proved; `nil` if it was proved nowhere.
  let holds: Float?
  /// The nearest place at which it is violated, and how.
  let violated: (place: Float, answer: ProofAnswer)?
  /// The nearest place that stayed undecided, where no violation is as near.
  let undecided: (place: Float, reason: String)?
  /// Whether ``undecided`` was not asked.
  let isOutOfTime: Bool
  let questions: Int
  let cpuSeconds: Double

  /// Whether the property is proved where the specification demands it.
  var holdsAsSpecified: Bool { holds.map { !bound.isOutside(bound.specified, of: $0) } ?? false }

  /// Whether the property is violated where the specification demands it.
  var isViolatedAsSpecified: Bool {
    violated.map { !bound.isOutside($0.place, of: bound.specified) } ?? false
  }
}

extension ExitStatus {
  /// A violation of the specification outweighs what is undecided.
  public init(_ answers: some Sequence<LimitAnswer>) {
    let all = Array(answers)
    if all.contains(where: \.isViolatedAsSpecified) {
      self = .findings
    } else {
      self = all.contains { $0.undecided != nil } ? .undecided : .clean
    }
  }
}
