import Foundation
import Glibc

/// Writes messages with their headers. Used by one thread.
struct MessageWriter {
  private let descriptor: Int32
  private let encoder = JSONEncoder()

  init(descriptor: Int32) {
    self.descriptor = descriptor
    // Output is deterministic: no order of a dictionary.
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  /// - Returns: whether anyone reads: `false` where the client has gone.
  func write(_ message: some Encodable) -> Bool {
    // Every message is made of strings, whole numbers, arrays and objects, which all can be encoded.
    guard let body = try? encoder.encode(message) else { preconditionFailure("a message cannot be encoded") }
    let bytes = Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { Glibc.write(descriptor, $0 + written, buffer.count - written) } ?? 0
      }
      if count > 0 { written += count } else if count == 0 || errno != EINTR { return false }
    }
    return true
  }
}
