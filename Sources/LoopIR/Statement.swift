/// A statement of a loop program.
public indirect enum Statement: Sendable {
  /// For example: `uint32_t count[5];` or `const float x = input[k];`.
  case declare(Variable, Initializer?)
  case assign(Expression, Expression)
  /// For example: `count[i] += 1u;`.
  case update(Expression, Expression.Binary, Expression)
  /// A call for its effect, whose value is of no interest, or a parameter that is not read. For example: `(void)input;`.
  case discard(Expression)
  /// A call of a function without result.
  case call(Expression)
  case branch(Expression, then: [Statement], else: [Statement])
  /// For example: `for (uint32_t i = 0u; i < 5u; ++i) { ... }`.
  case count(Identifier, from: Expression, to: Expression, [Statement])
  /// For example: `for (uint32_t step = 8u; step > 0u; step = step >> 1u) { ... }`.
  ///
  /// - Parameter atMost: a bound on the number of rounds for every input; `nil` where the condition compares the
  ///   counter with a constant and the update adds a constant.
  case loop(
    Identifier, from: Expression, while: Expression, update: Expression, atMost: Int? = nil, [Statement])
  case exitLoop
  case nextRound
  case result(Expression?)
  case comment(String)
  /// What a tool that proves programs is told; it has no effect.
  case annotation(Annotation)
}

/// A variable or parameter.
public struct Variable: Sendable, Hashable {
  public let name: Identifier
  public let type: ValueType
  /// `nil` for a scalar.
  public let count: Int?
  public let isConstant: Bool

  public init(_ type: ValueType, _ name: Identifier, count: Int? = nil, isConstant: Bool = false) {
    self.name = name
    self.type = type
    self.count = count
    self.isConstant = isConstant
  }
}

/// What a variable starts with.
public enum Initializer: Sendable {
  case expression(Expression)
  /// For example: `{0}`, every element zero.
  case zeros
  case floats([Float])
  case doubles([Double])
  case unsigned([UInt32])
  case bits([UInt32])
}

/// Builds blocks of statements with Swift's own `if` for what is emitted only where it is needed.
@resultBuilder
public enum BlockBuilder {
  public static func buildExpression(_ statement: Statement) -> [Statement] { [statement] }
  public static func buildExpression(_ statements: [Statement]) -> [Statement] { statements }
  public static func buildBlock(_ parts: [Statement]...) -> [Statement] { parts.flatMap { $0 } }
  public static func buildOptional(_ part: [Statement]?) -> [Statement] { part ?? [] }
  public static func buildEither(first part: [Statement]) -> [Statement] { part }
  public static func buildEither(second part: [Statement]) -> [Statement] { part }
  public static func buildArray(_ parts: [[Statement]]) -> [Statement] { parts.flatMap { $0 } }
}

extension Statement {
  /// For example: `uint32_t i;`.
  public static func declare(_ type: ValueType, _ name: Identifier, count: Int? = nil) -> Statement {
    .declare(Variable(type, name, count: count), nil)
  }

  /// For example: `float s = raw[0u];`.
  public static func variable(_ type: ValueType, _ name: Identifier, _ value: Expression) -> Statement {
    .declare(Variable(type, name), .expression(value))
  }

  /// For example: `const float s = raw[0u];`.
  public static func constant(_ type: ValueType, _ name: Identifier, _ value: Expression) -> Statement {
    .declare(Variable(type, name, isConstant: true), .expression(value))
  }

  /// For example: `uint32_t seen[5] = {0};`.
  public static func zeroed(_ type: ValueType, _ name: Identifier, count: Int) -> Statement {
    .declare(Variable(type, name, count: count), .zeros)
  }

  public static func when(_ condition: Expression, @BlockBuilder _ body: () -> [Statement]) -> Statement {
    .branch(condition, then: body(), else: [])
  }

  public static func when(
    _ condition: Expression, @BlockBuilder _ body: () -> [Statement],
    @BlockBuilder otherwise: () -> [Statement]
  ) -> Statement {
    .branch(condition, then: body(), else: otherwise())
  }

  /// A counting loop with its own index variable.
  public static func each(
    _ name: Identifier, from start: Expression = 0, to end: Expression,
    @BlockBuilder _ body: () -> [Statement]
  ) -> Statement {
    .count(name, from: start, to: end, body())
  }

  /// For example: `return 1;`.
  public static func give(_ value: Expression) -> Statement { .result(value) }

  /// For example: `return true;`.
  public static func give(_ value: Bool) -> Statement { .result(.truth(value)) }
}
