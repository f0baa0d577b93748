/// A C statement.
indirect enum CStatement: Sendable {
  /// For example: `uint32_t count[5];` or `const float x = input[k];`.
  case declare(CVariable, CInitializer?)
  case assign(CExpression, CExpression)
  /// For example: `count[i] += 1u;`.
  case update(CExpression, CExpression.Binary, CExpression)
  /// A call for its effect, whose value is of no interest. For example: `(void)memcpy(...);`.
  case discard(CExpression)
  /// A call of a function without result.
  case call(CExpression)
  case branch(CExpression, then: [CStatement], else: [CStatement])
  /// For example: `for (uint32_t i = 0u; i < 5u; ++i) { ... }`.
  case count(CName, from: CExpression, to: CExpression, [CStatement])
  /// For example: `for (uint32_t step = 8u; step > 0u; step = step >> 1u) { ... }`.
  case loop(CName, from: CExpression, while: CExpression, update: CExpression, [CStatement])
  case exitLoop
  case nextRound
  case result(CExpression?)
  case comment(String)
}

/// A variable or parameter.
struct CVariable: Sendable {
  let name: CName
  let type: CType
  /// `nil` for a scalar.
  let count: Int?
  let isConstant: Bool

  init(_ type: CType, _ name: CName, count: Int? = nil, isConstant: Bool = false) {
    self.name = name
    self.type = type
    self.count = count
    self.isConstant = isConstant
  }
}

/// What a variable starts with.
enum CInitializer: Sendable {
  case expression(CExpression)
  /// For example: `{0}`, every element zero.
  case zeros
  case floats([Float])
  case unsigned([UInt32])
  case bits([UInt32])
}

/// Builds blocks of statements with Swift's own `if` for what is emitted only where it is needed.
@resultBuilder
enum CBlock {
  static func buildExpression(_ statement: CStatement) -> [CStatement] { [statement] }
  static func buildExpression(_ statements: [CStatement]) -> [CStatement] { statements }
  static func buildBlock(_ parts: [CStatement]...) -> [CStatement] { parts.flatMap { $0 } }
  static func buildOptional(_ part: [CStatement]?) -> [CStatement] { part ?? [] }
  static func buildEither(first part: [CStatement]) -> [CStatement] { part }
  static func buildEither(second part: [CStatement]) -> [CStatement] { part }
  static func buildArray(_ parts: [[CStatement]]) -> [CStatement] { parts.flatMap { $0 } }
}

extension CStatement {
  /// For example: `uint32_t i;`.
  static func declare(_ type: CType, _ name: CName, count: Int? = nil) -> CStatement {
    .declare(CVariable(type, name, count: count), nil)
  }

  /// For example: `float s = raw[0u];`.
  static func variable(_ type: CType, _ name: CName, _ value: CExpression) -> CStatement {
    .declare(CVariable(type, name), .expression(value))
  }

  /// For example: `const float s = raw[0u];`.
  static func constant(_ type: CType, _ name: CName, _ value: CExpression) -> CStatement {
    .declare(CVariable(type, name, isConstant: true), .expression(value))
  }

  /// For example: `uint32_t seen[5] = {0};`.
  static func zeroed(_ type: CType, _ name: CName, count: Int) -> CStatement {
    .declare(CVariable(type, name, count: count), .zeros)
  }

  static func when(_ condition: CExpression, @CBlock _ body: () -> [CStatement]) -> CStatement {
    .branch(condition, then: body(), else: [])
  }

  static func when(
    _ condition: CExpression, @CBlock _ body: () -> [CStatement], @CBlock otherwise: () -> [CStatement]
  ) -> CStatement {
    .branch(condition, then: body(), else: otherwise())
  }

  /// A counting loop with its own index variable.
  static func each(
    _ name: CName, from start: CExpression = 0, to end: CExpression, @CBlock _ body: () -> [CStatement]
  ) -> CStatement {
    .count(name, from: start, to: end, body())
  }

  /// For example: `return 1;`.
  static func give(_ value: CExpression) -> CStatement { .result(value) }

  /// A truth value as C has it.
  static func give(_ value: Bool) -> CStatement { .result(.signed(value ? 1 : 0)) }
}
