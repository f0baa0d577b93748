import Diagnostics

/// What keeps a property from being exported.
extension Diagnostic {
  static func exportTooLarge(_ property: String, _ what: String, _ limit: Int, _ range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(
      .exportTooLarge, "\(what) of `\(property)` has more than \(limit) alternatives in VNN-LIB",
      at: .source(range),
      cure: "split the property, or name fewer outputs in `top` and `maximal`")
  }

  static func nothingToExport(_ property: String, _ reason: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .nothingToExport, "nothing violates `\(property)`: \(reason)", at: .source(range),
      cure: "run `ordain check`, which says why")
  }
}
