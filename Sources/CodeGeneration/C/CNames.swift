import LoopIR

/// What C needs names for besides the program's own.
struct CNames: Sendable {
  /// `static uint32_t NAME(float value)`.
  let bitsOfFloat: Identifier
  /// `static float NAME(uint32_t bits)`.
  let floatOfBits: Identifier
  /// A macro before loops over neighbouring channels.
  let laneLoop: Identifier
  /// A macro before loops around those.
  let tileLoop: Identifier
  /// A macro that aligns a table of weights for vector instructions.
  let aligned: Identifier

  /// A macro: a * b + c in binary64 of a and b that are binary32 numbers.
  let exactMultiplyAdd: Identifier

  static let fmaf = Identifier("fmaf")
}
