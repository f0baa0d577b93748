// Trusted: the fields are read as the article Evidence defines them.
/// Why a file proves nothing.
public struct ProofRejection: Error {
  public let reason: String
}

func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws(ProofRejection) {
  if !condition { throw ProofRejection(reason: reason()) }
}

/// Reads a file from its beginning; little-endian.
package struct ProofReader {
  let bytes: [UInt8]
  private(set) var position = 0
  var left: Int { bytes.count - position }

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func take(_ count: Int) throws(ProofRejection) -> ArraySlice<UInt8> {
    try require(count <= left, "the file ends too early")
    position += count
    return bytes[position - count..<position]
  }

  /// Seven bits a byte, the lowest first; a byte of at least 128 is not the last one.
  mutating func number(below limit: Int) throws(ProofRejection) -> Int {
    var (result, shift, byte) = (0, 0, 128)
    while byte >= 128 {
      try require(left > 0 && shift < 35, "the file ends too early, or a number is too long")
      byte = Int(bytes[position])
      result |= (byte & 127) << shift
      (position, shift) = (position + 1, shift + 7)
    }
    try require(result < limit, "a number is out of range")
    return result
  }

  /// How many things follow, of at least `size` bytes each.
  mutating func count(_ size: Int) throws(ProofRejection) -> Int { try number(below: left / size + 1) }

  /// A binary64 number, or a binary32 one if `size` is 4.
  mutating func double(_ size: Int = 8) throws(ProofRejection) -> Double {
    let bits = try take(size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let value = size == 4 ? Double(Float(bitPattern: UInt32(bits))) : Double(bitPattern: bits)
    try require(value.isFinite, "a number is not finite")
    return value
  }

  mutating func doubles(_ count: Int, _ size: Int = 8) throws(ProofRejection) -> [Double] {
    try require(count <= left / size, "the file ends too early")
    var result: [Double] = []
    for _ in 0..<count { result.append(try double(size)) }
    return result
  }
}

typealias Doubles = UnsafeMutablePointer<Double>
typealias Places = UnsafeMutablePointer<Int32>

/// Storage for the kernels, as long as its owner lives.
final class Arena {
  private var owned: [UnsafeMutableRawPointer] = []
  private(set) var size = 0

  func make<Element: BitwiseCopyable>(_ count: Int, _ value: Element) -> UnsafeMutablePointer<Element> {
    let bytes = max(count, 1) * MemoryLayout<Element>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    owned.append(memory)
    size += bytes
    return memory.initializeMemory(as: Element.self, repeating: value, count: max(count, 1))
  }

  deinit { for pointer in owned { pointer.deallocate() } }
}
