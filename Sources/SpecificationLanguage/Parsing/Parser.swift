import Diagnostics
import ExactArithmetic

/// Thrown, after reporting, to the nearest point from which parsing can go on.
struct Recovery: Error {}

/// The state of a parse: a cursor over the tokens, and what was reported.
struct Parser {
  static let sizeLimit = 4 << 20
  /// Recursion is bounded, so that hostile nesting cannot exhaust the stack.
  static let nestingLimit = 100

  /// Beyond so many errors, further ones say little.
  static let diagnosticLimit = 200

  let source: SourceFile
  let tokens: [Token]
  private(set) var index = 0
  private(set) var diagnostics = DiagnosticSet()
  /// Names whose declarations could not be understood; their uses are no further mistakes.
  private(set) var brokenNames: Set<String> = []
  /// The `{` that are open at the cursor, outermost first: indices of tokens.
  private(set) var openBraces: [Int] = []
  /// Tokens behind something that the lexer reported: not understanding them is no further mistake.
  private let suspects: Set<Int>
  /// Reserved words that were declared as names, which was reported.
  private var misusedKeywords: Set<Keyword> = []
  private var nesting = 0
  /// Whether the rest of the text was left unread.
  private var isGivenUp = false

  init(source: SourceFile, tokens: [Token]) {
    self.source = source
    // Invalid bytes were reported by the lexer; the parser looks past them.
    var kept: [Token] = []
    var suspects: Set<Int> = []
    var isSuspect = false
    kept.reserveCapacity(tokens.count)
    for token in tokens {
      if isSuspect { suspects.insert(kept.count) }
      isSuspect = token.kind == .invalid || token.kind == .string && !source.isClosedString(token)
      if token.kind != .invalid { kept.append(token) }
    }
    self.tokens = kept
    self.suspects = suspects
  }

  // MARK: Cursor

  var current: Token { tokens[index] }
  var kind: Token.Kind { tokens[index].kind }

  func kind(ahead distance: Int) -> Token.Kind {
    tokens[min(index + distance, tokens.count - 1)].kind
  }

  mutating func advance() {
    if at(.leftBrace) { openBraces.append(index) }
    if at(.rightBrace) { _ = openBraces.popLast() }
    if index < tokens.count - 1 { index += 1 }
  }

  /// Takes the braces beyond `count` for closed: what was in them could not be understood.
  mutating func closeBraces(beyond count: Int) {
    openBraces.removeLast(max(0, openBraces.count - count))
  }

  /// - Requires: no brace stands between `index` and the cursor.

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

  mutating func expect(_ keyword: Keyword, cure: String = "") throws(Recovery) {
    if !take(keyword) { throw fail(expected: "`\(keyword.rawValue)`", cure: cure) }
  }

  mutating func expect(_ symbol: Symbol, cure: String = "") throws(Recovery) {
    if !take(symbol) {
      throw fail(expected: "`\(symbol.rawValue)`", cure: cure, mayBeWord: cure.isEmpty)
    }
  }

  /// Whether the cursor is at a name that reads `word`: a word with a meaning here that is free elsewhere.
  func at(word: String) -> Bool { kind == .name && text(current) == word }

  mutating func take(word: String) -> Bool {
    guard at(word: word) else { return false }
    advance()
    return true
  }

  mutating func expect(word: String, cure: String = "") throws(Recovery) {
    if !take(word: word) { throw fail(expected: "`\(word)`", cure: cure) }
  }

  /// A name that is used; `what` says of what, as in "an output's name".
  mutating func name(_ what: String) throws(Recovery) -> NameSyntax {
    guard kind == .name else { throw fail(expected: what) }
    return takeName()
  }

  /// A name that is declared. A reserved word is reported and taken for one, if what follows fits.
  mutating func newName(_ what: String) throws(Recovery) -> NameSyntax {
    guard case .keyword(let keyword) = kind else { return try name(what) }
    report(.reservedWord(keyword.rawValue, for: what, range(current)))
    misusedKeywords.insert(keyword)
    switch kind(ahead: 1) {
    case .keyword(.group), .keyword(.choose), .keyword(.ties), .keyword(.abstain), .symbol(.assign),
      .symbol(.colon), .symbol(.comma), .symbol(.leftParenthesis),
      .symbol(.leftBracket), .symbol(.leftBrace), .symbol(.rightBrace):
      return takeName()
    case .name, .keyword, .number, .version, .unit, .string, .symbol, .invalid, .endOfFile:
      throw Recovery()
    }
  }

  private mutating func takeName() -> NameSyntax {
    let range = range(current)
    advance()
    // An over-long name was reported by the lexer; only its beginning is kept.
    let end = min(range.bytes.upperBound, range.bytes.lowerBound + Lexer.nameLimit)
    return NameSyntax(text: source.text(in: range.bytes.lowerBound..<end), range: range)
  }

  mutating func number(_ what: String = "a number") throws(Recovery) -> NumberSyntax {
    guard kind == .number else { throw fail(expected: what) }
    let token = current
    advance()
    // An over-long literal was reported by the lexer; what it is does not matter.
    guard token.bytes.count <= Lexer.numberLimit else {
      return NumberSyntax(value: .one, range: range(token))
    }
    guard let value = Rational(decimal: text(token)) else {
      report(.malformedNumber(range(token)))
      throw Recovery()
    }
    return NumberSyntax(value: value, range: range(token))
  }

  mutating func string(_ what: String) throws(Recovery) -> (text: String, range: SourceRange) {
    guard kind == .string else { throw fail(expected: what) }
    let token = current
    advance()
    let quoted = text(token)
    return (String(quoted.dropFirst().dropLast(source.isClosedString(token) ? 1 : 0)), range(token))
  }

  /// One or more of what `element` parses, with commas between.
  mutating func commaSeparated<T>(
    _ element: (inout Parser) throws(Recovery) -> T
  ) throws(Recovery) -> [T] {
    var elements = [try element(&self)]
    while take(.comma) { elements.append(try element(&self)) }
    return elements
  }

  /// - Throws: `Recovery` where expressions are nested too deep. Then the rest of the text is left unread:
  ///   to look for more in it would only find the depth again.
  mutating func nested<T>(_ body: (inout Parser) throws(Recovery) -> T) throws(Recovery) -> T {
    nesting += 1
    defer { nesting -= 1 }
    if nesting > Self.nestingLimit {
      report(.nestingTooDeep(limit: Self.nestingLimit, range(current)))
      for place in index..<tokens.count where Self.startsDeclaration(tokens[place].kind) {
        breakName(at: place)
      }
      index = tokens.count - 1
      isGivenUp = true
      throw Recovery()
    }
    return try body(&self)
  }

  // MARK: Reporting

  mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.diagnostics.count < Self.diagnosticLimit { diagnostics.report(diagnostic) }
  }

  /// Reports that something else was expected at the cursor; what the mistake is, if that can be seen.
  mutating func fail(expected what: String, cure: String = "", mayBeWord: Bool = true) -> Recovery {
    if isGivenUp || suspects.contains(index) || isAtMisusedKeyword { return Recovery() }
    if mayBeWord, reportMisspelledKeyword() { return Recovery() }
    let isEnd = kind == .endOfFile
    var notes: [Diagnostic.Note] = []
    if isEnd || what == "`}`", let brace = openBraces.last {
      notes.append(Diagnostic.Note("this `{` is open", at: .source(range(tokens[brace]))))
    }
    report(
      .expected(
        what, found: isEnd ? "the end of the text" : "`\(excerpt(current))`", range(current),
        cure: cure.isEmpty ? misreadUnit : cure, notes: notes))
    return Recovery()
  }

  /// Explains a name at or before the cursor that was read as the unit of the number before it.
  private var misreadUnit: String {
    for place in [index, index - 1] where place >= 0 && tokens[place].kind == .unit {
      let text = text(tokens[place])
      if UnitTable.units[text] != nil { continue }
      return "`\(excerpt(tokens[place]))` stands behind a number and was read as its unit; start a new line"
    }
    return ""
  }

  /// Whether the cursor is at or behind a reserved word that was declared as a name.
  private var isAtMisusedKeyword: Bool {
    tokens[max(0, index - 1)...index].contains { token in
      if case .keyword(let keyword) = token.kind { misusedKeywords.contains(keyword) } else { false }
    }
  }

  /// Reports the name or unit at the cursor if it looks like a reserved word. Behind a number a
  /// misspelled word is a unit, and the cursor stands behind it: `5 adn psi`.
  private mutating func reportMisspelledKeyword() -> Bool {
    let words = Keyword.allCases.map(\.rawValue).filter { $0.count > 2 }
    var candidates = [(current, words)]
    if index > 0, tokens[index - 1].kind == .unit {
      candidates.append((tokens[index - 1], ["and", "then", "normalize"]))
    }
    for (token, words) in candidates where token.kind == .name || token.kind == .unit {
      guard (3...Lexer.nameLimit).contains(token.bytes.count) else { continue }
      let text = text(token)
      guard token.kind == .name || UnitTable.units[text] == nil,
        let keyword = suggestion(for: text, among: words)
      else { continue }
      report(.misspelledKeyword(text, keyword: keyword, range(token)))
      breakName(text)
      return true
    }
    return false
  }

  /// The beginning of a token's text.
  private func excerpt(_ token: Token) -> String {
    let text = text(token)
    return text.count <= 40 ? text : text.prefix(40) + "..."
  }

  /// Remembers the name that the declaration at `start` would have declared.
  mutating func breakName(at start: Int) {
    let place = start + 1
    guard place < tokens.count, tokens[place].kind == .name else { return }
    brokenNames.insert(source.text(in: tokens[place].bytes))
  }

  mutating func breakName(_ name: String) { brokenNames.insert(name) }
}
