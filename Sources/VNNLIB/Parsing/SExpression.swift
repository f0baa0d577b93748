import Diagnostics

/// A parenthesised expression of a file, with the bytes it stands in.
enum SExpression {
  case atom(String, SourceRange)
  case list([SExpression], SourceRange)

  var range: SourceRange {
    switch self {
    case .atom(_, let range), .list(_, let range): range
    }
  }

  /// The word at the head of a list; `nil` for an atom, or a list that begins with none.
  var head: String? {
    if case .list(let parts, _) = self, case .atom(let word, _)? = parts.first { return word }
    return nil
  }
}

/// Reads parenthesised expressions one by one. Comments run from `;` to the end of the line.
struct SExpressionReader {
  /// How deep lists may nest; published files need four levels.
  static let depthLimit = 256

  private let source: SourceFile
  private var offset = 0

  init(_ source: SourceFile) {
    self.source = source
  }

  /// The next expression; `nil` at the end of the file.
  mutating func next() throws(DiagnosticSet) -> SExpression? {
    // INVARIANT: the lists that are open, outermost first, each with the offset of its parenthesis.
    var open: [(start: Int, parts: [SExpression])] = []
    while true {
      skipBlanks()
      guard offset < source.utf8.count else {
        guard let outer = open.first else { return nil }
        throw DiagnosticSet([.vnnlibUnclosed(range(outer.start..<outer.start + 1))])
      }
      let start = offset
      let finished: SExpression
      switch source.utf8[offset] {
      case UInt8(ascii: "("):
        guard open.count < Self.depthLimit else {
          throw DiagnosticSet([.vnnlibTooDeep(Self.depthLimit, range(start..<start + 1))])
        }
        offset += 1
        open.append((start, []))
        continue
      case UInt8(ascii: ")"):
        offset += 1
        guard let inner = open.popLast() else {
          throw DiagnosticSet([.vnnlibStray(range(start..<offset))])
        }
        finished = .list(inner.parts, range(inner.start..<offset))
      default:
        finished = try atom()
      }
      if open.isEmpty { return finished }
      open[open.count - 1].parts.append(finished)
    }
  }

  private mutating func atom() throws(DiagnosticSet) -> SExpression {
    let start = offset
    while offset < source.utf8.count, Self.isWord(source.utf8[offset]) { offset += 1 }
    let place = range(start..<max(offset, start + 1))
    guard offset > start else { throw DiagnosticSet([.vnnlibInvalidByte(place)]) }
    return .atom(place.text, place)
  }

  private mutating func skipBlanks() {
    while offset < source.utf8.count {
      switch source.utf8[offset] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): offset += 1
      case UInt8(ascii: ";"):
        while offset < source.utf8.count, source.utf8[offset] != UInt8(ascii: "\n") { offset += 1 }
      default: return
      }
    }
  }

  /// Printable ASCII but parentheses, semicolons, quotes and bars.
  private static func isWord(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte)
      && !["(", ")", ";", "\"", "|"].contains { (mark: Unicode.Scalar) in byte == UInt8(ascii: mark) }
  }

  private func range(_ bytes: Range<Int>) -> SourceRange {
    SourceRange(file: source, bytes: bytes)
  }
}
