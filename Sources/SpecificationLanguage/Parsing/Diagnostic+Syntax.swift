import Diagnostics

/// The messages of the parser.
extension Diagnostic {
  static func invalidCharacter(_ range: SourceRange) -> Diagnostic {
    let text = range.text
    let cure =
      writtenOtherwise[text].map { "write \($0)" }
      ?? "names are ASCII letters, digits and `_`; comments start with `//`"
    return Diagnostic(
      .invalidCharacter, "\(shown(text)) is not part of the language", at: .source(range), cure: cure)
  }

  static func hiddenCharacter(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .invalidCharacter, "\(shown(range.text)) is hidden in a comment or string", at: .source(range),
      cure: "remove it: it can make the text look other than it is")
  }

  /// Up to twelve characters in backticks; the number of the first one if it would not be seen.
  private static func shown(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return "``" }
    switch first.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .unassigned:
      let digits = String(first.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    default:
      return "`" + text.unicodeScalars.prefix(12).map(String.init).joined() + "`"
    }
  }

  /// What people write in other languages and in print.
  private static let writtenOtherwise: [String: String] = [
    "&": "`and`", "&&": "`and`", "|": "`or`", "||": "`or`", "!": "`not`", "\u{2264}": "`<=`",
    "\u{2265}": "`>=`", "\u{2260}": "`!=`", ";": "nothing there: line ends and `;` are not needed",
    "'": "strings in `\"`", "\u{201C}": "strings in `\"`", "\u{201D}": "strings in `\"`",
    ".": "digits on both sides of a point, and `..` for ranges", "\u{2026}": "`..`", "\u{2013}": "`-`",
    "\u{2212}": "`-`", "\u{2014}": "`-`", "\u{D7}": "`*`", "\u{B7}": "`*`", "\u{F7}": "`/`",
    "\u{B0}": "`deg`, `degC` or `degF`", "\u{B5}": "`u`, as in `um`", "\u{3BC}": "`u`, as in `um`",
    "\u{B2}": "`^2`", "\u{B3}": "`^3`", "#": "`//` before a comment", "\u{A0}": "a blank",
  ]

  static func invalidEncoding(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .invalidEncoding, "the text is not valid UTF-8", at: .source(range),
      cure: "save the specification as UTF-8")
  }

  static func specificationTooLarge(bytes: Int, limit: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .specificationTooLarge, "the specification has \(bytes) bytes, more than \(limit)",
      at: .source(range), cure: "split it, or generate fewer cases with `for` and families")
  }

  static func unterminatedString(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unterminatedString, "the string does not end on its line", at: .source(range),
      cure: "close it with `\"`")
  }

  static func tooLong(_ what: String, limit: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .nameTooLong, "\(what) has at most \(limit) bytes", at: .source(range), cure: "shorten it")
  }

  static func malformedNumber(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .malformedNumber, "the number is too long or its exponent too large", at: .source(range),
      cure: "use at most 400 digits and an exponent between -1000 and 1000")
  }

  static func expected(
    _ what: String, found token: String, _ range: SourceRange, cure: String = "", notes: [Note] = []
  ) -> Diagnostic {
    Diagnostic(
      .unexpectedToken, "expected \(what), found \(token)", at: .source(range), cure: cure, notes: notes)
  }

  static func misspelledKeyword(_ text: String, keyword: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .misspelledKeyword, "unknown word `\(text)`", at: .source(range), cure: "did you mean `\(keyword)`?")
  }

  static func reservedWord(_ text: String, for what: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .reservedWord, "`\(text)` is a word of the language and cannot be \(what)", at: .source(range),
      cure: "choose another name, such as `\(text)_`")
  }

  static func nestingTooDeep(limit: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .nestingTooDeep, "expressions are nested more than \(limit) deep", at: .source(range),
      cure: "name parts of it with `let`")
  }

  static func unsupportedEdition(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unsupportedEdition, "edition \(text) of the language is unknown to this compiler",
      at: .source(range), cure: "write `ordain 1`, or use a newer compiler")
  }

  static func repeatedClause(_ what: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .repeatedClause, "\(what) is given twice", at: .source(range), cure: "remove one of the two")
  }
}

extension Diagnostic {
  static func malformedExponent(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .malformedNumber, "a unit's exponent is a whole number between -16 and 16", at: .source(range),
      cure: "write it like `m/s^2` or `m^-3`")
  }
}
