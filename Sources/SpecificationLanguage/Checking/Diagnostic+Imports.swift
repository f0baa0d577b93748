import Diagnostics

/// The messages about imports.
extension Diagnostic {
  static func importNotRelative(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unreadableImport, "an import is a path relative to the importing file", at: .source(range),
      cure: "write it without a `/` at the beginning")
  }

  static func cyclicImport(_ path: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .cyclicImport, "`\(path)` imports itself in the end", at: .source(range),
      cure: "move what both files need into a third one")
  }

  static func tooManyImports(_ limit: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unreadableImport, "more than \(limit) files are imported, or imports are nested too deep",
      at: .source(range), cure: "merge some of them")
  }

  static func unreadableImport(_ statement: ImportSyntax, _ reason: Diagnostic) -> Diagnostic {
    Diagnostic(
      .unreadableImport, "the import cannot be read: \(reason.problem)", at: .source(statement.range),
      cure: reason.cure)
  }
}
