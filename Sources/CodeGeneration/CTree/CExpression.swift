/// A C expression. Operands are values of this type, so parentheses always balance; the renderer adds
/// them where C's precedence would read something else, and where compilers ask for them.
indirect enum CExpression: Sendable {
  enum Unary: String, Sendable {
    case not = "!"
    case negate = "-"
    case addressOf = "&"
  }

  enum Binary: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case bitAnd = "&"
    case bitOr = "|"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
  }

  case name(CName)
  /// For example: `12u`.
  case unsigned(UInt32)
  /// For example: `0x7f800000u`.
  case bits(UInt32)
  /// A number of type `int`. For example: `-1`.
  case signed(Int32)
  /// A finite binary32 number. For example: `0x1.8p+3f`.
  case float(Float)
  /// A finite binary64 number. For example: `0x1.8p+3`.
  case double(Double)
  /// For example: `raw[i]`.
  case index(CExpression, CExpression)
  /// For example: `result->choice`.
  case arrow(CExpression, CName)
  case call(CName, [CExpression])
  case unary(Unary, CExpression)
  /// For example: `~mask`, of an unsigned number.
  case complement(CExpression)
  case binary(CExpression, Binary, CExpression)
  /// Short-circuit conjunction; not empty.
  case all([CExpression])
  /// Short-circuit disjunction; not empty.
  case any([CExpression])
  case conditional(CExpression, then: CExpression, else: CExpression)
  case cast(CType, CExpression)
  case sizeof(CExpression)
  /// The expression followed by a comment.
  case commented(CExpression, String)
}

extension CExpression: ExpressibleByIntegerLiteral {
  /// Counts and indices are unsigned: a literal is `12u`.
  init(integerLiteral value: UInt32) { self = .unsigned(value) }

  /// A count or an index.
  /// - Requires: `count` is not negative and fits in 32 bits.
  static func count(_ count: Int) -> CExpression { .unsigned(UInt32(count)) }

  static func + (a: CExpression, b: CExpression) -> CExpression { .binary(a, .add, b) }
  static func - (a: CExpression, b: CExpression) -> CExpression { .binary(a, .subtract, b) }
  static func * (a: CExpression, b: CExpression) -> CExpression { .binary(a, .multiply, b) }
  static func << (a: CExpression, b: CExpression) -> CExpression { .binary(a, .shiftLeft, b) }
  static func >> (a: CExpression, b: CExpression) -> CExpression { .binary(a, .shiftRight, b) }
  static func & (a: CExpression, b: CExpression) -> CExpression { .binary(a, .bitAnd, b) }
  static func | (a: CExpression, b: CExpression) -> CExpression { .binary(a, .bitOr, b) }
  static func < (a: CExpression, b: CExpression) -> CExpression { .binary(a, .less, b) }
  static func <= (a: CExpression, b: CExpression) -> CExpression { .binary(a, .lessOrEqual, b) }
  static func > (a: CExpression, b: CExpression) -> CExpression { .binary(a, .greater, b) }
  static func >= (a: CExpression, b: CExpression) -> CExpression { .binary(a, .greaterOrEqual, b) }
  static func == (a: CExpression, b: CExpression) -> CExpression { .binary(a, .equal, b) }
  static func != (a: CExpression, b: CExpression) -> CExpression { .binary(a, .notEqual, b) }
  static prefix func ! (a: CExpression) -> CExpression { .unary(.not, a) }
  static prefix func ~ (a: CExpression) -> CExpression { .complement(a) }

  /// For example: `raw[i]`.
  subscript(index: CExpression) -> CExpression { .index(self, index) }
}

extension CName {
  /// The name as an expression.
  var expression: CExpression { .name(self) }

  /// For example: `raw[i]`.
  subscript(index: CExpression) -> CExpression { .index(.name(self), index) }

  /// For example: `memcpy(a, b, c)`.
  func callAsFunction(_ arguments: CExpression...) -> CExpression { .call(self, arguments) }
}
