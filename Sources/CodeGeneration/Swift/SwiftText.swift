import LoopIR

/// Text of a Swift file, line by line.
struct SwiftText {
  private(set) var bytes: [UInt8] = []
  private var indentation = 0

  mutating func line(_ text: String) {
    if !text.isEmpty {
      for _ in 0..<indentation { bytes.append(contentsOf: "  ".utf8) }
      bytes.append(contentsOf: text.utf8)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// A line that is too long to be made of strings.
  mutating func line(_ start: String, _ append: (inout [UInt8]) -> Void, _ end: String) {
    for _ in 0..<indentation { bytes.append(contentsOf: "  ".utf8) }
    bytes.append(contentsOf: start.utf8)
    append(&bytes)
    bytes.append(contentsOf: end.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Several lines.
  mutating func lines(_ text: String) {
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) { line(String(part)) }
  }

  mutating func indent() { indentation += 1 }
  mutating func outdent() { indentation -= 1 }

  /// A line, the lines of the body indented, and a closing line.
  mutating func block(_ head: String, closing: String = "}", _ body: (inout SwiftText) -> Void) {
    line(head)
    indent()
    body(&self)
    outdent()
    line(closing)
  }

  /// One line of a comment for each line of the text, whatever characters it holds.
  ///
  /// - Parameter mark: `//` or `///`.
  mutating func comment(_ text: String, mark: String = "//") {
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      line(part.isEmpty ? mark : "\(mark) \(CText.sanitized(String(part)))")
    }
  }
}
