// Trusted: the hash is SHA-256 of all the bytes.
private import CCrypto

/// The SHA-256 of some bytes, as 64 lower-case hexadecimal digits: how specifications and models are
/// named in emitted files.
public struct ContentHash: Sendable, Hashable, CustomStringConvertible {
  public let description: String

  /// The 32 bytes.
  public var bytes: [UInt8] {
    let digits = description.utf8.map { UInt8($0 < UInt8(ascii: "a") ? $0 - 48 : $0 - 87) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  public init(of bytes: [UInt8]) {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    _ = SHA256(bytes, bytes.count, &digest)
    self.init(digest: digest)
  }

  /// The hash of bytes that come in pieces and are never in memory together.
  public init(ofPieces pieces: (_ append: (UnsafeRawBufferPointer) -> Void) -> Void) {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "OpenSSL has SHA-256")
    pieces { piece in
      precondition(EVP_DigestUpdate(context, piece.baseAddress, piece.count) == 1, "a hash can't fail")
    }
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    precondition(EVP_DigestFinal_ex(context, &digest, nil) == 1, "a hash can't fail")
    self.init(digest: digest)
  }

  private init(digest: [UInt8]) {
    let digits = Array("0123456789abcdef")
    description = String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
