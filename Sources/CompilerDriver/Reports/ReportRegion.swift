import Diagnostics

/// A source range in lines and columns, both from 1. A column is a Unicode scalar; a byte order mark is none. The end is
/// the first column behind the range.
struct ReportRegion {
  let startLine: Int
  let startColumn: Int
  let endLine: Int
  let endColumn: Int

  init(_ range: SourceRange) {
    let file = range.file
    let mark = file.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? 1 : 0
    func position(_ offset: Int) -> (line: Int, column: Int) {
      let (line, column) = file.position(of: offset)
      return (line, line == 1 ? max(1, column - mark) : column)
    }
    (startLine, startColumn) = position(range.bytes.lowerBound)
    (endLine, endColumn) = position(range.bytes.upperBound)
  }
}
