import Diagnostics

extension SpecSyntax {
  /// The declaration of the name at `offset`, from its first word to its last token: `let a = ...`, `enforce ... }`.
  public func declaration(namedAt offset: Int) -> SourceRange? {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].bytes.lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, low < tokens.count, case .keyword = tokens[low - 1].kind else { return nil }
    var depth = 0
    var last = low
    for index in low..<tokens.count - 1 {
      let kind = tokens[index].kind
      if kind == .symbol(.leftBrace) { depth += 1 }
      if kind == .symbol(.rightBrace) { depth -= 1 }
      if depth < 0 || depth == 0 && index > low && startsDeclaration(at: index) { break }
      last = index
    }
    let bytes = tokens[low - 1].bytes.lowerBound..<tokens[last].bytes.upperBound
    return SourceRange(file: source, bytes: bytes)
  }

  private func startsDeclaration(at index: Int) -> Bool {
    if Parser.startsDeclaration(tokens[index].kind) { return true }
    guard tokens[index].kind == .name else { return false }
    var next = index + 1
    if tokens[next].kind == .symbol(.leftBracket) {
      while next < tokens.count - 1, tokens[next].kind != .symbol(.rightBracket) { next += 1 }
      next += 1
    }
    return next < tokens.count && tokens[next].kind == .keyword(.overrides)
  }
}
