import Diagnostics
import SpecificationLanguage

/// Comma-separated values, one row a line, an optional first line with the inputs' names in any order.
///
/// Fields may stand in double quotes, as names such as `"image[3,4]"` must. Blank lines are skipped, and so is a
/// byte order mark. The first line is one of names if it has a name and no number.
///
/// - Throws: one diagnostic with the place of the first mistake.
func csvRows(_ file: SourceFile, _ interface: Interface) throws(DiagnosticSet) -> [[Float]] {
  let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  let text = file.utf8.dropFirst(file.utf8.starts(with: byteOrderMark) ? byteOrderMark.count : 0)
  var rows: [[Float]] = []
  /// Column of each input.
  var columns = Array(interface.inputs.indices)
  var isFirst = true
  var line = 0
  for bytes in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
    line += 1
    let fields = csvFields(bytes)
    if fields == [""] { continue }
    if isFirst, fields.contains(where: startsName), fields.allSatisfy({ number($0) == nil }) {
      columns = try header(fields, interface, file, line)
      isFirst = false
      continue
    }
    isFirst = false
    guard fields.count == columns.count else {
      throw malformedInput(
        file, "line \(line)",
        "\(counted(fields.count, "value")), but `interface \(interface.name)` has "
          + counted(columns.count, "input"),
        "write one value an input, separated by commas")
    }
    var row = [Float](repeating: 0, count: columns.count)
    for (input, column) in columns.enumerated() {
      guard let value = number(fields[column]) else {
        let field = fields[column]
        throw malformedInput(
          file, "line \(line), column \(column + 1)",
          field.isEmpty ? "a value is missing" : "`\(field)` is no number",
          "write decimal numbers, `nan` or `inf`")
      }
      row[input] = value
    }
    rows.append(row)
  }
  return rows
}

/// The fields of a line without the blanks and the one pair of quotes around them.
private func csvFields(_ line: ArraySlice<UInt8>) -> [String] {
  let quote = UInt8(ascii: "\"")
  var fields: [String] = []
  var start = line.startIndex
  var isQuoted = false
  func finish(_ end: Int) {
    let field = trimmed(line[start..<end])
    let inner = field.dropFirst().dropLast()
    let isQuotedWhole = field == "\"\(inner)\"" && !inner.contains("\"")
    fields.append(isQuotedWhole ? String(inner) : field)
  }
  for (place, byte) in zip(line.indices, line) {
    if byte == quote { isQuoted.toggle() }
    if byte == UInt8(ascii: ","), !isQuoted {
      finish(place)
      start = place + 1
    }
  }
  finish(line.endIndex)
  return fields
}

private func trimmed(_ field: ArraySlice<UInt8>) -> String {
  let blanks: [UInt8] = Array(" \t\r".utf8)
  var field = field.drop(while: blanks.contains)
  while let last = field.last, blanks.contains(last) { field.removeLast() }
  return String(decoding: field, as: UTF8.self)
}

/// The nearest binary32 number; decimal or hexadecimal, `nan`, `inf`.
private func number(_ field: String) -> Float? {
  // `Float` stops at a NUL and ignores what follows.
  field.utf8.contains(0) ? nil : Float(field)
}

private func startsName(_ field: String) -> Bool {
  field.first.map { $0.isLetter || $0 == "_" } ?? false
}

/// The column of each input, from the names in the first line.
private func header(
  _ names: [String], _ interface: Interface, _ file: SourceFile, _ line: Int
) throws(DiagnosticSet) -> [Int] {
  let known = interface.inputs.map(\.name)
  for name in names where !known.contains(name) {
    throw malformedInput(
      file, "line \(line)", "`\(name)` is no input of `interface \(interface.name)`",
      suggestion(for: name, among: known).map { "did you mean `\($0)`?" } ?? "use the inputs' names")
  }
  var columns: [Int] = []
  for name in known {
    let found = names.indices.filter { names[$0] == name }
    guard found.count == 1 else {
      throw malformedInput(
        file, "line \(line)", "input `\(name)` has \(found.isEmpty ? "no column" : "\(found.count) columns")",
        "give each input one column")
    }
    columns.append(found[0])
  }
  return columns
}
