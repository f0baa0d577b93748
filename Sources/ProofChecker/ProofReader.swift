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

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  var left: Int { bytes.count - position }

  mutating func take(_ count: Int) throws(ProofRejection) -> ArraySlice<UInt8> {
    try require(count <= left, "the file ends too early")
    position += count
    return bytes[position - count..<position]
  }

  mutating func byte() throws(ProofRejection) -> UInt8 {
    try require(left > 0, "the file ends too early")
    position += 1
    return bytes[position - 1]
  }

  /// Seven bits a byte, the lowest first; a byte of at least 128 is not the last one.
  mutating func number(below limit: Int) throws(ProofRejection) -> Int {
    var (result, shift) = (0, 0)
    while true {
      let byte = try byte()
      result |= Int(byte & 127) << shift
      if byte < 128 { break }
      shift += 7
      try require(shift < 35, "a number is too long")
    }
    try require(result < limit, "a number is out of range")
    return result
  }

  /// How many things follow, of at least `size` bytes each.
  mutating func count(_ size: Int) throws(ProofRejection) -> Int { try number(below: left / size + 1) }

  mutating func pattern(_ size: Int) throws(ProofRejection) -> UInt64 {
    try require(size <= left, "the file ends too early")
    var result: UInt64 = 0
    for index in 0..<size { result |= UInt64(bytes[position + index]) << UInt64(8 * index) }
    position += size
    return result
  }

  mutating func double() throws(ProofRejection) -> Double {
    let value = Double(bitPattern: try pattern(8))
    try require(value.isFinite, "a number is not finite")
    return value
  }

  mutating func doubles(_ count: Int) throws(ProofRejection) -> [Double] {
    try require(count <= left / 8, "the file ends too early")
    var result: [Double] = []
    for _ in 0..<count { result.append(try double()) }
    return result
  }
}

/// Storage for the kernels, as long as its owner lives.
final class Arena {
  private var owned: [UnsafeMutableRawPointer] = []

  func make<Element: BitwiseCopyable>(_ count: Int, _ value: Element) -> UnsafeMutablePointer<Element> {
    let pointer = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
    pointer.initialize(repeating: value, count: max(count, 1))
    owned.append(pointer)
    return pointer
  }

  func copy<Element: BitwiseCopyable>(_ values: [Element], or value: Element) -> UnsafeMutablePointer<Element>
  {
    let pointer = make(values.count, value)
    for (index, value) in values.enumerated() { pointer[index] = value }
    return pointer
  }

  deinit { for pointer in owned { pointer.deallocate() } }
}

typealias Doubles = UnsafeMutablePointer<Double>
typealias Places = UnsafeMutablePointer<Int32>
