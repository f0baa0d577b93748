// Trusted: the hash is SHA-256 of all the bytes.
private import CCrypto

/// The SHA-256 of some bytes, as 64 lower-case hexadecimal digits: how specifications and models are
/// named in emitted files.
public struct ContentHash: Sendable, Hashable, CustomStringConvertible {
  public let description: String

  public init(of bytes: [UInt8]) {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    _ = SHA256(bytes, bytes.count, &digest)
    let digits = Array("0123456789abcdef")
    description = String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
