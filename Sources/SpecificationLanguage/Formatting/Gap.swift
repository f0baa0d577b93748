import Diagnostics

/// The blanks and comments before a token, as the formatter sees them.
struct Gap {
  struct Comment {
    /// From `//` on, without blanks at the end.
    let text: String
    /// Whether nothing stands before it on its line.
    let isOwnLine: Bool
    let followsBlankLine: Bool
  }

  let comments: [Comment]
  /// Whether a line ends before the token.
  let breaksLine: Bool
  /// Whether an empty line stands directly before the token's line.
  let hasBlankLine: Bool

  init(_ token: Token, in source: SourceFile) {
    var comments: [Comment] = []
    // At the text's beginning a comment has its own line.
    var lineEnds = token.trivia.lowerBound == 0 ? 1 : 0
    var breaksLine = false
    var position = token.trivia.lowerBound
    while position < token.trivia.upperBound {
      let byte = source.utf8[position]
      if byte == UInt8(ascii: "/") {
        let end = source.utf8[position..<token.trivia.upperBound].firstIndex(of: UInt8(ascii: "\n"))
        var last = end ?? token.trivia.upperBound
        while " \t\r".utf8.contains(source.utf8[last - 1]) { last -= 1 }
        comments.append(
          Comment(
            text: source.text(in: position..<last), isOwnLine: lineEnds > 0, followsBlankLine: lineEnds > 1))
        lineEnds = 0
        position = end ?? token.trivia.upperBound
        continue
      }
      if byte == UInt8(ascii: "\n") {
        lineEnds += 1
        breaksLine = true
      }
      position += 1
    }
    self.comments = comments
    self.breaksLine = breaksLine
    hasBlankLine = lineEnds > 1
  }
}
