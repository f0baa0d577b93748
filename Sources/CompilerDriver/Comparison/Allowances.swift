import Diagnostics
import SafetyLayers
import SpecificationLanguage

/// The names given with `--allow-weaker`: each permits that a property, every member of a family, or a robustness or Lipschitz
/// clause becomes weaker.
struct Allowances {
  private let names: [String]
  /// Whether changes that are told by reading, but for clauses, are permitted: `--allow-interface-changes`.
  let permitsInterfaceChanges: Bool

  /// - Throws: a diagnostic for each name that neither specification knows.
  init(
    _ names: [String], interfaces: Bool, old: CheckedSpec, new: CheckedSpec
  ) throws(DiagnosticSet) {
    permitsInterfaceChanges = interfaces
    var known: [String] = []
    for spec in [old, new] {
      known +=
        spec.properties.map(\.name) + spec.rawProperties.map(\.name) + spec.robustness.map(\.name)
        + spec.lipschitz.map(\.name)
    }
    let families = known.compactMap { name in name.firstIndex(of: "[").map { String(name[..<$0]) } }
    let all = Set(known + families)
    var diagnostics = DiagnosticSet()
    self.names = names.map { $0.filter { !$0.isWhitespace } }
    for name in self.names where !all.contains(name) {
      diagnostics.report(.unknownAllowance(name, suggestion(for: name, among: all.sorted())))
    }
    try diagnostics.throwOnError()
  }

  func permit(_ property: String) -> Bool { names.contains { Self.covers($0, property) } }

  /// A warning for each name that permits nothing that is there: none of its properties is weaker on a network
  /// where the properties together are.
  func stale(in comparison: SpecComparison) -> DiagnosticSet {
    let lost = comparison.networks.flatMap(\.losses).map(\.property)
    let clauses = comparison.networks.flatMap(\.changes).filter(\.effect.isLoosened).compactMap(\.clause)
    let weaker = Set(lost + clauses)
    var diagnostics = DiagnosticSet()
    for (index, name) in names.enumerated() where !names[..<index].contains(name) {
      if !weaker.contains(where: { Self.covers(name, $0) }) { diagnostics.report(.staleAllowance(name)) }
    }
    return diagnostics
  }

  private static func covers(_ name: String, _ property: String) -> Bool {
    property == name || property.hasPrefix(name + "[")
  }
}
