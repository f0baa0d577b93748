import Diagnostics
import LoopIR

/// A file of weights:
///
/// | bytes | |
/// |---|---|
/// | 0 to 7 | `ORDAIN`, a zero byte, `W` |
/// | 8 to 11 | the version of the format, 1 |
/// | 12 to 15 | 0x01020304 |
/// | 16 to 23 | the number of weights |
/// | 24 to 55 | the SHA-256 of all bytes from 64 on |
/// | 56 to 63 | zero |
/// | 64 on | the weights, binary32 |
///
/// Numbers are little-endian.
struct WeightFile: Sendable {
  static let magic: [UInt8] = Array("ORDAIN\0W".utf8)
  static let version: UInt32 = 1
  static let byteOrderMark: UInt32 = 0x0102_0304
  static let headerSize = 64

  let tables: [Table]
  let count: Int
  let hash: ContentHash

  init(_ tables: [Table]) {
    self.tables = tables
    count = tables.reduce(0) { $0 + $1.count }
    hash = ContentHash(ofPieces: { WeightFile.write(tables, to: $0) })
  }

  var header: [UInt8] {
    var bytes = Self.magic
    for number in [Self.version, Self.byteOrderMark, UInt32(truncatingIfNeeded: count), UInt32(count >> 32)] {
      withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }
    bytes += hash.bytes
    return bytes + [UInt8](repeating: 0, count: Self.headerSize - bytes.count)
  }

  /// The whole file, in pieces.
  func write(to sink: (UnsafeRawBufferPointer) -> Void) {
    header.withUnsafeBytes(sink)
    Self.write(tables, to: sink)
  }

  private static func write(_ tables: [Table], to sink: (UnsafeRawBufferPointer) -> Void) {
    for table in tables {
      guard case .floats(let values) = table.values else {
        preconditionFailure("weights are binary32 numbers")
      }
      #if _endian(little)
        values.withUnsafeBytes(sink)
      #else
        values.map(\.bitPattern.littleEndian).withUnsafeBytes(sink)
      #endif
    }
  }
}
