import CompilerDriver
import Diagnostics
import SafetyLayers
import SpecificationLanguage

/// All that is known of one specification: an open document and what it imports.
struct Specification: Sendable {
  let tree: SpecTree
  let index: SymbolIndex
  /// `nil` where it has mistakes.
  let checked: CheckedSpec?
  /// The last one without mistakes: what units and domains are, while somebody types.
  let lastChecked: CheckedSpec?
  /// Of the parser and the checker.
  let diagnostics: DiagnosticSet
  /// What was analysed, and when: an older state's findings are not shown.
  let generation: Int
  var analysis: FinishedAnalysis?

  /// Parses and checks. Mistakes of the syntax do not keep the rest from being checked.
  ///
  /// - Parameter documents: open documents by file name, which come before the files on disk.
  init(_ document: Document, documents: [String: Document], generation: Int, previous: Specification?) {
    var diagnostics = DiagnosticSet()
    let source = SourceFile(name: document.file, utf8: document.utf8)
    let syntax = parse(source, reportingTo: &diagnostics)
    tree = SpecTree(root: syntax, reportingTo: &diagnostics) { (path) throws(DiagnosticSet) in
      if let open = documents[path] { return SourceFile(name: path, utf8: open.utf8) }
      return try readImport(path)
    }
    index = SymbolIndex(tree)
    var checked: CheckedSpec?
    do throws(DiagnosticSet) {
      checked = try check(tree, reportingTo: &diagnostics)
    } catch {
      diagnostics = error
    }
    self.checked = checked
    lastChecked = checked ?? previous?.lastChecked
    self.diagnostics = diagnostics
    self.generation = generation
  }

  /// The file's tree, if it is part of the specification.
  func syntax(of file: String) -> SpecSyntax? {
    if tree.root.source.name == file { return tree.root }
    return tree.imported.first { $0.syntax.source.name == file }?.syntax
  }

  /// The root's file and those of the imports.
  var sources: [SourceFile] { [tree.root.source] + tree.imported.map(\.syntax.source) }
}

private func readImport(_ path: String) throws(DiagnosticSet) -> SourceFile {
  guard path.hasPrefix("/") else {
    throw DiagnosticSet([
      Diagnostic(
        .unreadableFile, "`\(path)` cannot be found from a document without a folder", at: .none,
        cure: "save the document first")
    ])
  }
  return try readRegularFile(path, limit: FrontEnd.sizeLimit)
}
