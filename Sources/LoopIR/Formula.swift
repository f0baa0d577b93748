/// A statement about a state of a program.
public indirect enum Formula: Sendable {
  case truth(Bool)
  /// A truth value of the program.
  case holds(Term)
  case compare(Term, Expression.Binary, Term)
  case not(Formula)
  /// True if empty.
  case all([Formula])
  /// False if empty.
  case any([Formula])
  case implies(Formula, Formula)
  case equivalent(Formula, Formula)
  /// For all integers, or for some.
  case forAll([Identifier], Formula)
  case exists([Identifier], Formula)
  case predicate(Identifier, [Term])
  case readable(MemoryRange)
  case writable(MemoryRange)
  /// No two of the ranges overlap.
  case separated([MemoryRange])
}

/// A value in a ``Formula``: integers are those of mathematics.
public indirect enum Term: Sendable {
  case name(Identifier)
  case integer(Int)
  /// What the function returns.
  case result
  case index(Term, Term)
  /// A field of the structure that a pointer points to.
  case field(Term, Identifier)
  case arithmetic(Term, Arithmetic, Term)
  /// Where the element is.
  case address(Term)
  /// The value when control came to the loop.
  case atLoopEntry(Term)

  public enum Arithmetic: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    /// Rounds towards zero.
    case divide = "/"
    case remainder = "%"
  }
}

/// Elements `0 ..< count` of an array, or one variable or structure.
public enum MemoryRange: Sendable {
  case elements(Term, count: Int)
  case span(Term, count: Term)
  case one(Term)
}

extension Term: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self = .integer(value) }

  public subscript(index: Term) -> Term { .index(self, index) }

  public static func + (a: Term, b: Term) -> Term { .arithmetic(a, .add, b) }
  public static func - (a: Term, b: Term) -> Term { .arithmetic(a, .subtract, b) }
  public static func * (a: Term, b: Term) -> Term { .arithmetic(a, .multiply, b) }
  public static func / (a: Term, b: Term) -> Term { .arithmetic(a, .divide, b) }
  public static func % (a: Term, b: Term) -> Term { .arithmetic(a, .remainder, b) }
  public static func < (a: Term, b: Term) -> Formula { .compare(a, .less, b) }
  public static func <= (a: Term, b: Term) -> Formula { .compare(a, .lessOrEqual, b) }
  public static func > (a: Term, b: Term) -> Formula { .compare(a, .greater, b) }
  public static func >= (a: Term, b: Term) -> Formula { .compare(a, .greaterOrEqual, b) }
  public static func == (a: Term, b: Term) -> Formula { .compare(a, .equal, b) }
  public static func != (a: Term, b: Term) -> Formula { .compare(a, .notEqual, b) }
}

extension Identifier {
  /// The name as a value in a formula.
  public var term: Term { .name(self) }
}

extension Formula {
  /// `low <= value < high`.
  public static func range(_ low: Term, _ value: Term, below high: Term) -> Formula {
    .all([low <= value, value < high])
  }

  /// `low <= value <= high`.
  public static func range(_ low: Term, _ value: Term, through high: Term) -> Formula {
    .all([low <= value, value <= high])
  }
}
