/// The C types that emitted code uses.
indirect enum CType: Sendable, Hashable {
  case void
  /// `int`, for truth values.
  case int
  case float
  case double
  case int32
  case uint8
  case uint16
  case uint32
  case uint64
  /// A typedef of the emitted header. For example: `acas_xu_n_1_1_result`.
  case named(CName)
  /// For example: `float *`.
  case pointer(CType)
  /// For example: `const float *`.
  case constPointer(CType)

  /// The narrowest unsigned type that holds `largest`.
  static func unsigned(holding largest: Int) -> CType {
    if largest <= Int(UInt8.max) { return .uint8 }
    return largest <= Int(UInt16.max) ? .uint16 : .uint32
  }
}
