/// Aligns neighbouring lines of one kind: the inputs of a block as a table; the `=` of `let`, `param`, `unit` and
/// `group`, and the braces of properties on one line, in runs without empty lines or comments between. The comments
/// behind the lines of a run are aligned too. A run that would become too wide is left as it is.
struct ColumnAlignment {
  let outline: Outline

  /// What lines have in common that are aligned with each other.
  private enum Run: Equatable {
    /// The inputs of one block, whatever stands between them.
    case inputs(block: Int)
    case declarations(Keyword)
  }

  /// A line cut into cells: column by column, the tokens at which they begin.
  private struct Row {
    let line: Int
    let run: Run
    let starts: [Int?]
  }

  func aligned(_ lines: [TextLine]) -> [TextLine] {
    var lines = lines
    var rows: [Row] = []
    for index in lines.indices {
      let isContinued = lines[index].followsBlankLine || lines[index].tokens.isEmpty
      let row = row(lines[index], at: index)
      if let last = rows.last, row?.run != last.run || isContinued && !isTable(last.run) {
        // Comments between a table's rows belong to the table.
        if row != nil || !isTable(last.run) {
          align(rows, in: &lines)
          rows = []
        }
      }
      if let row { rows.append(row) }
    }
    align(rows, in: &lines)
    return lines
  }

  private func isTable(_ run: Run) -> Bool {
    if case .inputs = run { true } else { false }
  }

  /// `nil` unless the line is one whole statement that has columns.
  private func row(_ line: TextLine, at index: Int) -> Row? {
    guard let first = line.tokens.first, outline.startsStatement(first) else { return nil }
    let end = line.tokens.upperBound
    guard end == outline.count || outline.startsStatement(end) || outline.closed(end) != nil else {
      return nil
    }
    let bracket = outline.statements[outline.places[first].statement].bracket
    func start(_ kind: Token.Kind) -> Int? {
      line.tokens.first { outline.kind($0) == kind && outline.places[$0].depth == 0 }
    }
    if let bracket, outline.brackets[bracket].kind == .inputs {
      return Row(
        line: index, run: .inputs(block: bracket),
        starts: [start(.symbol(.colon)), start(.keyword(.in)), start(.keyword(.normalize))])
    }
    guard let keyword = outline.keyword(first) else { return nil }
    let column: Int?
    switch keyword {
    case .let, .param, .unit, .group: column = start(.symbol(.assign))
    default: column = line.tokens.first { outline.opened($0)?.kind == .property }
    }
    guard let column, column < end - 1 else { return nil }
    return Row(line: index, run: .declarations(keyword), starts: [column])
  }

  private func align(_ rows: [Row], in lines: inout [TextLine]) {
    guard let run = rows.first?.run else { return }
    var changed = lines
    var end: [Int: Int] = [:]
    for row in rows { end[row.line] = width(lines[row.line], from: nil, to: row.starts[0]) }
    for column in rows[0].starts.indices {
      let gap = column == 0 ? 1 : 2
      let position = (rows.compactMap { end[$0.line] }.max() ?? 0) + gap
      for row in rows {
        guard let start = row.starts[column] else { continue }
        changed[row.line].padding[start] = position - (end[row.line] ?? 0)
        let next = row.starts[(column + 1)...].lazy.compactMap { $0 }.first
        end[row.line] = position + width(lines[row.line], from: start, to: next)
      }
    }
    if !isTable(run), end.values.contains(where: { $0 > TextLine.width }) { return }
    let commented = rows.filter { lines[$0.line].comment != nil }
    let position = (commented.compactMap { end[$0.line] }.max() ?? 0) + 2
    for row in commented {
      changed[row.line].padding[lines[row.line].tokens.upperBound] = position - (end[row.line] ?? 0)
    }
    lines = changed
  }

  /// The columns of a part of a line; from its indentation, or to its end, where `nil` is given.
  private func width(_ line: TextLine, from start: Int?, to end: Int?) -> Int {
    var part = line
    part.followsBlankLine = false
    part.comment = nil
    part.tokens = (start ?? line.tokens.lowerBound)..<(end ?? line.tokens.upperBound)
    if start != nil { part.indentation = 0 }
    return part.text(outline).unicodeScalars.count
  }
}
