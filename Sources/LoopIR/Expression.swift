/// An expression of a loop program. Operands are values of this type, so nothing here depends on how a target
/// language writes precedence or conversions.
///
/// Integers widen implicitly, from an unsigned type to a wider one; every other conversion is a ``cast``. Unsigned
/// arithmetic wraps. Each float operation is one rounded operation.
public indirect enum Expression: Sendable {
  public enum Unary: String, Sendable {
    case not = "!"
    case negate = "-"
    case addressOf = "&"
  }

  public enum Binary: String, Sendable {
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

    /// Whether the result is a truth value.
    public var isComparison: Bool {
      switch self {
      case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
      case .add, .subtract, .multiply, .divide, .shiftLeft, .shiftRight, .bitAnd, .bitOr: false
      }
    }
  }

  case name(Identifier)
  case truth(Bool)
  /// For example: `12u`.
  case unsigned(UInt32)
  /// For example: `0x7f800000u`.
  case bits(UInt32)
  /// A number of type `int32_t`. For example: `-1`.
  case signed(Int32)
  /// A finite binary32 number. For example: `0x1.8p+3f`.
  case float(Float)
  /// A finite binary64 number. For example: `0x1.8p+3`.
  case double(Double)
  /// For example: `raw[i]`.
  case index(Expression, Expression)
  /// A field of the structure that a pointer points to. For example: `result->choice`.
  case field(Expression, Identifier)
  case call(Identifier, [Expression])
  case unary(Unary, Expression)
  /// For example: `~mask`, of an unsigned number.
  case complement(Expression)
  case binary(Expression, Binary, Expression)
  /// Short-circuit conjunction; not empty.
  case all([Expression])
  /// Short-circuit disjunction; not empty.
  case any([Expression])
  case conditional(Expression, then: Expression, else: Expression)
  case cast(ValueType, Expression)
  /// The bits of a binary32 number, of type `uint32_t`.
  case bitPattern(Expression)
  /// The binary32 number with these bits.
  case floatOfBits(Expression)
  /// a * b + c in binary32 with one rounding.
  case fusedMultiplyAdd(Expression, Expression, Expression)
  /// a * b + c in binary64, where a and b are binary32 numbers that were converted. Binary64 holds their product
  /// exactly, so the sum is the only rounding, whether a back end makes one operation of it or two.
  case exactMultiplyAdd(Expression, Expression, Expression)
  /// The expression followed by a comment.
  case commented(Expression, String)
}

extension Expression: ExpressibleByIntegerLiteral {
  /// Counts and indices are unsigned: a literal is `12u`.
  public init(integerLiteral value: UInt32) { self = .unsigned(value) }

  /// A count or an index.
  /// - Requires: `count` is not negative and fits in 32 bits.
  public static func count(_ count: Int) -> Expression { .unsigned(UInt32(count)) }

  public static func + (a: Expression, b: Expression) -> Expression { .binary(a, .add, b) }
  public static func - (a: Expression, b: Expression) -> Expression { .binary(a, .subtract, b) }
  public static func * (a: Expression, b: Expression) -> Expression { .binary(a, .multiply, b) }
  public static func << (a: Expression, b: Expression) -> Expression { .binary(a, .shiftLeft, b) }
  public static func >> (a: Expression, b: Expression) -> Expression { .binary(a, .shiftRight, b) }
  public static func & (a: Expression, b: Expression) -> Expression { .binary(a, .bitAnd, b) }
  public static func | (a: Expression, b: Expression) -> Expression { .binary(a, .bitOr, b) }
  public static func < (a: Expression, b: Expression) -> Expression { .binary(a, .less, b) }
  public static func <= (a: Expression, b: Expression) -> Expression { .binary(a, .lessOrEqual, b) }
  public static func > (a: Expression, b: Expression) -> Expression { .binary(a, .greater, b) }
  public static func >= (a: Expression, b: Expression) -> Expression { .binary(a, .greaterOrEqual, b) }
  public static func == (a: Expression, b: Expression) -> Expression { .binary(a, .equal, b) }
  public static func != (a: Expression, b: Expression) -> Expression { .binary(a, .notEqual, b) }
  public static prefix func ! (a: Expression) -> Expression { .unary(.not, a) }
  public static prefix func ~ (a: Expression) -> Expression { .complement(a) }

  /// For example: `raw[i]`.
  public subscript(index: Expression) -> Expression { .index(self, index) }
}

extension Identifier {
  /// The name as an expression.
  public var expression: Expression { .name(self) }

  /// For example: `raw[i]`.
  public subscript(index: Expression) -> Expression { .index(.name(self), index) }

  /// For example: `memcpy(a, b, c)`.
  public func callAsFunction(_ arguments: Expression...) -> Expression { .call(self, arguments) }
}
