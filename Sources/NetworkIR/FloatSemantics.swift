/// How a sum of products rounds.
public enum FloatSemantics: String, Sendable, CaseIterable {
  /// Product and sum are rounded, one after the other; nothing is contracted.
  case contractOff = "contract-off"
  /// Each product and its addition are one operation with one rounding (IEEE 754 fusedMultiplyAdd).
  case fma

  /// `sum + weight * value`.
  @inline(__always)
  public func accumulate(_ sum: Float, _ weight: Float, _ value: Float) -> Float {
    switch self {
    case .contractOff: sum + weight * value
    case .fma: sum.addingProduct(weight, value)
    }
  }
}
