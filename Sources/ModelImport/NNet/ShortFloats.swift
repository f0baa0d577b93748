/// Short decimals, which are nearly all that a file has, without making a text of each: ten times as fast.
extension NNetScanner {
  /// The binary32 numbers nearest to those of the next line, if it has `count` numbers and each is short: at
  /// most 2^24 without its point, and within 10^10 of that. Otherwise `nil`, and nothing is read.
  mutating func shortFloats(count: Int) -> [Float]? {
    var reader = ShortFloatReader(bytes: bytes, position: position)
    var floats: [Float] = []
    floats.reserveCapacity(min(count, bytes.count))
    for number in 0..<count {
      guard let value = reader.next() else { return nil }
      floats.append(value)
      reader.skipBlanks()
      if number + 1 < count, !reader.skip(UInt8(ascii: ",")) { return nil }
    }
    if reader.skip(UInt8(ascii: ",")) { reader.skipBlanks() }
    _ = reader.skip(UInt8(ascii: "\r"))
    guard reader.skip(UInt8(ascii: "\n")) else { return nil }
    move(to: reader.position)
    return floats
  }
}

private struct ShortFloatReader {
  let bytes: [UInt8]
  var position: Int

  private var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

  mutating func skip(_ expected: UInt8) -> Bool {
    if byte != expected { return false }
    position += 1
    return true
  }

  mutating func skipBlanks() {
    while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
  }

  /// Both the digits and the power of ten are binary32 numbers here, so that one multiplication or division
  /// rounds once: the result is the nearest float.
  mutating func next() -> Float? {
    skipBlanks()
    let isNegative = byte == UInt8(ascii: "-")
    if isNegative || byte == UInt8(ascii: "+") { position += 1 }
    var digits: UInt32 = 0
    var (digitCount, decimals) = (0, 0)
    var isBehindPoint = false
    while true {
      let value = byte &- UInt8(ascii: "0")
      if value <= 9 {
        digits = digits * 10 + UInt32(value)
        guard digits <= 1 << 24 else { return nil }
        digitCount += 1
        if isBehindPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !isBehindPoint {
        isBehindPoint = true
      } else {
        break
      }
      position += 1
    }
    guard digitCount > 0, digitCount <= 100, let exponent = exponent() else { return nil }
    let power = exponent - decimals
    guard abs(power) <= 10 else { return nil }
    let magnitude =
      power < 0
      ? Float(digits) / Self.powersOfTen[-power] : Float(digits) * Self.powersOfTen[power]
    return isNegative ? -magnitude : magnitude
  }

  /// 0 if there is none; `nil` if it is not short.
  private mutating func exponent() -> Int? {
    guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") else { return 0 }
    position += 1
    let isNegative = byte == UInt8(ascii: "-")
    if isNegative || byte == UInt8(ascii: "+") { position += 1 }
    var (value, digitCount) = (0, 0)
    while case let digit = byte &- UInt8(ascii: "0"), digit <= 9 {
      value = value * 10 + Int(digit)
      digitCount += 1
      guard digitCount <= 3 else { return nil }
      position += 1
    }
    return digitCount == 0 ? nil : isNegative ? -value : value
  }

  private static let powersOfTen: [Float] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10]
}
