extension Expression {
  /// This expression with each of its parts replaced, operands before what they are operands of.
  public func mapped(_ transform: (Expression) -> Expression) -> Expression {
    func map(_ operand: Expression) -> Expression { operand.mapped(transform) }
    return switch self {
    case .name, .truth, .unsigned, .bits, .signed, .float, .double: transform(self)
    case .index(let array, let place): transform(.index(map(array), map(place)))
    case .field(let pointer, let name): transform(.field(map(pointer), name))
    case .call(let function, let arguments): transform(.call(function, arguments.map(map)))
    case .unary(let sign, let operand): transform(.unary(sign, map(operand)))
    case .complement(let operand): transform(.complement(map(operand)))
    case .binary(let left, let sign, let right): transform(.binary(map(left), sign, map(right)))
    case .all(let operands): transform(.all(operands.map(map)))
    case .any(let operands): transform(.any(operands.map(map)))
    case .conditional(let condition, let yes, let no):
      transform(.conditional(map(condition), then: map(yes), else: map(no)))
    case .cast(let type, let operand): transform(.cast(type, map(operand)))
    case .bitPattern(let operand): transform(.bitPattern(map(operand)))
    case .floatOfBits(let operand): transform(.floatOfBits(map(operand)))
    case .fusedMultiplyAdd(let a, let b, let c): transform(.fusedMultiplyAdd(map(a), map(b), map(c)))
    case .exactMultiplyAdd(let a, let b, let c): transform(.exactMultiplyAdd(map(a), map(b), map(c)))
    case .commented(let operand, let text): transform(.commented(map(operand), text))
    }
  }
}

extension Expression {
  /// The expressions that this one is made of directly.
  public var operands: [Expression] {
    switch self {
    case .name, .truth, .unsigned, .bits, .signed, .float, .double: []
    case .index(let array, let place): [array, place]
    case .field(let operand, _), .unary(_, let operand), .complement(let operand), .cast(_, let operand),
      .bitPattern(let operand), .floatOfBits(let operand), .commented(let operand, _):
      [operand]
    case .call(_, let operands), .all(let operands), .any(let operands): operands
    case .binary(let left, _, let right): [left, right]
    case .conditional(let condition, let yes, let no): [condition, yes, no]
    case .fusedMultiplyAdd(let a, let b, let c), .exactMultiplyAdd(let a, let b, let c): [a, b, c]
    }
  }

  /// Adds every name that the expression mentions, of functions as well.
  fileprivate func collectNames(_ names: inout Set<Identifier>) {
    switch self {
    case .name(let name), .call(let name, _): names.insert(name)
    case .truth, .unsigned, .bits, .signed, .float, .double, .index, .field, .unary, .complement, .binary,
      .all,
      .any, .conditional, .cast, .bitPattern, .floatOfBits, .fusedMultiplyAdd, .exactMultiplyAdd, .commented:
      break
    }
    for operand in operands { operand.collectNames(&names) }
  }
}

extension Statement {
  /// This statement with each part of its expressions replaced.
  public func mapped(_ transform: (Expression) -> Expression) -> Statement {
    func map(_ expression: Expression) -> Expression { expression.mapped(transform) }
    func map(_ block: [Statement]) -> [Statement] { block.map { $0.mapped(transform) } }
    return switch self {
    case .declare(let variable, .expression(let value)?): .declare(variable, .expression(map(value)))
    case .declare, .exitLoop, .nextRound, .result(nil), .comment, .annotation: self
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
    case .result(let value?): .result(map(value))
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
