/// A line of formatted text: tokens with a comment behind them, or a comment alone.
struct TextLine {
  var followsBlankLine: Bool
  var indentation: Int
  /// Empty for a comment alone.
  var tokens: Range<Int>
  var comment: String?
  /// Blanks in the place of the usual ones before a token, and before the comment (by the range's end).
  var padding: [Int: Int] = [:]

  static let width = 110

  func text(_ outline: Outline) -> String {
    let spacing = Spacing(outline: outline)
    var text = (followsBlankLine ? "\n" : "") + String(repeating: " ", count: indentation)
    for index in tokens {
      if index > tokens.lowerBound {
        text += String(repeating: " ", count: padding[index] ?? (spacing.isTight(before: index) ? 0 : 1))
      }
      text += outline.texts[index]
    }
    if let comment {
      if !tokens.isEmpty { text += String(repeating: " ", count: padding[tokens.upperBound] ?? 2) }
      text += comment
    }
    return text
  }
}
