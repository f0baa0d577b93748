import Diagnostics
import SpecificationLanguage

/// Conditions as alternatives of conjunctions.
struct ConditionCases {
  /// More than any verifier splits a query into.
  static let limit = 4096

  let interface: Interface
  /// The property, for the message where there are too many.
  let name: String
  let range: SourceRange

  /// The alternatives of `condition` where none of `exceptions` holds, each one possible by its own bounds;
  /// their union holds of all that satisfies the condition, and otherwise only of points on its boundary.
  ///
  /// - Throws: that there are more than ``limit``.
  func of(_ condition: Condition, unless exceptions: [Condition]) throws(DiagnosticSet) -> [ConditionCase] {
    var result = try cases(condition, isNegated: false)
    for exception in exceptions { result = try product(result, try cases(exception, isNegated: true)) }
    return result
  }

  private func cases(_ condition: Condition, isNegated: Bool) throws(DiagnosticSet) -> [ConditionCase] {
    switch condition {
    case .constant(let value):
      return value != isNegated ? [ConditionCase()] : []
    case .atom(let atom, let provenance):
      let closed = ConditionCase(atom, threshold: provenance.threshold, isNegated: isNegated)
      return ConditionCase().and(closed, in: interface).map { [$0] } ?? []
    case .all(let parts):
      return try isNegated ? union(parts, isNegated: true) : intersection(parts, isNegated: false)
    case .any(let parts):
      return try isNegated ? intersection(parts, isNegated: true) : union(parts, isNegated: false)
    }
  }

  private func union(_ parts: [Condition], isNegated: Bool) throws(DiagnosticSet) -> [ConditionCase] {
    var result: [ConditionCase] = []
    for part in parts { result = try distinct(result + cases(part, isNegated: isNegated)) }
    return result
  }

  private func intersection(_ parts: [Condition], isNegated: Bool) throws(DiagnosticSet) -> [ConditionCase] {
    var result = [ConditionCase()]
    for part in parts { result = try product(result, try cases(part, isNegated: isNegated)) }
    return result
  }

  private func product(_ a: [ConditionCase], _ b: [ConditionCase]) throws(DiagnosticSet) -> [ConditionCase] {
    var result: [ConditionCase] = []
    for left in a {
      result += b.compactMap { left.and($0, in: interface) }
      if result.count > Self.limit { result = try distinct(result) }
    }
    return try distinct(result)
  }

  /// Without repetitions, in order.
  private func distinct(_ cases: [ConditionCase]) throws(DiagnosticSet) -> [ConditionCase] {
    var seen: Set<ConditionCase> = []
    let result = cases.filter { seen.insert($0).inserted }
    guard result.count <= Self.limit else {
      throw DiagnosticSet([.exportTooLarge(name, "the condition", Self.limit, range)])
    }
    return result
  }
}
