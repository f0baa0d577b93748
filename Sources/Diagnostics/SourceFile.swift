/// A specification text as it was read: the bytes that every source range points into.
///
/// Offsets are UTF-8 byte offsets; lines and columns count from 1, columns in Unicode scalars.
public struct SourceFile: Sendable, Hashable {
  /// The name shown in diagnostics (as the user wrote it; `<stdin>` for standard input).
  public let name: String
  /// The text as UTF-8.
  public let utf8: [UInt8]
  /// Byte offset of the first byte of each line; never empty.
  private let lineStarts: [Int]

  public init(name: String, utf8: [UInt8]) {
    self.name = name
    self.utf8 = utf8
    var starts = [0]
    for (offset, byte) in utf8.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  public init(name: String, text: String) {
    self.init(name: name, utf8: Array(text.utf8))
  }

  /// The text in `range`, with invalid UTF-8 replaced by U+FFFD.
  public func text(in range: Range<Int>) -> String {
    String(decoding: utf8[range], as: UTF8.self)
  }

  /// Line and column, both from 1, of the byte at `offset` (clamped to the text's end).
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(offset, utf8.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return (low + 1, text(in: lineStarts[low]..<offset).unicodeScalars.count + 1)
  }

  /// The text of `line` (from 1) without its line terminator.
  public func lineText(_ line: Int) -> String {
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] - 1 : utf8.count
    if end > start, utf8[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return text(in: start..<end)
  }

  public static func == (a: Self, b: Self) -> Bool { a.name == b.name && a.utf8 == b.utf8 }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(utf8.count)
  }
}

/// A half-open range of bytes of one source file.
public struct SourceRange: Sendable, Hashable {
  public let file: SourceFile
  public let bytes: Range<Int>

  public init(file: SourceFile, bytes: Range<Int>) {
    self.file = file
    self.bytes = bytes
  }

  public var text: String { file.text(in: bytes) }

  /// The 1-based line on which the range starts.
  public var line: Int { file.position(of: bytes.lowerBound).line }
}
