import Diagnostics
import ExactArithmetic

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
    return SpecSyntax(source: source, tokens: [unread], header: nil, declarations: [])
  }
  if let offset = firstInvalidUTF8(source.utf8) {
    diagnostics.report(.invalidEncoding(SourceRange(file: source, bytes: offset..<offset + 1)))
  }
  let tokens = Lexer.tokenize(source, reportingTo: &diagnostics)
  var parser = Parser(source: source, tokens: tokens)
  let (header, declarations) = parser.specification()
  diagnostics.report(contentsOf: parser.diagnostics)
  return SpecSyntax(source: source, tokens: tokens, header: header, declarations: declarations)
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

/// Thrown, after reporting, to the nearest point from which parsing can go on.
struct Recovery: Error {}

/// The state of a parse: a cursor over the tokens, and what was reported.
struct Parser {
  static let sizeLimit = 4 << 20
  /// Recursion is bounded, so that hostile nesting cannot exhaust the stack.
  static let nestingLimit = 100

  let source: SourceFile
  let tokens: [Token]
  private(set) var index = 0
  private(set) var diagnostics = DiagnosticSet()
  private var nesting = 0

  init(source: SourceFile, tokens: [Token]) {
    self.source = source
    // Invalid bytes were reported by the lexer; the parser looks past them.
    self.tokens = tokens.filter { $0.kind != .invalid }
  }

  // MARK: Cursor

  var current: Token { tokens[index] }
  var kind: Token.Kind { tokens[index].kind }

  func kind(ahead distance: Int) -> Token.Kind {
    tokens[min(index + distance, tokens.count - 1)].kind
  }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  mutating func rewind(to index: Int) {
    self.index = index
  }

  func text(_ token: Token) -> String { source.text(in: token.bytes) }
  func range(_ token: Token) -> SourceRange { SourceRange(file: source, bytes: token.bytes) }

  /// From the token at `start` to the last one that was consumed.
  func range(from start: Int) -> SourceRange {
    let lower = tokens[start].bytes.lowerBound
    let upper = index > start ? tokens[index - 1].bytes.upperBound : tokens[start].bytes.upperBound
    return SourceRange(file: source, bytes: lower..<max(lower, upper))
  }

  // MARK: Consuming

  func at(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }
  func at(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }

  mutating func take(_ keyword: Keyword) -> Bool {
    guard at(keyword) else { return false }
    advance()
    return true
  }

  mutating func take(_ symbol: Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ keyword: Keyword) throws(Recovery) {
    if !take(keyword) {
      var cure = ""
      if kind == .name, suggestion(for: text(current), among: [keyword.rawValue]) != nil {
        cure = "did you mean `\(keyword.rawValue)`?"
      }
      throw fail(expected: "`\(keyword.rawValue)`", cure: cure)
    }
  }

  mutating func expect(_ symbol: Symbol, cure: String = "") throws(Recovery) {
    if !take(symbol) { throw fail(expected: "`\(symbol.rawValue)`", cure: cure) }
  }

  /// A name that is declared or used; `what` says of what, as in "an output's name".
  mutating func name(_ what: String) throws(Recovery) -> NameSyntax {
    switch kind {
    case .name:
      let token = current
      advance()
      return NameSyntax(text: text(token), range: range(token))
    case .keyword(let keyword):
      report(.reservedWord(keyword.rawValue, for: what, range(current)))
      throw Recovery()
    case .number, .version, .unit, .string, .symbol, .invalid, .endOfFile:
      throw fail(expected: what)
    }
  }

  mutating func number(_ what: String = "a number") throws(Recovery) -> NumberSyntax {
    guard kind == .number else { throw fail(expected: what) }
    let token = current
    advance()
    guard let value = Rational(decimal: text(token)) else {
      // An over-long literal was reported by the lexer, an over-large exponent was not.
      if token.bytes.count <= 400 { report(.malformedNumber(range(token))) }
      throw Recovery()
    }
    return NumberSyntax(value: value, range: range(token))
  }

  mutating func string(_ what: String) throws(Recovery) -> (text: String, range: SourceRange) {
    guard kind == .string else { throw fail(expected: what) }
    let token = current
    advance()
    let quoted = text(token)
    let isClosed = quoted.utf8.count >= 2 && quoted.hasSuffix("\"")
    return (String(quoted.dropFirst().dropLast(isClosed ? 1 : 0)), range(token))
  }

  /// One or more of what `element` parses, with commas between.
  mutating func commaSeparated<T>(
    _ element: (inout Parser) throws(Recovery) -> T
  ) throws(Recovery) -> [T] {
    var elements = [try element(&self)]
    while take(.comma) { elements.append(try element(&self)) }
    return elements
  }

  /// - Throws: `Recovery` where expressions are nested too deep.
  mutating func nested<T>(_ body: (inout Parser) throws(Recovery) -> T) throws(Recovery) -> T {
    nesting += 1
    defer { nesting -= 1 }
    if nesting > Self.nestingLimit {
      report(.nestingTooDeep(limit: Self.nestingLimit, range(current)))
      throw Recovery()
    }
    return try body(&self)
  }

  // MARK: Reporting

  mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.report(diagnostic)
  }

  mutating func fail(expected what: String, cure: String = "") -> Recovery {
    var cure = cure
    if cure.isEmpty, index > 0, tokens[index - 1].kind == .unit {
      cure = "`\(text(tokens[index - 1]))` stands behind a number and was read as its unit; start a new line"
    }
    let found = kind == .endOfFile ? "the end of the text" : "`\(text(current))`"
    report(.expected(what, found: found, range(current), cure: cure))
    return Recovery()
  }
}
