import LoopIR

/// What C needs names for besides the program's own.
struct CNames: Sendable {
  /// `static uint32_t NAME(float value)`.
  let bitsOfFloat: Identifier
  /// `static float NAME(uint32_t bits)`.
  let floatOfBits: Identifier

  static let fmaf = Identifier("fmaf")
}
