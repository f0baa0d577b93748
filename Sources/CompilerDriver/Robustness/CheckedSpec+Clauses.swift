import Diagnostics
import SpecificationLanguage

extension CheckedSpec {
  /// The `robust` clauses with these names, in order of declaration; all if there is no name.
  ///
  /// - Throws: a diagnostic for each name that there is none of.
  func robustnessClauses(named names: [String]) throws(DiagnosticSet) -> [RobustnessClause] {
    if names.isEmpty { return robustness }
    var diagnostics = DiagnosticSet()
    for name in names where !robustness.contains(where: { $0.name == name }) {
      diagnostics.report(.noSuchClause(name, of: self))
    }
    try diagnostics.throwOnError()
    return robustness.filter { names.contains($0.name) }
  }
}
