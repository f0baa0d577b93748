/// An open document: its text as the editor has it.
struct Document: Sendable {
  let uri: String
  /// The name by which imports and diagnostics know it.
  let file: String
  var version: Int
  private(set) var positions: TextPositions

  var utf8: [UInt8] { positions.utf8 }

  init(uri: String, version: Int, text: String, encoding: PositionEncoding) {
    self.uri = uri
    self.version = version
    file = FileName.of(uri: uri)
    positions = TextPositions(Array(text.utf8), encoding: encoding)
  }

  /// One change after the other, each of the text that the one before made.
  mutating func apply(_ changes: [Wire.DidChange.Change]) {
    for change in changes {
      var text = positions.utf8
      text.replaceSubrange(change.range.map(positions.bytes) ?? 0..<text.count, with: Array(change.text.utf8))
      positions = TextPositions(text, encoding: positions.encoding)
    }
  }
}
