import Glibc

/// Cuts a stream of bytes into messages: a header with `Content-Length`, an empty line, then that many bytes.
///
/// What is no message is reported once; then the next header is looked for. That is safe: JSON has no raw line ends
/// in its strings, so a header cannot stand inside a well-formed message.
struct MessageReader {
  enum Item: Sendable, Equatable {
    case message([UInt8])
    /// Says what is wrong with a header.
    case malformed(String)
    case end
  }

  /// A specification has at most 4 MiB; JSON can make six bytes of one.
  static let sizeLimit = 64 << 20
  static let headerLimit = 4096

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// Where in the buffer the unread bytes begin.
  private var start = 0
  private var isLost = false

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  mutating func next() -> Item {
    if isLost, !findHeader() { return .end }
    isLost = false
    guard let header = readHeader() else {
      if isLost { return .malformed("a message begins with `Content-Length: N`") }
      return .end
    }
    guard let length = Self.contentLength(header) else {
      isLost = true
      return .malformed("a message has a `Content-Length` of 0 to \(Self.sizeLimit) bytes")
    }
    while buffer.count - start < length { guard fill() else { return .end } }
    defer { drop(length) }
    return .message(Array(buffer[start..<start + length]))
  }

  /// The lines up to the empty one, which is consumed; `nil` at the end, or where there is none (`isLost`).
  private mutating func readHeader() -> [Substring]? {
    var searched = 0
    while true {
      let unread = buffer[start...]
      if let end = Self.emptyLine(in: unread, from: start + max(0, searched - 3)) {
        let text = String(decoding: unread[..<end.lowerBound], as: UTF8.self)
        drop(end.upperBound - start)
        return text.split(whereSeparator: \.isNewline)
      }
      searched = unread.count
      guard searched <= Self.headerLimit else {
        isLost = true
        return nil
      }
      guard fill() else { return nil }
    }
  }

  private static func emptyLine(in bytes: ArraySlice<UInt8>, from start: Int) -> Range<Int>? {
    for index in start..<max(start, bytes.endIndex) where bytes[index] == 10 {
      if bytes[(index + 1)...].starts(with: [13, 10]) { return index..<index + 3 }
      if bytes[(index + 1)...].starts(with: [10]) { return index..<index + 2 }
    }
    return nil
  }

  private static func contentLength(_ header: [Substring]) -> Int? {
    let values = header.compactMap { line -> Int? in
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
      return Int(parts[1].filter { !$0.isWhitespace })
    }
    return values.count == 1 && (0...sizeLimit).contains(values[0]) ? values[0] : nil
  }

  /// Moves to the next header of an acceptable message.
  private mutating func findHeader() -> Bool {
    let name = Array("content-length:".utf8)
    while true {
      for index in start..<max(start, buffer.count - name.count) {
        guard buffer[index..<index + name.count].elementsEqual(name, by: { $0 | 0x20 == $1 | 0x20 }) else {
          continue
        }
        guard let end = buffer[index...].firstIndex(of: 10) else { break }
        let line = String(decoding: buffer[index..<end], as: UTF8.self)
        if Self.contentLength([Substring(line.trimmingSuffix())]) != nil {
          drop(index - start)
          return true
        }
      }
      drop(max(0, buffer.count - start - Self.headerLimit))
      guard fill() else { return false }
    }
  }

  private mutating func drop(_ count: Int) {
    start += count
    if start > 1 << 16, start * 2 > buffer.count {
      buffer.removeFirst(start)
      start = 0
    }
  }

  /// Reads more; `false` at the end of the stream.
  private mutating func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 {
        buffer += chunk[..<count]
        return true
      }
      if count == 0 || errno != EINTR { return false }
    }
  }
}

extension String {
  /// Without the carriage return at the end.
  fileprivate func trimmingSuffix() -> Substring { self.hasSuffix("\r") ? dropLast() : self[...] }
}
