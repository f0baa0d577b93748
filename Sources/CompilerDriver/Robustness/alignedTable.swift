/// Rows of columns as wide as their longest text, two blanks apart.
///
/// - Parameter rightAligned: the columns that end at the same place, such as those of numbers.
/// - Returns: a line a row, without blanks at its end.
func alignedTable(_ rows: [[String]], rightAligned: Set<Int>) -> String {
  var widths: [Int] = []
  for row in rows {
    for (column, text) in row.enumerated() {
      if column == widths.count { widths.append(0) }
      widths[column] = max(widths[column], text.count)
    }
  }
  return rows.map { row in
    var line = ""
    for (column, text) in row.enumerated() {
      let blanks = String(repeating: " ", count: widths[column] - text.count)
      line += (column == 0 ? "" : "  ") + (rightAligned.contains(column) ? blanks + text : text + blanks)
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }.joined()
}
