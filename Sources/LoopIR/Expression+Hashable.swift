/// Expressions are equal if they are written alike. Numbers are equal if their bits are: 0 and -0 are different.
extension Expression: Hashable {
  /// All of an expression but its operands.
  private enum Head: Hashable {
    case name(Identifier)
    case truth(Bool)
    case unsigned(UInt32)
    case bits(UInt32)
    case signed(Int32)
    case float(bits: UInt32)
    case double(bits: UInt64)
    case index
    case field(Identifier)
    case call(Identifier)
    case unary(Unary)
    case complement
    case binary(Binary)
    case all
    case any
    case conditional
    case cast(ValueType)
    case bitPattern
    case floatOfBits
    case fusedMultiplyAdd
    case commented(String)
  }

  private var head: Head {
    switch self {
    case .name(let name): .name(name)
    case .truth(let value): .truth(value)
    case .unsigned(let value): .unsigned(value)
    case .bits(let value): .bits(value)
    case .signed(let value): .signed(value)
    case .float(let value): .float(bits: value.bitPattern)
    case .double(let value): .double(bits: value.bitPattern)
    case .index: .index
    case .field(_, let name): .field(name)
    case .call(let name, _): .call(name)
    case .unary(let sign, _): .unary(sign)
    case .complement: .complement
    case .binary(_, let sign, _): .binary(sign)
    case .all: .all
    case .any: .any
    case .conditional: .conditional
    case .cast(let type, _): .cast(type)
    case .bitPattern: .bitPattern
    case .floatOfBits: .floatOfBits
    case .fusedMultiplyAdd: .fusedMultiplyAdd
    case .commented(_, let text): .commented(text)
    }
  }

  public static func == (a: Expression, b: Expression) -> Bool {
    a.head == b.head && a.operands == b.operands
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(head)
    hasher.combine(operands)
  }
}
