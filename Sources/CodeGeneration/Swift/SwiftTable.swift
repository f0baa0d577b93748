// Trusted: what is read from a table is what the program's table holds.

import LoopIR

/// A constant table as integer literals of any size (`StaticBigInt`).
///
/// Such a literal lies in read-only memory word by word, in every build and on every target: nothing initialises it
/// and nothing can write it. An array of so many literals takes compilers minutes, or becomes code that fills
/// memory at run time. The elements stand behind each other as on a little-endian machine; a set bit above them
/// keeps zeros at the end from being dropped.
///
/// Compilers take time quadratic in the length of a literal (0.15 s for 8,192 numbers of 32 bits, 37 s for 131,072),
/// so a large table is cut into segments where the program allows it.
struct SwiftTable {
  let table: Table
  /// How many elements each segment has in common with the next, so that runs that begin in one do not leave it;
  /// `nil` if the table is one piece.
  let overlap: Int?

  /// Tables of more elements are cut.
  static let largestPiece = 8192
  /// The elements of a segment, a power of two, without those that it has in common with the next.
  static let segment = 2048
  private static let segmentShift = 11

  func append(to text: inout SwiftText, named name: String, elementType: String) {
    if let overlap { return appendSegments(overlap, to: &text, name, elementType) }
    text.line("@inline(__always)")
    text.block("static var \(name): UnsafePointer<\(elementType)> {") {
      $0.line("memory(", { appendLiteral(of: 0..<table.count, to: &$0) }, ")")
    }
  }

  private func appendSegments(
    _ overlap: Int, to text: inout SwiftText, _ name: String, _ elementType: String
  ) {
    text.line("/// A pointer to an element; at least \(overlap) elements from there on are its neighbours.")
    text.line("@inline(__always)")
    text.block("static func \(name)(_ place: UInt32) -> UnsafePointer<\(elementType)> {") {
      $0.line("let segment: StaticBigInt =")
      $0.block("  switch place &>> \(SwiftTable.segmentShift) {", closing: "  }") {
        for start in stride(from: 0, to: table.count, by: SwiftTable.segment) {
          let end = min(table.count, start + SwiftTable.segment + overlap)
          let isLast = start + SwiftTable.segment >= table.count
          let label = isLast ? "default" : "case \(start / SwiftTable.segment)"
          $0.line("\(label): ", { appendLiteral(of: start..<end, to: &$0) }, "")
        }
      }
      $0.line("return memory(segment).element(place & \(SwiftTable.segment - 1))")
    }
  }

  /// For example: `0x1bf800000` for a table of one number, -1.
  private func appendLiteral(of range: Range<Int>, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "0x1".utf8)
    switch table.values {
    case .floats(let values):
      for value in values[range].reversed() { append(UInt64(value.bitPattern), to: &bytes) }
    case .doubles(let values):
      for value in values[range].reversed() { append(value.bitPattern, to: &bytes) }
    case .unsigned(let values), .bits(let values):
      for value in values[range].reversed() { append(UInt64(value), to: &bytes) }
    case .zeros, .expression: preconditionFailure("the program was verified")
    }
  }

  private static let digits: [UInt8] = Array("0123456789abcdef".utf8)

  private func append(_ value: UInt64, to bytes: inout [UInt8]) {
    for place in (0..<digitCount).reversed() {
      bytes.append(SwiftTable.digits[Int(value >> (4 * UInt64(place)) & 0xF)])
    }
  }

  /// The hexadecimal digits of an element.
  private var digitCount: Int {
    switch table.type {
    case .uint8: 2
    case .uint16: 4
    case .float, .uint32: 8
    case .uint64, .double: 16
    case .void, .bool, .int32, .named, .pointer, .constPointer:
      preconditionFailure("the program was verified")
    }
  }
}
