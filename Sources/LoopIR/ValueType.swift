/// The types of a loop program, called as C calls them.
public indirect enum ValueType: Sendable, Hashable {
  case void
  /// Truth values: what comparisons give and conditions take. Nothing converts to or from it.
  case bool
  case float
  case double
  case int32
  case uint8
  case uint16
  case uint32
  case uint64
  /// A structure of the program. For example: `acas_xu_n_1_1_result`.
  case named(Identifier)
  /// For example: `float *`.
  case pointer(ValueType)
  /// For example: `const float *`.
  case constPointer(ValueType)

  /// The narrowest unsigned type that holds `largest`.
  public static func unsigned(holding largest: Int) -> ValueType {
    if largest <= Int(UInt8.max) { return .uint8 }
    return largest <= Int(UInt16.max) ? .uint16 : .uint32
  }
}
