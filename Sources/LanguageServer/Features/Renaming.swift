import Diagnostics
import SpecificationLanguage

/// Changes a name everywhere, or says why not.
struct Renaming {
  let specification: Specification
  let occurrence: Occurrence
  let newName: String

  /// The places that get the new name.
  ///
  /// The renamed text is parsed and checked before anything is changed: every name has to mean afterwards what it
  /// means now, so a clash, a name that is hidden by another, or a word that has a meaning at its place is refused.
  func ranges() throws(ResponseError) -> [SourceRange] {
    try requireName()
    let related = specification.index.relatedOccurrences(of: occurrence.symbols)
    let renamed = renamedTree(related.map(\.range))
    let after = SymbolIndex(renamed)
    let old = specification.index
    if let taken = old.symbols.first(where: { $0.name.text == newName }), !isSame(old, after) {
      throw ResponseError(
        .requestFailed,
        "there is \(article(taken)) `\(newName)` already, and one would be taken for the other")
    }
    let count = specification.diagnostics.diagnostics.count { $0.severity == .error }
    if !isSame(old, after) || errors(of: renamed) > count {
      throw ResponseError(
        .requestFailed, "`\(newName)` cannot be used here: the specification would be wrong")
    }
    return related.map(\.range)
  }

  private func requireName() throws(ResponseError) {
    if Keyword(rawValue: newName) != nil {
      throw ResponseError(.requestFailed, "`\(newName)` is a word of the language and cannot be a name")
    }
    guard isName(newName) else {
      throw ResponseError(
        .requestFailed,
        "`\(newName)` is no name: names are ASCII letters, digits and `_`, do not begin with a digit and have at most "
          + "100 characters")
    }
  }

  private func article(_ symbol: DeclaredName) -> String {
    let kind = symbol.kind.description
    return ("aeiou".contains(kind.prefix(1)) ? "an " : "a ") + kind
  }

  /// Whether all names stand in the same order and mean the same.
  private func isSame(_ old: SymbolIndex, _ new: SymbolIndex) -> Bool {
    let before = old.occurrences
    let after = new.occurrences
    return before.count == after.count
      && zip(before, after).allSatisfy { $0.symbols == $1.symbols && $0.isDefinition == $1.isDefinition }
  }

  private func errors(of tree: SpecTree) -> Int {
    var diagnostics = DiagnosticSet()
    // For what the parser says; the tree is made already.
    _ = parse(tree.root.source, reportingTo: &diagnostics)
    for file in tree.imported { _ = parse(file.syntax.source, reportingTo: &diagnostics) }
    do throws(DiagnosticSet) {
      _ = try check(tree, reportingTo: &diagnostics)
      return 0
    } catch {
      return error.diagnostics.count { $0.severity == .error }
    }
  }

  private func renamedTree(_ ranges: [SourceRange]) -> SpecTree {
    var texts: [String: [UInt8]] = [:]
    for source in specification.sources {
      var text = source.utf8
      for range in ranges.reversed() where range.file.name == source.name {
        text.replaceSubrange(range.bytes, with: Array(newName.utf8))
      }
      texts[source.name] = text
    }
    var diagnostics = DiagnosticSet()
    func source(_ name: String) -> SourceFile { SourceFile(name: name, utf8: texts[name] ?? []) }
    let root = parse(source(specification.tree.root.source.name), reportingTo: &diagnostics)
    let known = texts
    return SpecTree(root: root, reportingTo: &diagnostics) { (path) throws(DiagnosticSet) in
      guard let text = known[path] else {
        throw DiagnosticSet([Diagnostic(.unreadableFile, "`\(path)` was not read", at: .none)])
      }
      return SourceFile(name: path, utf8: text)
    }
  }
}
