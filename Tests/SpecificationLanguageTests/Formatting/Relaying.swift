import SpecificationLanguage
import TestSupport

/// The specification with other blanks, line ends and comments between the same tokens.
func relaid(_ syntax: SpecSyntax, using random: inout SplitMix64) -> [UInt8] {
  var text: [UInt8] = []
  for (index, token) in syntax.tokens.enumerated() {
    let previous = index > 0 ? syntax.tokens[index - 1].kind : nil
    let blanks: [String]
    if token.kind == .unit {
      blanks = ["", " ", "\t "]
    } else if previous == .number, [.name, .keyword(.min), .symbol(.percent)].contains(token.kind) {
      blanks = ["\n", " // number\n  ", "\r\n\n"]
    } else if isBracket(token.kind) || previous.map(isBracket) ?? true {
      blanks = ["", "", " ", "  ", "\n", " // bracket\n"]
    } else {
      blanks = [
        " ", " ", " ", "   ", "\t", "\n", "\n\n\n", " //a\n", "\n  // \u{E9} { b  \n", "\n// c\n\n// d\n\n",
      ]
    }
    text += Array((blanks.randomElement(using: &random) ?? " ").utf8) + syntax.source.utf8[token.bytes]
  }
  return text
}

private func isBracket(_ kind: Token.Kind) -> Bool {
  if case .symbol(let symbol) = kind { "()[]{},".contains(symbol.rawValue) } else { false }
}

extension SpecSyntax {
  /// Two blanks more before every token and every line's end; comments and line ends stay.
  var withWiderBlanks: [UInt8] {
    tokens.flatMap { token -> [UInt8] in
      let trivia = source.utf8[token.trivia].split(separator: 10, omittingEmptySubsequences: false)
      return Array(trivia.joined(separator: Array("\t \n".utf8))) + Array("  ".utf8)
        + source.utf8[token.bytes]
    }
  }
}
