/// The parameters and statements of a function in a form that can be compared: equal if they are written alike. Numbers
/// are alike if their bits are: 0 and -0 are different.
///
/// Expressions themselves have no `==` for this: between them it makes a comparison of the program.
public struct CodeKey: Sendable, Hashable {
  /// Expressions and statements without their operands, which follow. Lists say how many there are, so no two pieces of
  /// code have the same parts.
  private enum Part: Hashable {
    case name(Identifier)
    case truth(Bool)
    case unsigned(UInt32)
    case bits(UInt32)
    case signed(Int32)
    case float(bits: UInt32)
    case double(bits: UInt64)
    case index
    case field(Identifier)
    case call(Identifier, arguments: Int)
    case unary(Expression.Unary)
    case complement
    case binary(Expression.Binary)
    case all(Int)
    case any(Int)
    case conditional
    case cast(ValueType)
    case bitPattern
    case floatOfBits
    case fusedMultiplyAdd
    case exactMultiplyAdd
    case commented(String)

    case variable(Variable)
    case zeros
    case floats(bits: [UInt32])
    case list(isOfBits: Bool, [UInt32])
    case nothing
    case assign
    case update(Expression.Binary)
    case discard
    case effect
    case branch
    case count(Identifier)
    case loop(Identifier, atMost: Int?)
    case exitLoop
    case nextRound
    case result
    case comment(String)
    case block(Int)
  }

  private var parts: [Part] = []

  /// - Requires: the statements have no annotations.
  public init(_ parameters: [Variable], _ block: [Statement]) {
    parts = parameters.map { .variable($0) }
    append(block)
  }

  private mutating func append(_ block: [Statement]) {
    parts.append(.block(block.count))
    for statement in block { append(statement) }
  }

  private mutating func append(_ part: Part, _ operands: [Expression]) {
    parts.append(part)
    for operand in operands { append(operand) }
  }

  private mutating func append(_ statement: Statement) {
    switch statement {
    case .declare(let variable, let initializer):
      parts.append(.variable(variable))
      append(initializer)
    case .assign(let target, let value): append(.assign, [target, value])
    case .update(let target, let sign, let value): append(.update(sign), [target, value])
    case .discard(let value): append(.discard, [value])
    case .call(let value): append(.effect, [value])
    case .branch(let condition, let yes, let no):
      append(.branch, [condition])
      append(yes)
      append(no)
    case .count(let name, let start, let end, let body):
      append(.count(name), [start, end])
      append(body)
    case .loop(let name, let start, let condition, let update, let atMost, let body):
      append(.loop(name, atMost: atMost), [start, condition, update])
      append(body)
    case .exitLoop: parts.append(.exitLoop)
    case .nextRound: parts.append(.nextRound)
    case .result(let value?): append(.result, [value])
    case .result(nil): parts += [.result, .nothing]
    case .comment(let text): parts.append(.comment(text))
    case .annotation: preconditionFailure("code that is compared states nothing")
    }
  }

  private mutating func append(_ initializer: Initializer?) {
    switch initializer {
    case nil: parts.append(.nothing)
    case .expression(let value): append(value)
    case .zeros: parts.append(.zeros)
    case .floats(let values): parts.append(.floats(bits: values.map(\.bitPattern)))
    case .doubles(let values): for value in values { parts.append(.double(bits: value.bitPattern)) }
    case .unsigned(let values): parts.append(.list(isOfBits: false, values))
    case .bits(let values): parts.append(.list(isOfBits: true, values))
    }
  }

  private mutating func append(_ expression: Expression) {
    let part: Part =
      switch expression {
      case .name(let name): .name(name)
      case .truth(let value): .truth(value)
      case .unsigned(let value): .unsigned(value)
      case .bits(let value): .bits(value)
      case .signed(let value): .signed(value)
      case .float(let value): .float(bits: value.bitPattern)
      case .double(let value): .double(bits: value.bitPattern)
      case .index: .index
      case .field(_, let name): .field(name)
      case .call(let name, let arguments): .call(name, arguments: arguments.count)
      case .unary(let sign, _): .unary(sign)
      case .complement: .complement
      case .binary(_, let sign, _): .binary(sign)
      case .all(let operands): .all(operands.count)
      case .any(let operands): .any(operands.count)
      case .conditional: .conditional
      case .cast(let type, _): .cast(type)
      case .bitPattern: .bitPattern
      case .floatOfBits: .floatOfBits
      case .fusedMultiplyAdd: .fusedMultiplyAdd
      case .exactMultiplyAdd: .exactMultiplyAdd
      case .commented(_, let text): .commented(text)
      }
    append(part, expression.operands)
  }
}
