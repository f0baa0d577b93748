import Diagnostics
import SpecificationLanguage

/// Rows of physical inputs, one value an input scalar, each rounded to the nearest binary32 number.
public struct InputTable: Sendable {
  public let rows: [[Float]]

  /// The most bytes that are read.
  public static let sizeLimit = 1 << 30

  /// Reads a table for `interface`: NumPy's format if the bytes start with its magic, else CSV.
  ///
  /// - Throws: one diagnostic with the place of the first mistake.
  public init(_ file: SourceFile, interface: Interface) throws(DiagnosticSet) {
    rows =
      if file.utf8.starts(with: NumpyArray.magic) {
        try NumpyArray(file).rows(of: interface.inputs.count, file)
      } else {
        try csvRows(file, interface)
      }
  }
}

/// Comma-separated values, one row a line, an optional first line with the inputs' names in any order.
/// Blank lines are skipped.
private func csvRows(_ file: SourceFile, _ interface: Interface) throws(DiagnosticSet) -> [[Float]] {
  var rows: [[Float]] = []
  /// Column of each input.
  var columns = Array(interface.inputs.indices)
  var isFirst = true
  var line = 0
  for text in file.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
    line += 1
    let fields = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(trimmed)
    if fields.count == 1, fields[0].isEmpty { continue }
    if isFirst, fields.contains(where: { Float($0) == nil && startsName($0) }) {
      columns = try header(fields, interface, file, line)
      isFirst = false
      continue
    }
    isFirst = false
    guard fields.count == columns.count else {
      throw malformed(
        file, "line \(line)", "\(fields.count) values, but `interface \(interface.name)` has \(columns.count) inputs",
        "write one value an input, separated by commas")
    }
    var row = [Float](repeating: 0, count: columns.count)
    for (input, column) in columns.enumerated() {
      guard let value = Float(fields[column]) else {
        throw malformed(
          file, "line \(line), column \(column + 1)", "`\(fields[column])` is no number",
          "write decimal numbers, `nan` or `inf`")
      }
      row[input] = value
    }
    rows.append(row)
  }
  return rows
}

private func trimmed(_ field: ArraySlice<UInt8>) -> String {
  let blank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
  var field = field.drop(while: blank)
  while let last = field.last, blank(last) { field.removeLast() }
  return String(decoding: field, as: UTF8.self)
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
    throw malformed(
      file, "line \(line)", "`\(name)` is no input of `interface \(interface.name)`",
      suggestion(for: name, among: known).map { "did you mean `\($0)`?" } ?? "use the inputs' names")
  }
  var columns: [Int] = []
  for name in known {
    let found = names.indices.filter { names[$0] == name }
    guard found.count == 1 else {
      throw malformed(
        file, "line \(line)", "input `\(name)` has \(found.isEmpty ? "no column" : "\(found.count) columns")",
        "give each input one column")
    }
    columns.append(found[0])
  }
  return columns
}

/// A NumPy file (format 1.0 to 3.0): little-endian float32 or float64, C order, one or two axes or more.
private struct NumpyArray {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  private let shape: [Int]
  private let isDouble: Bool
  private let dataStart: Int

  init(_ file: SourceFile) throws(DiagnosticSet) {
    let bytes = file.utf8
    func fail(_ problem: String) -> DiagnosticSet {
      malformed(file, "header", problem, "save it with `numpy.save` as float32 or float64, C order")
    }
    let lengthSize = bytes.count > 6 && bytes[6] >= 2 ? 4 : 2
    guard bytes.count >= 8 + lengthSize else { throw fail("the file is cut off") }
    let length = (0..<lengthSize).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    dataStart = 8 + lengthSize + length
    guard dataStart <= bytes.count else { throw fail("the file is cut off") }
    let header = String(decoding: bytes[(8 + lengthSize)..<dataStart], as: UTF8.self)
    if header.contains("'<f4'") {
      isDouble = false
    } else if header.contains("'<f8'") {
      isDouble = true
    } else {
      throw fail("the elements are neither float32 nor float64, little-endian")
    }
    guard header.contains("'fortran_order': False") else { throw fail("the array is not in C order") }
    guard let open = header.firstIndex(of: "("), let close = header[open...].firstIndex(of: ")") else {
      throw fail("the header has no shape")
    }
    var shape: [Int] = []
    for part in header[header.index(after: open)..<close].split(separator: ",") {
      let digits = part.filter { $0 != " " }
      if digits.isEmpty { continue }
      guard let size = Int(digits), size >= 0 else { throw fail("the shape is malformed") }
      shape.append(size)
    }
    self.shape = shape
  }

  /// - Parameter width: values a row: the product of all axes but the first, or the only axis.
  func rows(of width: Int, _ file: SourceFile) throws(DiagnosticSet) -> [[Float]] {
    let sizes = shape.count > 1 ? Array(shape.dropFirst()) : shape
    var product = 1
    for size in sizes {
      let (value, overflow) = product.multipliedReportingOverflow(by: size)
      product = overflow ? -1 : value
      if product < 0 || product > width { break }
    }
    guard product == width else {
      throw malformed(
        file, "header", "the shape \(shape) has not \(width) values a row", "save rows of one value an input")
    }
    let count = shape.count > 1 ? shape[0] : 1
    let elementSize = isDouble ? 8 : 4
    let (total, overflow) = count.multipliedReportingOverflow(by: width * elementSize)
    guard !overflow, total == file.utf8.count - dataStart else {
      throw malformed(
        file, "data", "\(file.utf8.count - dataStart) bytes of data do not fit the shape \(shape)",
        "the file is cut off or has trailing bytes: save it again")
    }
    return file.utf8.withUnsafeBytes { buffer in
      (0..<count).map { row in
        (0..<width).map { column in
          let offset = dataStart + (row * width + column) * elementSize
          if isDouble {
            return Float(Double(bitPattern: UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))))
          }
          return Float(bitPattern: UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        }
      }
    }
  }
}

private func malformed(_ file: SourceFile, _ place: String, _ problem: String, _ cure: String) -> DiagnosticSet {
  DiagnosticSet([
    Diagnostic(.malformedInputFile, problem, at: .file(name: file.name, place: place), cure: cure)
  ])
}
