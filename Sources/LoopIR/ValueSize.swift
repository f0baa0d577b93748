extension ValueType {
  /// The bytes of a number of this type.
  ///
  /// - Requires: it is a number.
  public var size: Int {
    switch self {
    case .bool, .uint8: 1
    case .uint16: 2
    case .int32, .uint32, .float: 4
    case .uint64, .double: 8
    case .void, .named, .pointer, .constPointer: preconditionFailure("\(self) has no size of its own")
    }
  }
}
