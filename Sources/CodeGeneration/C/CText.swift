// Trusted: no text of a specification or model can end a comment and become code.

/// Text of specifications and models on its way into a C comment or string: printable, on one line and
/// unable to end the comment.
enum CText {
  /// Replaces control and format characters (which can make source read differently from what it is)
  /// by their code points, and separates character pairs that mean something to a C compiler.
  static func sanitized(_ text: String) -> String {
    var result = ""
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if isPair(last, scalar) { result.unicodeScalars.append(" ") }
      if isPlain(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        result += "<U+" + String(scalar.value, radix: 16, uppercase: true) + ">"
      }
      last = scalar
    }
    return result
  }

  /// The ends and beginnings of comments, and the beginning of a trigraph.
  private static func isPair(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
    (a == "*" && b == "/") || (a == "/" && b == "*") || (a == "/" && b == "/") || (a == "?" && b == "?")
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7F && scalar != "\\" }
    let properties = scalar.properties
    return properties.isAlphabetic || properties.numericType != nil || isSymbol(properties.generalCategory)
  }

  private static func isSymbol(_ category: Unicode.GeneralCategory) -> Bool {
    category == .mathSymbol || category == .currencySymbol || category == .otherSymbol
      || category == .otherPunctuation || category == .dashPunctuation
  }
}
