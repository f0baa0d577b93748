/// How the protocol counts characters in a line.
enum PositionEncoding: String, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// How much the byte adds to a column: a character's first byte counts for all of it. Bytes that are no UTF-8
  /// count like some character, so every text has positions.
  func width(_ byte: UInt8) -> Int {
    switch self {
    case .utf8: 1
    case .utf16: byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
    case .utf32: byte & 0xC0 == 0x80 ? 0 : 1
    }
  }
}

/// Lines and columns of a text as the protocol has them: both from 0; lines end with `\n`, `\r\n` or `\r`.
struct TextPositions: Sendable {
  let utf8: [UInt8]
  let encoding: PositionEncoding
  /// Where each line begins and where its contents end.
  private let lines: [Range<Int>]

  init(_ utf8: [UInt8], encoding: PositionEncoding) {
    self.utf8 = utf8
    self.encoding = encoding
    var lines: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < utf8.count {
      let byte = utf8[index]
      index += 1
      guard byte == 10 || byte == 13 else { continue }
      lines.append(start..<index - 1)
      if byte == 13, index < utf8.count, utf8[index] == 10 { index += 1 }
      start = index
    }
    lines.append(start..<utf8.count)
    self.lines = lines
  }

  /// The byte at a position; one beyond the line's end is its end, one inside a character its beginning.
  func offset(of position: Wire.Position) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < lines.count else { return utf8.count }
    let line = lines[position.line]
    var column = 0
    var offset = line.lowerBound
    while offset < line.upperBound {
      var next = offset + 1
      while next < line.upperBound, utf8[next] & 0xC0 == 0x80 { next += 1 }
      column += utf8[offset..<next].reduce(0) { $0 + encoding.width($1) }
      if column > position.character { return offset }
      offset = next
    }
    return line.upperBound
  }

  func position(of offset: Int) -> Wire.Position {
    let offset = min(max(0, offset), utf8.count)
    var (low, high) = (0, lines.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle].lowerBound <= offset { low = middle } else { high = middle }
    }
    let end = min(offset, lines[low].upperBound)
    let column = utf8[lines[low].lowerBound..<end].reduce(0) { $0 + encoding.width($1) }
    return Wire.Position(line: low, character: column)
  }

  func range(_ bytes: Range<Int>) -> Wire.Range {
    Wire.Range(start: position(of: bytes.lowerBound), end: position(of: bytes.upperBound))
  }

  func bytes(_ range: Wire.Range) -> Range<Int> {
    let start = offset(of: range.start)
    return start..<max(start, offset(of: range.end))
  }

  /// The whole text.
  var everything: Wire.Range { range(0..<utf8.count) }
}
