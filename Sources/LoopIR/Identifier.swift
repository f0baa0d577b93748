/// A name in a loop program: ASCII letters, digits and underscores, not starting with a digit.
public struct Identifier: Sendable, Hashable {
  public let spelling: String

  /// - Requires: `spelling` is a name as above. The caller sees to it that it is no keyword of a target
  ///   language.
  public init(_ spelling: String) {
    let utf8 = spelling.utf8
    precondition(
      !utf8.isEmpty && utf8.allSatisfy(isWordByte) && !isDigit(utf8[utf8.startIndex]),
      "`\(spelling)` is no identifier")
    self.spelling = spelling
  }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

private func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
  default: isDigit(byte)
  }
}
