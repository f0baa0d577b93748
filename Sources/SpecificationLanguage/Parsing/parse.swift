import Diagnostics

/// Parses a specification. Never fails: every text has a lossless tree, and what is wrong with it is
/// reported. Edition 1 of the grammar stands in `Grammar.ebnf`; the parse functions are named after it.
///
/// Rule: nothing is dropped. The tokens cover the text; a declaration that could not be understood is
/// reported and skipped up to the next one, so one mistake does not hide the next.
public func parse(_ source: SourceFile, reportingTo diagnostics: inout DiagnosticSet) -> SpecSyntax {
  let everything = SourceRange(file: source, bytes: 0..<min(1, source.utf8.count))
  if source.utf8.count > Parser.sizeLimit {
    diagnostics.report(
      .specificationTooLarge(bytes: source.utf8.count, limit: Parser.sizeLimit, everything))
    let unread = Token(
      kind: .endOfFile, trivia: 0..<source.utf8.count, bytes: source.utf8.count..<source.utf8.count)
    return SpecSyntax(source: source, tokens: [unread], header: nil, declarations: [], brokenNames: [])
  }
  let invalid = firstInvalidUTF8(source.utf8)
  var lexical = DiagnosticSet()
  let tokens = Lexer.tokenize(source, isValidUTF8: invalid == nil, reportingTo: &lexical)
  var parser = Parser(source: source, tokens: tokens)
  let (header, declarations) = parser.specification()
  if let first = tokens.first, source.isForeign(tokens) {
    diagnostics.report(.notASpecification(SourceRange(file: source, bytes: first.bytes)))
  } else {
    if let invalid {
      diagnostics.report(.invalidEncoding(SourceRange(file: source, bytes: invalid..<invalid + 1)))
    }
    lexical.report(contentsOf: parser.diagnostics)
    diagnostics.report(contentsOf: lexical.inOrderOfText)
  }
  return SpecSyntax(
    source: source, tokens: tokens, header: header, declarations: declarations,
    brokenNames: parser.brokenNames)
}

extension DiagnosticSet {
  /// By the place that they point to; those of one place stay in order.
  fileprivate var inOrderOfText: DiagnosticSet {
    let places = diagnostics.map { diagnostic in
      if case .source(let range) = diagnostic.location { range.bytes.lowerBound } else { 0 }
    }
    let order = diagnostics.indices.sorted { (places[$0], $0) < (places[$1], $1) }
    return DiagnosticSet(order.map { diagnostics[$0] })
  }
}

extension SourceFile {
  /// Whether the text is something else than a specification, such as a model, a table or JSON: it has no `ordain 1`,
  /// and does not begin with a word or has a byte that no text has. What more there is to say about it would say nothing.
  fileprivate func isForeign(_ tokens: [Token]) -> Bool {
    switch tokens.first?.kind {
    case .name, .keyword: if !utf8.contains(0) { return false }
    case .endOfFile, nil: return false
    case .number, .version, .unit, .string, .symbol, .invalid: break
    }
    return !tokens.indices.dropLast().contains {
      tokens[$0].kind == .keyword(.ordain) && tokens[$0 + 1].kind == .number
    }
  }
}

/// The offset of the first byte that is not part of valid UTF-8.
private func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  var offset = 0
  while true {
    switch decoder.decode(&iterator) {
    case .scalarValue(let scalar): offset += UTF8.width(scalar)
    case .emptyInput: return nil
    case .error: return min(offset, bytes.count - 1)
    }
  }
}
