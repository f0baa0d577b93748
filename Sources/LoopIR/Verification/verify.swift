extension LoopProgram {
  /// Checks that
  /// - every name is declared once, before it is used, and none hides another;
  /// - functions call only those declared before them, with arguments of their types;
  /// - types agree, without any conversion but the widening of unsigned integers;
  /// - nothing constant is assigned to, and indices are unsigned;
  /// - a function with a result ends with `return`.
  ///
  /// - Throws: the first violation.
  public func verify() throws(LoopViolation) {
    var scope = Scope()
    for declaration in declarations {
      do throws(ScopeError) {
        switch declaration {
        case .comment: break
        case .constants(let constants): for constant in constants { try scope.declare(constant) }
        case .structure(let structure): try scope.declare(structure)
        case .table(let table): try scope.declareChecked(table)
        case .function(let function):
          try scope.verify(function)
          try scope.declare(function)
        }
      } catch {
        throw LoopViolation(declaration: declaration.name, problem: error.problem)
      }
    }
  }
}

extension Declaration {
  /// The name declared, for messages.
  var name: String {
    switch self {
    case .comment: "comment"
    case .constants(let constants): constants.first?.name.spelling ?? "constants"
    case .structure(let structure): structure.name.spelling
    case .table(let table): table.name.spelling
    case .function(let function): function.name.spelling
    }
  }
}

extension Scope {
  fileprivate mutating func declareChecked(_ table: Table) throws(ScopeError) {
    let isRight =
      switch table.values {
      case .floats(let values): table.type == .float && values.count == table.count
      case .doubles(let values): table.type == .double && values.count == table.count
      case .unsigned(let values), .bits(let values):
        values.count == table.count
          && (table.type.unsignedWidth.map { width in
            width >= 32 || values.allSatisfy { $0 < 1 << width }
          } ?? false)
      case .zeros, .expression: false
      }
    guard isRight else { throw ScopeError("the values do not fit its type or size") }
    try declare(table.name, Meaning(type: table.type, isArray: true, isConstant: true))
  }

  fileprivate func verify(_ function: Function) throws(ScopeError) {
    var scope = self
    for parameter in function.parameters { try scope.declare(parameter) }
    try scope.verify(function.body, returning: function.type, inLoop: false)
    if function.type != .void {
      guard case .result(.some)? = function.body.last else {
        throw ScopeError("it does not end with its result")
      }
    }
  }

  /// Verifies the statements of a block; what it declares ends with it.
  private func verify(
    _ block: [Statement], returning result: ValueType, inLoop: Bool
  ) throws(ScopeError) {
    var scope = self
    for statement in block { try scope.verify(statement, returning: result, inLoop: inLoop) }
  }

  private mutating func verify(
    _ statement: Statement, returning result: ValueType, inLoop: Bool
  ) throws(ScopeError) {
    switch statement {
    case .comment, .annotation: break
    case .declare(let variable, let initializer):
      try verify(initializer, of: variable)
      try declare(variable)
    case .assign(let target, let value):
      try requireFits(value, try typeOfTarget(target), "a value")
    case .update(let target, let sign, let value):
      try requireFits(.binary(target, sign, value), try typeOfTarget(target), "an update")
    case .discard(let value): _ = try type(of: value)
    case .call(let call):
      guard try type(of: call) == .void else { throw ScopeError("a result is not used") }
    case .branch(let condition, let yes, let no):
      try requireTruth(condition)
      try verify(yes, returning: result, inLoop: inLoop)
      try verify(no, returning: result, inLoop: inLoop)
    case .count(let name, let start, let end, let body):
      try requireUnsigned(start, "a start")
      try requireUnsigned(end, "an end")
      try verify(loop: name, body, returning: result)
    case .loop(let name, let start, let condition, let update, _, let body):
      try requireUnsigned(start, "a start")
      var scope = self
      try scope.declare(Variable(.uint32, name))
      try scope.requireTruth(condition)
      try scope.requireUnsigned(update, "an update of a counter")
      try verify(loop: name, body, returning: result)
    case .exitLoop, .nextRound:
      if !inLoop { throw ScopeError("a jump outside of a loop") }
    case .result(let value):
      guard let value else {
        if result != .void { throw ScopeError("a return without result") }
        return
      }
      try requireFits(value, result, "the result")
    }
  }

  private func verify(
    loop name: Identifier, _ body: [Statement], returning result: ValueType
  ) throws(ScopeError) {
    var scope = self
    try scope.declare(Variable(.uint32, name))
    try scope.verify(body, returning: result, inLoop: true)
  }

  private func verify(_ initializer: Initializer?, of variable: Variable) throws(ScopeError) {
    switch initializer {
    case nil, .zeros?: break
    case .expression(let value)?:
      if variable.count != nil { throw ScopeError("an array is not one value") }
      try requireFits(value, variable.type, "`\(variable.name.spelling)`")
    case .floats(let values)?:
      guard variable.type == .float, variable.count == values.count else {
        throw ScopeError("the values do not fit `\(variable.name.spelling)`")
      }
    case .doubles(let values)?:
      guard variable.type == .double, variable.count == values.count else {
        throw ScopeError("the values do not fit `\(variable.name.spelling)`")
      }
    case .unsigned(let values)?, .bits(let values)?:
      guard variable.type.unsignedWidth != nil, variable.count == values.count else {
        throw ScopeError("the values do not fit `\(variable.name.spelling)`")
      }
    }
  }

  /// The type of a place that can be assigned to.
  private func typeOfTarget(_ target: Expression) throws(ScopeError) -> ValueType {
    switch target {
    case .name(let name):
      guard let meaning = meanings[name], !meaning.isArray, !meaning.isConstant else {
        throw ScopeError("`\(name.spelling)` can't be assigned to")
      }
      return meaning.type
    case .index(let array, let index):
      try requireUnsigned(index, "an index")
      guard case .pointer(let type) = try type(of: array) else {
        throw ScopeError("an element of a constant array is assigned to")
      }
      return type
    case .field(let pointer, let name):
      let field = try field(name, of: pointer)
      if field.isConstant || field.isArray { throw ScopeError("`\(name.spelling)` can't be assigned to") }
      return field.type
    case .truth, .unsigned, .bits, .signed, .float, .double, .call, .unary, .complement, .binary, .all, .any,
      .conditional, .cast, .bitPattern, .floatOfBits, .fusedMultiplyAdd, .exactMultiplyAdd, .commented:
      throw ScopeError("an expression is assigned to")
    }
  }
}
