import Diagnostics

/// Cuts a text into tokens that cover every byte. Never fails: what starts no token becomes
/// `invalid` and is reported.
struct Lexer {
  static let nameLimit = 100
  static let numberLimit = 400
  static let stringLimit = 1_000

  private let source: SourceFile
  private let bytes: [UInt8]
  /// Whether bytes that are no UTF-8 were reported already.
  private let isValidUTF8: Bool
  private var position = 0
  private var tokens: [Token] = []
  private var diagnostics = DiagnosticSet()

  private init(_ source: SourceFile, isValidUTF8: Bool) {
    self.source = source
    self.isValidUTF8 = isValidUTF8
    bytes = source.utf8
  }

  static func tokenize(
    _ source: SourceFile, isValidUTF8: Bool = true, reportingTo diagnostics: inout DiagnosticSet
  ) -> [Token] {
    var lexer = Lexer(source, isValidUTF8: isValidUTF8)
    lexer.run()
    diagnostics.report(contentsOf: lexer.diagnostics)
    return lexer.tokens
  }

  private mutating func run() {
    while true {
      let triviaStart = position
      if position == 0, bytes.starts(with: Self.byteOrderMark) { position = Self.byteOrderMark.count }
      let brokeLine = skipTrivia()
      let trivia = triviaStart..<position
      let start = position
      guard position < bytes.count else {
        tokens.append(Token(kind: .endOfFile, trivia: trivia, bytes: start..<start))
        return
      }
      let kind = nextKind(isAfterNumber: !brokeLine && tokens.last?.kind == .number)
      let token = Token(kind: kind, trivia: trivia, bytes: start..<position)
      if let problem = problem(of: token) { report(problem) }
      tokens.append(token)
    }
  }

  private mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.diagnostics.count < Parser.diagnosticLimit { diagnostics.report(diagnostic) }
  }

  /// Skips blanks and comments; returns whether a line ended.
  private mutating func skipTrivia() -> Bool {
    var brokeLine = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        skipToLineEnd(orQuote: false)
      } else if byte == UInt8(ascii: "\n") {
        brokeLine = true
        position += 1
      } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") {
        position += 1
      } else {
        break
      }
    }
    return brokeLine
  }

  /// To the end of a comment, or of a string's line or behind its closing quote; returns whether the
  /// quote was there. Characters that can make a text look other than it is are reported: the first one.
  @discardableResult private mutating func skipToLineEnd(orQuote: Bool) -> Bool {
    var hidden: Range<Int>?
    var isClosed = false
    while let byte = peek(0), byte != UInt8(ascii: "\n"), !isClosed {
      let length = hiddenLength()
      if length > 0, hidden == nil { hidden = position..<position + length }
      position += 1
      isClosed = orQuote && byte == UInt8(ascii: "\"")
    }
    if let hidden { report(.hiddenCharacter(SourceRange(file: source, bytes: hidden))) }
    return isClosed
  }

  /// The length of the control character, line separator or change of writing direction at the cursor; 0
  /// for anything else. Editors show some of them as a line's end that is none: what follows would look
  /// enforced, yet be part of a comment (Boucher and Anderson, "Trojan Source", 2021).
  private func hiddenLength() -> Int {
    let byte = bytes[position]
    if byte == UInt8(ascii: "\r") { return peek(1) == UInt8(ascii: "\n") ? 0 : 1 }
    if byte < 0x20 || byte == 0x7F { return byte == UInt8(ascii: "\t") ? 0 : 1 }
    guard byte == 0xE2, let second = peek(1), let third = peek(2) else { return 0 }
    let isHidden =
      second == 0x80 ? (0xA8...0xAE).contains(third) : second == 0x81 && (0xA6...0xA9).contains(third)
    return isHidden ? 3 : 0
  }

  private func peek(_ distance: Int) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  private mutating func nextKind(isAfterNumber: Bool) -> Token.Kind {
    let byte = bytes[position]
    if Self.isDigit(byte) { return number() }
    if Self.startsName(byte) {
      let start = position
      skipName()
      let keyword = keyword(in: start..<position)
      // `min` behind a number is the minute: no expression has the keyword there.
      if isAfterNumber, keyword == nil || keyword == .min {
        skipUnitTail()
        return .unit
      }
      return keyword.map { .keyword($0) } ?? .name
    }
    if byte == UInt8(ascii: "%"), isAfterNumber {
      position += 1
      skipUnitTail()
      return .unit
    }
    if byte == UInt8(ascii: "\"") { return string() }
    if let symbol = symbol() {
      position += symbol.rawValue.utf8.count
      return .symbol(symbol)
    }
    // One invalid token a run of such bytes, so that binary junk is one diagnostic, not thousands.
    repeat { position += 1 } while position < bytes.count && !Self.canStartToken(bytes[position])
    return .invalid
  }

  private func keyword(in range: Range<Int>) -> Keyword? {
    guard range.count <= Self.longestKeyword else { return nil }
    return Self.keywords[String(decoding: bytes[range], as: UTF8.self)]
  }

  private func symbol() -> Symbol? {
    let first = Int(bytes[position]) << 8
    if let second = peek(1), let symbol = Self.symbols[first | Int(second)] { return symbol }
    return Self.symbols[first]
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let keywords = Dictionary(uniqueKeysWithValues: Keyword.allCases.map { ($0.rawValue, $0) })
  private static let longestKeyword = Keyword.allCases.map(\.rawValue.utf8.count).max() ?? 0
  /// By first byte times 256 plus the second, 0 for none.
  private static let symbols = Dictionary(
    uniqueKeysWithValues: Symbol.allCases.map { symbol in
      let bytes = Array(symbol.rawValue.utf8) + [0]
      return (Int(bytes[0]) << 8 | Int(bytes[1]), symbol)
    })
  private static let symbolStarts = Set(Symbol.allCases.compactMap(\.rawValue.utf8.first))

  private mutating func number() -> Token.Kind {
    skipDigits()
    guard peek(0) == UInt8(ascii: "."), let next = peek(1), Self.isDigit(next) else {
      skipExponent()
      return .number
    }
    position += 1
    skipDigits()
    if peek(0) == UInt8(ascii: "."), let next = peek(1), Self.isDigit(next) {
      position += 1
      skipDigits()
      return .version
    }
    skipExponent()
    return .number
  }

  private mutating func skipDigits() {
    while let byte = peek(0), Self.isDigit(byte) { position += 1 }
  }

  /// `e5`, `E-5`: only if digits follow, for `2eV` is two electronvolts.
  private mutating func skipExponent() {
    guard let e = peek(0), e == UInt8(ascii: "e") || e == UInt8(ascii: "E") else { return }
    let hasSign = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+")
    guard let digit = peek(hasSign ? 2 : 1), Self.isDigit(digit) else { return }
    position += hasSign ? 2 : 1
    skipDigits()
  }

  private mutating func skipName() {
    while let byte = peek(0), Self.startsName(byte) || Self.isDigit(byte) { position += 1 }
  }

  /// `^2`, `/s`, `*m^-2`, without blanks.
  private mutating func skipUnitTail() {
    while let byte = peek(0) {
      if byte == UInt8(ascii: "^") {
        let hasSign = peek(1) == UInt8(ascii: "-")
        guard let digit = peek(hasSign ? 2 : 1), Self.isDigit(digit) else { return }
        position += hasSign ? 2 : 1
        skipDigits()
      } else if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "*") {
        guard let next = peek(1), Self.startsName(next) || next == UInt8(ascii: "%") else { return }
        position += 1
        if next == UInt8(ascii: "%") { position += 1 } else { skipName() }
      } else {
        return
      }
    }
  }

  private mutating func string() -> Token.Kind {
    position += 1
    skipToLineEnd(orQuote: true)
    return .string
  }

  private func problem(of token: Token) -> Diagnostic? {
    let range = SourceRange(file: source, bytes: token.bytes)
    switch token.kind {
    case .invalid:
      return !isValidUTF8 && range.text.contains("\u{FFFD}") ? nil : .invalidCharacter(range)
    case .string where !source.isClosedString(token):
      return .unterminatedString(range)
    case .string where token.bytes.count > Self.stringLimit:
      return .tooLong("a string", limit: Self.stringLimit, range)
    case .name where token.bytes.count > Self.nameLimit:
      return .tooLong("a name", limit: Self.nameLimit, range)
    case .unit where token.bytes.count > Self.nameLimit:
      return .tooLong("a unit", limit: Self.nameLimit, range)
    case .number where token.bytes.count > Self.numberLimit:
      return .malformedNumber(range)
    case .name, .keyword, .number, .version, .unit, .string, .symbol, .endOfFile:
      return nil
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  static func startsName(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
  }

  private static func canStartToken(_ byte: UInt8) -> Bool {
    isDigit(byte) || startsName(byte) || symbolStarts.contains(byte) || " \t\r\n\"".utf8.contains(byte)
  }
}

extension SourceFile {
  /// Whether a string ends with its quote, not with its line.
  func isClosedString(_ token: Token) -> Bool {
    token.bytes.count >= 2 && utf8[token.bytes.upperBound - 1] == UInt8(ascii: "\"")
  }
}
