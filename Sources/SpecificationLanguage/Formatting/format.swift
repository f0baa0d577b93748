import Diagnostics

/// The canonical text of a specification: the same tokens and comments, laid out by the rules of ``TextLines``,
/// ``Spacing`` and ``ColumnAlignment``. Formatting a canonical text changes nothing.
///
/// - Requires: `parse` reported no error about `syntax`.
/// - Throws: that the text cannot be formatted, which is a mistake of ours: then the original is to be kept.
public func format(_ syntax: SpecSyntax) throws(DiagnosticSet) -> [UInt8] {
  let outline = Outline(syntax)
  let lines = ColumnAlignment(outline: outline).aligned(TextLines(outline).lines)
  let formatted = Array(lines.map { $0.text(outline) + "\n" }.joined().utf8)
  guard isFaithful(formatted, to: syntax) else { throw DiagnosticSet([.cannotFormat(syntax.source)]) }
  return formatted
}

/// Whether a text has the tokens of `syntax`, of the same kinds, and its comments, in the same order. Blanks at
/// the ends of comments do not count.
///
/// The formatter's guard: line ends decide whether a name behind a number is its unit, so a layout could
/// change the meaning.
package func isFaithful(_ formatted: [UInt8], to syntax: SpecSyntax) -> Bool {
  var diagnostics = DiagnosticSet()
  let source = SourceFile(name: syntax.source.name, utf8: formatted)
  let tokens = Lexer.tokenize(source, reportingTo: &diagnostics)
  guard !diagnostics.containsError, tokens.count == syntax.tokens.count else { return false }
  return zip(tokens, syntax.tokens).allSatisfy { new, old in
    new.kind == old.kind && formatted[new.bytes] == syntax.source.utf8[old.bytes]
      && Gap(new, in: source).comments.map(\.text) == Gap(old, in: syntax.source).comments.map(\.text)
  }
}

extension Diagnostic {
  fileprivate static func cannotFormat(_ source: SourceFile) -> Diagnostic {
    Diagnostic(
      .notFormatted, "`\(source.name)` cannot be formatted without changing its meaning",
      at: .file(name: source.name, place: nil),
      cure: "the file is as it was; this is a mistake of ordain, please report it")
  }
}
