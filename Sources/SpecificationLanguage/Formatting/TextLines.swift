/// Cuts a specification into lines. The rules:
///
/// - A declaration, an input, a clause of the outputs begins a line; the contents of a block are indented by two.
/// - Lines that end within a declaration, at a place where one may end, stay as they are; other line ends go.
/// - A line of more than 110 columns is cut at the best place that fits, if there is one. Comments don't count.
/// - A property's braces stay on one line if they were and it fits; `then` has its own line behind a condition of
///   several lines.
/// - At most one empty line stays, between declarations or clauses only.
///
/// A canonical text is a fixpoint: its lines end where they must or where they did, and all fit or cannot be cut.
struct TextLines {
  private let outline: Outline
  private let breaks: LineBreaks
  /// The columns of each token if the text were one line.
  private var columns: [Range<Int>] = []
  /// The indentation of the line on which each open bracket stands (of its declaration, for a block), by bracket.
  private var indentations: [Int: Int] = [:]
  /// Opening braces of properties that do not fit on a line.
  private var tooWide: Set<Int> = []
  private(set) var lines: [TextLine] = []

  init(_ outline: Outline) {
    self.outline = outline
    breaks = LineBreaks(outline: outline)
    let spacing = Spacing(outline: outline)
    for index in 0..<outline.count {
      let start = columns.last.map { $0.upperBound + (spacing.isTight(before: index) ? 0 : 1) } ?? 0
      columns.append(start..<start + outline.texts[index].unicodeScalars.count)
    }
    var start = 0
    while start < outline.count {
      start = addLine(from: start)
    }
    addComments(before: outline.count, indentation: 0)
  }

  /// Adds the line that begins with the token, and the comments before it; returns where the next one begins.
  private mutating func addLine(from start: Int) -> Int {
    let indentation = indentation(of: start)
    addComments(
      before: start, indentation: outline.closed(start) == nil ? indentation : indentation + 2)
    let end = end(of: start, indentation: indentation)
    for index in start..<end {
      guard let bracket = outline.opened(index), let number = outline.bracketAt[index] else { continue }
      indentations[number] = bracket.kind.isBlock ? statementIndentation(at: index) : indentation
    }
    let closesBlock = outline.closed(start).map(\.kind.isBlock) ?? false
    lines.append(
      TextLine(
        followsBlankLine: !closesBlock && mayFollowBlankLine(start) && outline.gaps[start].hasBlankLine,
        indentation: indentation, tokens: start..<end, comment: nil))
    return end
  }

  /// The comment that belongs behind the last line, and those that have lines of their own.
  private mutating func addComments(before index: Int, indentation: Int) {
    for comment in outline.gaps[index].comments {
      if !comment.isOwnLine, !lines.isEmpty {
        lines[lines.count - 1].comment = comment.text
      } else {
        lines.append(
          TextLine(
            followsBlankLine: mayFollowBlankLine(index) && comment.followsBlankLine, indentation: indentation,
            tokens: index..<index, comment: comment.text))
      }
    }
  }

  /// Between declarations and clauses, but not directly behind the brace that opens their block.
  private func mayFollowBlankLine(_ index: Int) -> Bool {
    guard let last = lines.last else { return false }
    if let token = last.tokens.last, outline.opened(token).map(\.kind.isBlock) ?? false { return false }
    return index == outline.count || outline.startsStatement(index)
      || outline.closed(index).map(\.kind.isBlock) ?? false
  }

  /// Two more than the line on which the innermost bracket was opened or the statement began.
  private func indentation(of index: Int) -> Int {
    if outline.closed(index) != nil { return outline.bracketAt[index].flatMap { indentations[$0] } ?? 0 }
    let place = outline.places[index]
    let statement = statementIndentation(at: index)
    if place.depth > 0, let bracket = place.bracket { return (indentations[bracket] ?? statement) + 2 }
    return outline.startsStatement(index) || breaks.startsConsequence(index) ? statement : statement + 2
  }

  private func statementIndentation(at index: Int) -> Int {
    let block = outline.statements.isEmpty ? nil : outline.statements[outline.places[index].statement].bracket
    return block.flatMap { indentations[$0] }.map { $0 + 2 } ?? 0
  }

  /// Where the next line begins.
  private mutating func end(of start: Int, indentation: Int) -> Int {
    var best: (rank: LineBreaks.Rank, index: Int)?
    var property = isOnOneLine(start) ? start : nil
    for index in start + 1..<max(start + 1, outline.count) {
      if breaks.isRequired(before: index, isOpen: isOpen) || breaks.isWanted(before: index)
        || endsLongCondition(index, lineStart: start)
      {
        return index
      }
      if isOnOneLine(index) { property = index }
      let fits = indentation + columns[index].upperBound - columns[start].lowerBound <= TextLine.width
      if !fits {
        if let property {
          tooWide.insert(property)
          return end(of: start, indentation: indentation)
        }
        if let best { return best.index }
      }
      if let rank = breaks.rank(before: index), best.map({ rank <= $0.rank }) ?? true {
        if !fits { return index }
        best = (rank, index)
      }
    }
    return outline.count
  }

  /// Whether the token is the `then` behind a condition of several lines.
  private func endsLongCondition(_ index: Int, lineStart: Int) -> Bool {
    breaks.startsConsequence(index) && lineStart > outline.statements[outline.places[index].statement].first
  }

  /// Whether the token opens a property's braces that are to stand on one line.
  private func isOnOneLine(_ index: Int) -> Bool {
    outline.opened(index).map { $0.kind == .property && !isOpen($0) } ?? false
  }

  private func isOpen(_ bracket: Outline.Bracket) -> Bool {
    guard bracket.kind == .property, !tooWide.contains(bracket.opening) else { return true }
    return (bracket.opening + 1...max(bracket.opening + 1, bracket.closing)).contains {
      outline.gaps[$0].breaksLine
    }
  }
}
