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

  private(set) var functions: [Identifier: Function] = [:]
  private var globals: [Identifier: Meaning] = [:]
  private(set) var structures: [Identifier: Structure] = [:]
  /// Named constants.
  private var values: [Identifier: Int] = [:]
  private var costs: [Call: CallCost] = [:]

  /// What a call of a function costs on any machine: the operations depend on it, for a wide tile computes some places
  /// twice that a narrow one computes once, and the other way round.
  static func worstCost(of function: Identifier, in program: LoopProgram) -> CallCost {
    let machines: [KeyPath<NamedConstant, Int32>] = [\.value, \.wide, \.widest]
    return machines.reduce(CallCost()) { most, machine in
      var counter = CostCounter(program, machine)
      return .maximum(most, counter.cost(of: function))
    }
  }

  /// - Parameter machine: the value of constants that depend on the machine.
  private init(_ program: LoopProgram, _ machine: KeyPath<NamedConstant, Int32>) {
    for declaration in program.declarations {
      switch declaration {
      case .comment: break
      case .constants(let constants):
        for constant in constants {
          let value = Int(constant[keyPath: machine])
          globals[constant.name] = Meaning(type: .int32, bound: value)
          values[constant.name] = value
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
    let assigned = LocalUses(function.body).assigned
    for (position, parameter) in function.parameters.enumerated() {
      let isKept = position < bounds.count && !assigned.contains(parameter.name)
      names[parameter.name] = Meaning(
        type: parameter.count == nil ? parameter.type : .pointer(parameter.type),
        bound: isKept ? bounds[position] : nil)
    }
    var cost = cost(of: function.body, names)
    let own = cost.counts.total - cost.byFunction.values.reduce(0, +)
    cost.byFunction[name, default: 0] += max(0, own)
    let arrays = function.body.arrayBytes
    cost.stack += arrays
    if arrays > 0 { cost.frames.insert((name, arrays), at: 0) }
    costs[call] = cost
    return cost
  }

  // MARK: Statements

  /// What a statement adds to the cost of those behind it.
  private enum Step {
    case plain(CallCost)
    /// A block that ends with a result leaves out what comes behind.
    case choice(test: CallCost, taken: CallCost, other: CallCost, takenReturns: Bool)
  }

  private mutating func cost(of block: [Statement], _ names: [Identifier: Meaning]) -> CallCost {
    var names = names
    var steps: [Step] = []
    for statement in block {
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
        steps.append(.plain(cost))
      case .branch(let condition, let yes, let no):
        var takenReturns = false
        if case .result? = yes.last { takenReturns = true }
        steps.append(
          .choice(
            test: cost(of: condition, names) + .one(.branch), taken: cost(of: yes, names),
            other: cost(of: no, names), takenReturns: takenReturns))
      case .assign, .update, .discard, .call, .count, .loop, .exitLoop, .nextRound, .result, .comment,
        .annotation:
        steps.append(.plain(cost(ofSimple: statement, names)))
      }
    }
    return steps.reversed().reduce(CallCost()) { after, step in
      switch step {
      case .plain(let cost): cost + after
      case .choice(let test, let taken, let other, true): test + .maximum(taken, other + after)
      case .choice(let test, let taken, let other, false): test + .maximum(taken, other) + after
      }
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
      let test = cost(of: end, names) + .one(.integer) + .one(.branch)
      let round = cost(ofRound: body, name, last - 1, names) + .one(.integer)
      return cost(of: start, names) + loop(test, round, rounds: max(0, last - lowerBound(start)))
    case .loop(let name, let start, let condition, let update, let atMost, let body):
      guard let rounds = atMost ?? roundCount(name, start, condition, update, names) else {
        preconditionFailure("the loop over `\(name.spelling)` has no bound")
      }
      var inner = names
      inner[name] = Meaning(type: .uint32, bound: nil)
      let test = cost(of: condition, inner) + .one(.branch)
      let round = cost(ofRound: body, name, nil, names) + cost(of: update, inner)
      return cost(of: start, names) + loop(test, round, rounds: rounds)
    }
  }

  /// A test before each round, and the one that fails.
  private func loop(_ test: CallCost, _ round: CallCost, rounds: Int) -> CallCost {
    round * rounds + test * (rounds + 1)
  }

  private mutating func cost(
    ofRound body: [Statement], _ counter: Identifier, _ bound: Int?, _ names: [Identifier: Meaning]
  ) -> CallCost {
    var names = names
    names[counter] = Meaning(type: .uint32, bound: bound)
    return cost(of: body, names)
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

  /// A lower bound of an unsigned expression; 0 if nothing is known.
  private func lowerBound(_ expression: Expression) -> Int {
    switch expression {
    case .unsigned(let value), .bits(let value): Int(value)
    case .name(let name): values[name] ?? 0
    case .cast(.uint32, let operand), .commented(let operand, _): lowerBound(operand)
    case .conditional(_, let yes, let no): min(lowerBound(yes), lowerBound(no))
    case .truth, .signed, .float, .double, .index, .field, .call, .unary, .complement, .binary, .all, .any,
      .cast, .bitPattern, .floatOfBits, .fusedMultiplyAdd, .exactMultiplyAdd:
      0
    }
  }

  /// An upper bound of an unsigned expression; `nil` if nothing is known.
  func upperBound(_ expression: Expression, _ names: [Identifier: Meaning]) -> Int? {
    switch expression {
    case .unsigned(let value), .bits(let value): return Int(value)
    case .name(let name): return names[name]?.bound
    case .cast(_, let operand), .commented(let operand, _): return upperBound(operand, names)
    case .conditional(_, let yes, let no):
      guard let a = upperBound(yes, names), let b = upperBound(no, names) else { return nil }
      return max(a, b)
    case .binary(let left, .shiftRight, .unsigned(let distance)):
      return upperBound(left, names).map { $0 >> Int(distance) }
    case .binary(let left, .subtract, let right):
      // What wraps is larger than what it was subtracted from.
      guard let a = upperBound(left, names), let b = upperBound(right, names), b <= lowerBound(left) else {
        return nil
      }
      return a - lowerBound(right)
    case .binary(let left, let sign, let right) where sign == .add || sign == .multiply:
      guard let a = upperBound(left, names), let b = upperBound(right, names) else { return nil }
      return sign == .add ? a + b : a * b
    case .truth, .signed, .float, .double, .index, .field, .call, .unary, .complement, .binary, .all, .any,
      .bitPattern, .floatOfBits, .fusedMultiplyAdd, .exactMultiplyAdd:
      return nil
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
