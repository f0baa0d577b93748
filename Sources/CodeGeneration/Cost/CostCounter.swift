import LoopIR

/// Counts the operations of a program's functions for the worst input: a loop runs as often as its bounds allow, of
/// two branches each kind of operation counts from the one that has more.
struct CostCounter {
  private struct Call: Hashable {
    let function: Identifier
    let bounds: [Int?]
  }

  /// What is known of a name: its type, and the largest number that it holds.
  struct Meaning {
    let type: ValueType
    var bound: Int?
  }

  private var functions: [Identifier: Function] = [:]
  private(set) var globals: [Identifier: Meaning] = [:]
  private var structures: [Identifier: Structure] = [:]
  /// Named constants. One that depends on the machine has its first value: the operations are the same.
  private var values: [Identifier: Int] = [:]
  private var costs: [Call: CallCost] = [:]

  init(_ program: LoopProgram) {
    for declaration in program.declarations {
      switch declaration {
      case .comment: break
      case .constants(let constants):
        for constant in constants {
          globals[constant.name] = Meaning(type: .int32, bound: Int(constant.value))
          values[constant.name] = Int(constant.value)
        }
      case .structure(let structure): structures[structure.name] = structure
      case .table(let table): globals[table.name] = Meaning(type: .constPointer(table.type), bound: nil)
      case .function(let function): functions[function.name] = function
      }
    }
  }

  /// The cost of a call whose arguments are at most `bounds`, where they are known.
  mutating func cost(of name: Identifier, bounds: [Int?] = []) -> CallCost {
    let call = Call(function: name, bounds: bounds)
    if let known = costs[call] { return known }
    // What the program does not declare is the C library's.
    guard let function = functions[name] else { return .one(.call) }
    var names = globals
    for (position, parameter) in function.parameters.enumerated() {
      names[parameter.name] = Meaning(
        type: parameter.count == nil ? parameter.type : .pointer(parameter.type),
        bound: position < bounds.count ? bounds[position] : nil)
    }
    var cost = cost(of: function.body[...], names)
    let own = cost.counts.total - cost.byFunction.values.reduce(0, +)
    cost.byFunction[name, default: 0] += max(0, own)
    let arrays = function.body.arrayBytes
    cost.stack += arrays
    if arrays > 0 { cost.frames.insert((name, arrays), at: 0) }
    costs[call] = cost
    return cost
  }

  // MARK: Statements

  private mutating func cost(of block: ArraySlice<Statement>, _ names: [Identifier: Meaning]) -> CallCost {
    guard let statement = block.first else { return CallCost() }
    var names = names
    let rest = block.dropFirst()
    switch statement {
    case .declare(let variable, let initializer):
      var cost = CallCost()
      var bound: Int?
      if case .expression(let value) = initializer {
        cost = self.cost(of: value, names)
        if variable.isConstant { bound = upperBound(value, names) }
      } else if initializer != nil, let count = variable.count {
        cost = .one(variable.type == .float ? .store : .integer) * count
      }
      let type = variable.count == nil ? variable.type : .pointer(variable.type)
      names[variable.name] = Meaning(type: type, bound: bound)
      return cost + self.cost(of: rest, names)
    case .branch(let condition, let yes, let no):
      let test = cost(of: condition, names) + .one(.branch)
      let after = cost(of: rest, names)
      let taken = cost(of: yes[...], names)
      let other = cost(of: no[...], names)
      if case .result? = yes.last { return test + .maximum(taken, other + after) }
      return test + .maximum(taken, other) + after
    default:
      return cost(ofSimple: statement, names) + cost(of: rest, names)
    }
  }

  private mutating func cost(ofSimple statement: Statement, _ names: [Identifier: Meaning]) -> CallCost {
    switch statement {
    case .declare, .branch, .comment, .annotation, .result(nil), .exitLoop, .nextRound: return CallCost()
    case .assign(let target, let value): return cost(of: value, names) + cost(ofStore: target, names)
    case .update(let target, let sign, let value):
      return cost(of: .binary(target, sign, value), names) + cost(ofStore: target, names)
    case .discard(let value), .call(let value), .result(.some(let value)): return cost(of: value, names)
    case .count(let name, let start, let end, let body):
      guard let last = upperBound(end, names) else {
        preconditionFailure("`\(name.spelling)` counts without bound")
      }
      let rounds = max(0, last - lowerBound(start))
      return cost(of: start, names) + cost(of: end, names)
        + cost(ofRound: body, name, last - 1, names, .one(.integer) * 2 + .one(.branch)) * rounds
    case .loop(let name, let start, let condition, let update, let atMost, let body):
      guard let rounds = atMost ?? roundCount(name, start, condition, update, names) else {
        preconditionFailure("the loop over `\(name.spelling)` has no bound")
      }
      var inner = names
      inner[name] = Meaning(type: .uint32, bound: nil)
      let step = cost(of: condition, inner) + cost(of: update, inner) + .one(.branch)
      return cost(of: start, names) + cost(ofRound: body, name, nil, names, step) * rounds
    }
  }

  private mutating func cost(
    ofRound body: [Statement], _ counter: Identifier, _ bound: Int?, _ names: [Identifier: Meaning],
    _ step: CallCost
  ) -> CallCost {
    var names = names
    names[counter] = Meaning(type: .uint32, bound: bound)
    return cost(of: body[...], names) + step
  }

  /// The rounds of a loop that counts in equal steps up to a number that is bounded.
  private func roundCount(
    _ counter: Identifier, _ start: Expression, _ condition: Expression, _ update: Expression,
    _ names: [Identifier: Meaning]
  ) -> Int? {
    guard case .binary(.name(counter), .less, let end) = condition,
      case .binary(.name(counter), .add, let increment) = update, case let step = lowerBound(increment),
      step > 0,
      let last = upperBound(end, names)
    else { return nil }
    return max(0, (last - lowerBound(start) + step - 1) / step)
  }

  private func lowerBound(_ expression: Expression) -> Int {
    switch expression {
    case .unsigned(let value): Int(value)
    case .name(let name): values[name] ?? 0
    case .cast(_, let operand): lowerBound(operand)
    default: 0
    }
  }

  /// The largest value of an unsigned expression; `nil` if nothing is known.
  private func upperBound(_ expression: Expression, _ names: [Identifier: Meaning]) -> Int? {
    switch expression {
    case .unsigned(let value), .bits(let value): return Int(value)
    case .name(let name): return names[name]?.bound
    case .cast(_, let operand), .commented(let operand, _): return upperBound(operand, names)
    case .conditional(_, let yes, let no):
      guard let a = upperBound(yes, names), let b = upperBound(no, names) else { return nil }
      return max(a, b)
    case .binary(let left, .shiftRight, .unsigned(let distance)):
      return upperBound(left, names).map { $0 >> Int(distance) }
    case .binary(let left, .subtract, _): return upperBound(left, names)
    case .binary(let left, let sign, let right) where sign == .add || sign == .multiply:
      guard let a = upperBound(left, names), let b = upperBound(right, names) else { return nil }
      return sign == .add ? a + b : a * b
    default: return nil
    }
  }

  // MARK: Expressions

  private mutating func cost(ofStore target: Expression, _ names: [Identifier: Meaning]) -> CallCost {
    switch target {
    case .index(let array, let index):
      return cost(of: array, names) + cost(of: index, names) + access(target, .store, names)
    case .field: return access(target, .store, names)
    default: return CallCost()
    }
  }

  private mutating func cost(of expression: Expression, _ names: [Identifier: Meaning]) -> CallCost {
    switch expression {
    case .name, .truth, .unsigned, .bits, .signed, .float, .double: return CallCost()
    case .index(let array, let index):
      return cost(of: array, names) + cost(of: index, names) + access(expression, .load, names)
    case .field(let pointer, _): return cost(of: pointer, names) + access(expression, .load, names)
    case .call(let name, let arguments):
      let bounds = arguments.map { upperBound($0, names) }
      return arguments.reduce(.one(.call)) { $0 + cost(of: $1, names) } + cost(of: name, bounds: bounds)
    case .unary(.addressOf, .index(let array, let index)):
      return cost(of: array, names) + cost(of: index, names) + .one(.integer)
    case .unary(_, let operand):
      return cost(of: operand, names) + arithmetic(operand, .addition, names)
    case .complement(let operand): return cost(of: operand, names) + .one(.integer)
    case .binary(let left, let sign, let right):
      return cost(of: left, names) + cost(of: right, names) + arithmetic(left, sign.kind, names)
    case .all(let operands), .any(let operands):
      return operands.reduce(CallCost()) { $0 + cost(of: $1, names) } + .one(.branch) * (operands.count - 1)
    case .conditional(let condition, let yes, let no):
      return cost(of: condition, names) + .maximum(cost(of: yes, names), cost(of: no, names)) + .one(.branch)
    case .cast(.double, let operand): return cost(of: operand, names) + .one(.wide)
    case .cast(_, let operand): return cost(of: operand, names) + .one(.integer)
    case .bitPattern(let operand), .floatOfBits(let operand): return cost(of: operand, names) + .one(.other)
    case .fusedMultiplyAdd(let a, let b, let c):
      return cost(of: a, names) + cost(of: b, names) + cost(of: c, names) + .one(.fusedMultiplyAddition)
    case .commented(let operand, _): return cost(of: operand, names)
    }
  }

  /// A load or store; of pointers and whole arrays there is none.
  private func access(
    _ place: Expression, _ kind: OperationCounts.Kind, _ names: [Identifier: Meaning]
  ) -> CallCost {
    switch type(of: place, names) {
    case .float?: .one(kind)
    case .double?: .one(.wide)
    default: .one(.integer)
    }
  }

  private func arithmetic(
    _ operand: Expression, _ kind: OperationCounts.Kind, _ names: [Identifier: Meaning]
  ) -> CallCost {
    switch type(of: operand, names) {
    case .float?: .one(kind)
    case .double?: .one(.wide)
    default: .one(.integer)
    }
  }

  /// The type of an expression, as far as floating-point numbers must be told from others.
  private func type(of expression: Expression, _ names: [Identifier: Meaning]) -> ValueType? {
    switch expression {
    case .name(let name): return names[name]?.type
    case .float, .floatOfBits, .fusedMultiplyAdd: return .float
    case .double: return .double
    case .index(let array, _):
      switch type(of: array, names) {
      case .pointer(let element)?, .constPointer(let element)?: return element
      default: return nil
      }
    case .field(let pointer, let field):
      guard case .pointer(.named(let name))? = type(of: pointer, names),
        let variable = structures[name]?.fields.first(where: { $0.variable.name == field })?.variable
      else { return nil }
      return variable.count == nil ? variable.type : .pointer(variable.type)
    case .call(let name, _): return functions[name]?.type
    case .unary(let sign, let operand): return sign == .negate ? type(of: operand, names) : nil
    case .binary(let left, let sign, _): return sign.isComparison ? nil : type(of: left, names)
    case .conditional(_, let value, _), .commented(let value, _): return type(of: value, names)
    case .cast(let type, _): return type
    case .truth, .unsigned, .bits, .signed, .complement, .all, .any, .bitPattern: return nil
    }
  }
}

extension Expression.Binary {
  fileprivate var kind: OperationCounts.Kind {
    switch self {
    case .add, .subtract: .addition
    case .multiply: .multiplication
    case .divide: .division
    case .shiftLeft, .shiftRight, .bitAnd, .bitOr: .integer
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: .comparison
    }
  }
}

extension [Statement] {
  /// The bytes of all arrays that the block declares.
  fileprivate var arrayBytes: Int {
    reduce(0) { sum, statement in
      switch statement {
      case .declare(let variable, _): sum + (variable.count.map { $0 * variable.type.size } ?? 0)
      case .branch(_, let yes, let no): sum + yes.arrayBytes + no.arrayBytes
      case .count(_, _, _, let body), .loop(_, _, _, _, _, let body): sum + body.arrayBytes
      case .assign, .update, .discard, .call, .exitLoop, .nextRound, .result, .comment, .annotation: sum
      }
    }
  }
}
