import Diagnostics

/// The input of a violation in a cache. It proves nothing until it has been replayed.
struct KeptViolation {
  private let name: String
  private let cache: CacheFolder?

  init(key: ContentHash, in cache: CacheFolder?) {
    name = "\(key)\(CacheFolder.violationSuffix)"
    self.cache = cache
  }

  /// What an earlier run kept, if it can be read.
  var input: [Float]? {
    guard let bytes = cache?.bytes(named: name) else { return nil }
    var input: [Float] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let bits = UInt32(String(decoding: line, as: UTF8.self), radix: 16) else { return nil }
      let value = Float(bitPattern: bits)
      guard value.isFinite else { return nil }
      input.append(value)
    }
    return input
  }

  /// The bits of each number, one a line.
  func keep(_ input: [Float]) {
    let text = input.map { String($0.bitPattern, radix: 16) + "\n" }.joined()
    cache?.store(Array(text.utf8), named: name)
  }
}
