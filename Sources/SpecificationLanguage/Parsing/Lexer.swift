import Diagnostics

/// Cuts a text into tokens that cover every byte. Never fails: what starts no token becomes
/// `invalid` and is reported.
struct Lexer {
  private let source: SourceFile
  private let bytes: [UInt8]
  private var position = 0
  private var tokens: [Token] = []

  private init(_ source: SourceFile) {
    self.source = source
    bytes = source.utf8
  }

  static func tokenize(_ source: SourceFile, reportingTo diagnostics: inout DiagnosticSet) -> [Token] {
    var lexer = Lexer(source)
    lexer.run(&diagnostics)
    return lexer.tokens
  }

  private mutating func run(_ diagnostics: inout DiagnosticSet) {
    while true {
      let triviaStart = position
      let brokeLine = skipTrivia()
      let trivia = triviaStart..<position
      let start = position
      guard position < bytes.count else {
        tokens.append(Token(kind: .endOfFile, trivia: trivia, bytes: start..<start))
        return
      }
      let kind = nextKind(isAfterNumber: !brokeLine && tokens.last?.kind == .number)
      let token = Token(kind: kind, trivia: trivia, bytes: start..<position)
      if let problem = problem(of: token) { diagnostics.report(problem) }
      tokens.append(token)
    }
  }

  /// Skips blanks and comments; returns whether a line ended.
  private mutating func skipTrivia() -> Bool {
    var brokeLine = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
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

  private func peek(_ distance: Int) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  private mutating func nextKind(isAfterNumber: Bool) -> Token.Kind {
    let byte = bytes[position]
    if Self.isDigit(byte) { return number() }
    if Self.startsName(byte) {
      let start = position
      skipName()
      let keyword = Keyword(rawValue: String(decoding: bytes[start..<position], as: UTF8.self))
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
    for length in [2, 1] where position + length <= bytes.count {
      let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
      if let symbol = Symbol(rawValue: text) {
        position += length
        return .symbol(symbol)
      }
    }
    // One invalid token a run of such bytes, so that binary junk is one diagnostic, not thousands.
    repeat { position += 1 } while position < bytes.count && Self.startsNoToken(bytes[position])
    return .invalid
  }

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
        guard let next = peek(1), Self.startsName(next) else { return }
        position += 1
        skipName()
      } else {
        return
      }
    }
  }

  private mutating func string() -> Token.Kind {
    position += 1
    while let byte = peek(0), byte != UInt8(ascii: "\n") {
      position += 1
      if byte == UInt8(ascii: "\"") { return .string }
    }
    return .string
  }

  private func problem(of token: Token) -> Diagnostic? {
    let range = SourceRange(file: source, bytes: token.bytes)
    switch token.kind {
    case .invalid:
      return .invalidCharacter(range)
    case .string where token.bytes.count < 2 || bytes[token.bytes.upperBound - 1] != UInt8(ascii: "\""):
      return .unterminatedString(range)
    case .number where token.bytes.count > 400:
      return .malformedNumber(range)
    case .name, .keyword, .number, .version, .unit, .string, .symbol, .endOfFile:
      return nil
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func startsName(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
  }

  private static func startsNoToken(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
  }
}
