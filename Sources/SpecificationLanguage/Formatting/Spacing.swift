/// Blanks between tokens of one line: one, or none in the cases listed here.
struct Spacing {
  let outline: Outline

  /// - Requires: `index` is not the first token.
  func isTight(before index: Int) -> Bool {
    let previous = index - 1
    if let bracket = outline.opened(previous), isRound(bracket) { return true }
    if let bracket = outline.closed(index), isRound(bracket) { return true }
    if isUnaryMinus(previous) { return true }
    if outline.places[index].isInUnit, outline.places[previous].isInUnit { return true }
    if isTightRange(previous) || isTightRange(index) { return true }
    switch outline.symbol(index) {
    case .comma, .leftBracket: return true
    case .colon: return !isColumn(index)
    // A call's arguments.
    case .leftParenthesis: return outline.kind(previous) == .name
    default: return false
    }
  }

  /// Parentheses and square brackets hug their contents, braces do not.
  private func isRound(_ bracket: Outline.Bracket) -> Bool {
    bracket.kind == .parentheses || bracket.kind == .index
  }

  /// `rho : ft`, `network N : Car`; but `prev: 1..5`, `{ rho: 1 ft }` and `some g in { a }: post`.
  private func isColumn(_ index: Int) -> Bool {
    switch outline.bracketKind(outline.places[index].bracket) {
    case nil, .inputs, .members: true
    case .interface, .outputs, .property, .list, .parentheses, .index: false
    }
  }

  /// `N[1..5, *]`, `for i in { 0..9 }`, `top 1..3`: whole numbers; ranges of quantities have blanks.
  private func isTightRange(_ index: Int) -> Bool {
    guard outline.symbol(index) == .range, index > 1 else { return false }
    if outline.keyword(index - 2) == .top { return true }
    switch outline.bracketKind(outline.places[index].bracket) {
    case .index: return true
    case .list:
      return outline.kind(index - 1) == .number && outline.kind(index + 1) == .number
        && outline.kind(index + 2) != .unit
    case nil, .interface, .inputs, .outputs, .members, .property, .parentheses: return false
    }
  }

  /// Whether the token is a minus sign with nothing to subtract from.
  func isUnaryMinus(_ index: Int) -> Bool {
    guard outline.symbol(index) == .minus else { return false }
    guard index > 0 else { return true }
    switch outline.kind(index - 1) {
    case .name, .number, .version, .unit, .string: return false
    case .keyword(let word): return ![.min, .max, .true, .false].contains(word)
    case .symbol(let symbol): return ![.rightParenthesis, .rightBracket, .rightBrace].contains(symbol)
    case .invalid, .endOfFile: return true
    }
  }
}
