extension Statement {
  /// The statement with every call replaced; arguments first.
  public func mapCalls(_ change: (Identifier, [Expression]) -> Expression) -> Statement {
    func map(_ expression: Expression) -> Expression { expression.mapCalls(change) }
    func map(_ block: [Statement]) -> [Statement] { block.map { $0.mapCalls(change) } }
    return switch self {
    case .declare(let variable, .expression(let value)): .declare(variable, .expression(map(value)))
    case .declare, .exitLoop, .nextRound, .comment, .annotation, .result(nil): self
    case .assign(let target, let value): .assign(map(target), map(value))
    case .update(let target, let sign, let value): .update(map(target), sign, map(value))
    case .discard(let value): .discard(map(value))
    case .call(let call): .call(map(call))
    case .branch(let condition, let yes, let no): .branch(map(condition), then: map(yes), else: map(no))
    case .count(let name, let start, let end, let body):
      .count(name, from: map(start), to: map(end), map(body))
    case .loop(let name, let start, let condition, let update, let bound, let body):
      .loop(
        name, from: map(start), while: map(condition), update: map(update), atMost: bound, map(body))
    case .result(.some(let value)): .result(map(value))
    }
  }
}

extension Expression {
  /// The expression with every call replaced; arguments first.
  public func mapCalls(_ change: (Identifier, [Expression]) -> Expression) -> Expression {
    func map(_ expression: Expression) -> Expression { expression.mapCalls(change) }
    return switch self {
    case .name, .truth, .unsigned, .bits, .signed, .float, .double: self
    case .index(let array, let index): .index(map(array), map(index))
    case .field(let pointer, let name): .field(map(pointer), name)
    case .call(let name, let arguments): change(name, arguments.map(map))
    case .unary(let sign, let operand): .unary(sign, map(operand))
    case .complement(let operand): .complement(map(operand))
    case .binary(let left, let sign, let right): .binary(map(left), sign, map(right))
    case .all(let operands): .all(operands.map(map))
    case .any(let operands): .any(operands.map(map))
    case .conditional(let condition, let yes, let no):
      .conditional(map(condition), then: map(yes), else: map(no))
    case .cast(let type, let operand): .cast(type, map(operand))
    case .bitPattern(let operand): .bitPattern(map(operand))
    case .floatOfBits(let operand): .floatOfBits(map(operand))
    case .fusedMultiplyAdd(let a, let b, let c): .fusedMultiplyAdd(map(a), map(b), map(c))
    case .commented(let operand, let text): .commented(map(operand), text)
    }
  }

  /// Adds every name that the expression mentions, of functions as well.
  fileprivate func collectNames(_ names: inout Set<Identifier>) {
    switch self {
    case .name(let name): names.insert(name)
    case .truth, .unsigned, .bits, .signed, .float, .double: break
    case .index(let a, let b), .binary(let a, _, let b):
      a.collectNames(&names)
      b.collectNames(&names)
    case .call(let name, let arguments):
      names.insert(name)
      for argument in arguments { argument.collectNames(&names) }
    case .field(let operand, _), .unary(_, let operand), .complement(let operand), .cast(_, let operand),
      .bitPattern(let operand), .floatOfBits(let operand), .commented(let operand, _):
      operand.collectNames(&names)
    case .all(let operands), .any(let operands): for operand in operands { operand.collectNames(&names) }
    case .conditional(let a, let b, let c), .fusedMultiplyAdd(let a, let b, let c):
      for operand in [a, b, c] { operand.collectNames(&names) }
    }
  }
}

extension [Statement] {
  /// Every name that the expressions of the block mention, of functions as well.
  public var names: Set<Identifier> {
    var names: Set<Identifier> = []
    for statement in self { statement.collectNames(&names) }
    return names
  }
}

extension Statement {
  fileprivate func collectNames(_ names: inout Set<Identifier>) {
    switch self {
    case .declare(_, .expression(let value)), .discard(let value), .call(let value),
      .result(.some(let value)):
      value.collectNames(&names)
    case .declare, .exitLoop, .nextRound, .comment, .annotation, .result(nil): break
    case .assign(let target, let value), .update(let target, _, let value):
      target.collectNames(&names)
      value.collectNames(&names)
    case .branch(let condition, let yes, let no):
      condition.collectNames(&names)
      names.formUnion(yes.names)
      names.formUnion(no.names)
    case .count(_, let start, let end, let body):
      start.collectNames(&names)
      end.collectNames(&names)
      names.formUnion(body.names)
    case .loop(_, let start, let condition, let update, _, let body):
      for expression in [start, condition, update] { expression.collectNames(&names) }
      names.formUnion(body.names)
    }
  }
}
