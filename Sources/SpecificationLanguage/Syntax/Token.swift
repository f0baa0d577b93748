/// A word of the language with the blanks and comments before it. The tokens of a text, `endOfFile`
/// included, cover every byte of it, so joining them gives the text back.
public struct Token: Sendable {
  public enum Kind: Sendable, Equatable {
    case name
    case keyword(Keyword)
    /// Digits with an optional fraction and exponent.
    case number
    /// Three numbers with two points, as in `2.0.0`.
    case version
    /// A unit written without blanks behind a number on the same line, as in `3 ft/s^2`.
    case unit
    /// In double quotes.
    case string
    case symbol(Symbol)
    /// Bytes that start no token.
    case invalid
    case endOfFile
  }

  public let kind: Kind
  /// Bytes of blanks and comments before the token.
  public let trivia: Range<Int>
  public let bytes: Range<Int>
}

/// The reserved words: none of them can be a name.
public enum Keyword: String, Sendable, CaseIterable {
  case ordain, spec, param, unit, `let`, interface, inputs, outputs, group, choose, lowest, highest
  case ties, prefer, abstain, when, conflict, network, networks, from, check, header, normalize
  case enforce, verify, monitor, robust, lipschitz, expect, `import`, on, except, overrides, `for`
  case then, and, or, not, `in`, min, max, raw, choice, `true`, `false`
  case one, of, never, every, some, other, above, top, inside, `is`, maximal, minimal
}

public enum Symbol: String, Sendable, CaseIterable {
  case leftBrace = "{"
  case rightBrace = "}"
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case comma = ","
  case colon = ":"
  case range = ".."
  case assign = "="
  case equal = "=="
  case notEqual = "!="
  case lessOrEqual = "<="
  case less = "<"
  case greaterOrEqual = ">="
  case greater = ">"
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case power = "^"
  case percent = "%"
}
