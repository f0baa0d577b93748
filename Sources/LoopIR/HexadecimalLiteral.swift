extension UInt32 {
  /// The number as C and Swift write it, in eight digits. For example: `0x7f800000`.
  package var hexadecimalLiteral: String {
    let digits = String(self, radix: 16)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
