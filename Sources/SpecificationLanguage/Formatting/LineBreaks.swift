/// Where lines end, as a table over the tokens: must, may, or was so in the text.
struct LineBreaks {
  /// How good a place for a line's end is: the fewer brackets around it, then the looser the construction.
  struct Rank: Comparable {
    let depth: Int
    let looseness: Int

    static func < (a: Self, b: Self) -> Bool { (a.depth, a.looseness) < (b.depth, b.looseness) }
  }

  let outline: Outline

  /// Whether a line must end before the token. `isOpen` says of a property's braces whether their contents
  /// stand on lines of their own.
  func isRequired(before index: Int, isOpen: (Outline.Bracket) -> Bool) -> Bool {
    if !outline.gaps[index].comments.isEmpty || wouldBecomeUnit(index) { return true }
    if outline.startsStatement(index) {
      guard let bracket = outline.places[index].bracket else { return true }
      return isOpen(outline.brackets[bracket])
    }
    guard let bracket = outline.closed(index) else { return false }
    return bracket.kind.isBlock ? isOpen(bracket) : isExploded(bracket)
  }

  /// Whether the line ends there in the text, or where it means the same: behind an `and`, before a comma.
  func isWanted(before index: Int) -> Bool {
    guard rank(before: index) != nil else { return false }
    if outline.gaps[index].breaksLine { return true }
    if outline.symbol(index - 1) == .comma { return breaksWithoutComment(index - 1) }
    return isOperator(index) && breaksWithoutComment(index + 1)
  }

  /// `nil` where a line must not end.
  func rank(before index: Int) -> Rank? {
    let place = outline.places[index]
    if outline.bracketKind(place.bracket) == .index || isInInput(index) { return nil }
    func rank(_ looseness: Int) -> Rank { Rank(depth: place.depth, looseness: looseness) }
    if isClause(index) || outline.symbol(index - 1) == .comma { return rank(0) }
    if let list = outline.opened(index - 1), list.kind == .list {
      return isExploded(list) ? rank(0) : nil
    }
    switch outline.kind(index) {
    case .keyword(.or), .keyword(.above): return rank(1)
    case .keyword(.and): return rank(2)
    case .symbol(.plus): return rank(3)
    case .symbol(.minus): return Spacing(outline: outline).isUnaryMinus(index) ? nil : rank(3)
    // Only where nothing else fits.
    default: return outline.symbol(index - 1) == .assign ? Rank(depth: .max, looseness: 0) : nil
    }
  }

  /// An input is a row of a table, however long.
  private func isInInput(_ index: Int) -> Bool {
    outline.bracketKind(outline.statements[outline.places[index].statement].bracket) == .inputs
  }

  /// Whether a list's braces stand at lines' ends: they did in the text.
  private func isExploded(_ list: Outline.Bracket) -> Bool {
    list.kind == .list && !isInInput(list.opening) && outline.gaps[list.opening + 1].breaksLine
  }

  /// A part of a declaration that may begin a line.
  private func isClause(_ index: Int) -> Bool {
    if startsConsequence(index) { return true }
    switch outline.keyword(index) {
    case .from, .on, .except, .overrides, .inside: return true
    case .abstain: return outline.bracketKind(outline.places[index].bracket) == .property
    default:
      // Behind the point of an expectation.
      let statement = outline.statements[outline.places[index].statement]
      return outline.keyword(statement.first) == .expect && outline.closed(index - 1)?.kind == .list
    }
  }

  /// `then`, and the `keep` of robustness clauses: at the same indentation as what they follow from.
  func startsConsequence(_ index: Int) -> Bool {
    if outline.keyword(index) == .then { return true }
    return outline.kind(index) == .name && outline.texts[index] == "keep" && index > 1
      && outline.keyword(index - 2) == .of
  }

  private func isOperator(_ index: Int) -> Bool {
    switch outline.kind(index) {
    case .keyword(.or), .keyword(.and), .keyword(.above), .symbol(.plus), .symbol(.minus): true
    default: false
    }
  }

  private func breaksWithoutComment(_ index: Int) -> Bool {
    outline.gaps[index].breaksLine && outline.gaps[index].comments.isEmpty
  }

  /// Whether the token would be the unit of the number before it if it stood on the same line.
  private func wouldBecomeUnit(_ index: Int) -> Bool {
    guard outline.kind(index - 1) == .number else { return false }
    switch outline.kind(index) {
    case .name, .keyword(.min), .symbol(.percent): return true
    case .keyword, .number, .version, .unit, .string, .symbol, .invalid, .endOfFile: return false
    }
  }
}
