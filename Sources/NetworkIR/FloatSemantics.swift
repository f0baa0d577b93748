/// How a sum of products rounds.
public enum FloatSemantics: String, Sendable, CaseIterable {
  /// Product and sum are rounded, one after the other; nothing is contracted.
  case contractOff = "contract-off"
  /// Each product and its addition are one operation with one rounding (IEEE 754 fusedMultiplyAdd).
  case fma
  /// The sums of layers are kept in binary64 and rounded to binary32 when they are finished. Products of binary32
  /// numbers are exact in binary64, so each step is rounded once, whether it is contracted or not; see ``WideSum``.
  case binary64Sums = "binary64-sums"

  /// `sum + weight * value` in binary32, for sums of two numbers: those of layers are ``ProductSum``s.
  @inline(__always)
  public func accumulate(_ sum: Float, _ weight: Float, _ value: Float) -> Float {
    switch self {
    case .contractOff, .binary64Sums: sum + weight * value
    case .fma: sum.addingProduct(weight, value)
    }
  }
}
