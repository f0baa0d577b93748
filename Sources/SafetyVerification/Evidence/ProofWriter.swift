/// Writes the fields of a proof: numbers with seven bits a byte, others little-endian (see the article Evidence).
struct ProofWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  mutating func append(_ other: [UInt8]) { bytes += other }

  mutating func number(_ value: Int) {
    var rest = value
    while rest >= 128 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func pattern(_ value: UInt64, _ size: Int) {
    for index in 0..<size { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))) }
  }

  mutating func double(_ value: Double) { pattern(value.bitPattern, 8) }

  mutating func doubles(_ values: [Double]) { for value in values { double(value) } }
}
