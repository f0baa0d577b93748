import Diagnostics

/// The value of a parameter that is given from outside: `elderly=80 yr`.
public struct Definition: Sendable {
  let name: NameSyntax
  let value: ExpressionSyntax
  /// `name=value`, with single blanks and without comments.
  public let text: String

  /// - Throws: what is wrong with the text's syntax.
  public init(_ text: String) throws(DiagnosticSet) {
    let source = SourceFile(name: "-D", text: text)
    var diagnostics = DiagnosticSet()
    let tokens = Lexer.tokenize(source, reportingTo: &diagnostics)
    var parser = Parser(source: source, tokens: tokens)
    var parsed: (NameSyntax, ExpressionSyntax)?
    do throws(Recovery) {
      parsed = try parser.definition()
    } catch {
      // Reported by the parser.
    }
    diagnostics.report(contentsOf: parser.diagnostics)
    guard let parsed, diagnostics.diagnostics.isEmpty else { throw diagnostics }
    (name, value) = parsed
    let words = tokens.dropLast().map { source.text(in: $0.bytes) }
    self.text = words.prefix(2).joined() + words.dropFirst(2).joined(separator: " ")
  }
}

extension Parser {
  /// `NAME "=" sum`, then the end.
  fileprivate mutating func definition() throws(Recovery) -> (NameSyntax, ExpressionSyntax) {
    let name = try name("a parameter's name")
    try expect(.assign, cure: "write `-D name=value`, as in `-D 'elderly=80 yr'`")
    let value = try sum()
    if kind != .endOfFile { throw fail(expected: "the end") }
    return (name, value)
  }
}

extension Checker {
  /// Each definition is of a parameter, and the only one of it.
  mutating func checkDefinitions() {
    for definition in tree.definitions {
      if params[definition.name.text] == nil {
        reportUnknown(definition.name, "parameter", among: params.keys.sorted())
      } else if let first = definitions[definition.name.text] {
        report(.duplicateName(definition.name, first: first.name.range))
      } else {
        definitions[definition.name.text] = definition
      }
    }
  }
}
