// Trusted: the fields are read as the article Certificates defines them.
private import CCrypto
import Foundation

/// Why a certificate proves nothing.
public struct Rejection: Error {
  public let reason: String
}

func require(_ condition: Bool, _ reason: String) throws(Rejection) {
  if !condition { throw Rejection(reason: reason) }
}

/// The fields of a certificate; those of ``Layer`` that are optional belong to some rules only.
struct CertificateFile: Decodable {
  let format, statement, model: String
  let inputs, outputs: Int
  let layers: [Layer]
  let pairwise: [[String]]

  struct Layer: Decodable {
    let rule: String
    let inputs, outputs, fractionBits, exponent, group: Int?
    let sha256, threshold, bound, slope: String?
    /// Base64, little-endian: of binary32 bit patterns, and of 64-bit integers.
    let weights, factor: Data?
  }

  /// How many fields the rules have: a file with more has one twice, or one that is not known.
  var fieldCount: Int {
    layers.reduce(7) {
      $0 + ($1.rule == "dense" ? 10 : $1.rule == "minMax" || $1.rule == "leakyRelu" ? 2 : 1)
    }
  }
}

func littleEndian<T: FixedWidthInteger>(_ bytes: Data, _: T.Type) -> [T] {
  bytes.withUnsafeBytes { bytes in
    stride(from: 0, to: bytes.count, by: MemoryLayout<T>.size).map {
      T(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: T.self))
    }
  }
}

/// SHA-256 in lower-case hexadecimal digits.
public func sha256(_ bytes: Data) -> String {
  var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
  bytes.withUnsafeBytes { _ = SHA256($0.baseAddress, $0.count, &digest) }
  return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
