// Trusted: a closure does what its statement says, and nothing undefined goes unnoticed.

/// Turns functions into closures over a ``Machine``.
struct LoopCompiler {
  var scope = Scope()
  private(set) var functions: [Identifier: CompiledFunction] = [:]
  private(set) var tables: [[UInt64]] = []
  private var tableRegions: [Identifier: Int] = [:]
  /// The function being compiled: its name, and the slot of each of its names.
  private var function = ""
  private var slots: [Identifier: Int] = [:]
  private var slotCount = 0

  /// INVARIANT: the program was verified.
  mutating func compile(_ declarations: [Declaration]) {
    for declaration in declarations {
      switch declaration {
      case .comment: break
      case .constants(let constants):
        for constant in constants { assumingVerified { try $0.declare(constant) } }
      case .structure(let structure): assumingVerified { try $0.declare(structure) }
      case .table(let table): add(table)
      case .function(let function):
        let compiled = compile(function)
        functions[function.name] = compiled
        assumingVerified { try $0.declare(function) }
      }
    }
  }

  private mutating func assumingVerified(_ body: (inout Scope) throws -> Void) {
    do { try body(&scope) } catch { preconditionFailure("the program was verified: \(error)") }
  }

  /// - Requires: the expression was verified.
  func type(of expression: Expression) -> ValueType {
    do { return try scope.type(of: expression) } catch {
      preconditionFailure("the program was verified: \(error.problem)")
    }
  }

  private mutating func add(_ table: Table) {
    tableRegions[table.name] = tables.count
    tables.append(table.values.cells)
    assumingVerified {
      try $0.declare(table.name, Scope.Meaning(type: table.type, isArray: true, isConstant: true))
    }
  }

  private mutating func compile(_ function: Function) -> CompiledFunction {
    let outer = scope
    defer { scope = outer }
    self.function = function.name.spelling
    slots = [:]
    slotCount = 0
    for parameter in function.parameters { declare(parameter) }
    let body = compile(function.body)
    return CompiledFunction(slotCount: slotCount, body: body, hasResult: function.type != .void)
  }

  private mutating func declare(_ variable: Variable) {
    assumingVerified { try $0.declare(variable) }
    slots[variable.name] = slotCount
    slotCount += 1
  }

  // MARK: Statements

  private mutating func compile(_ block: [Statement]) -> Execution {
    let outer = scope
    defer { scope = outer }
    let executions = block.map { compile($0) }
    return { machine in
      for execution in executions {
        let flow = try execution(machine)
        if case .next = flow { continue }
        return flow
      }
      return .next
    }
  }

  private mutating func compile(_ statement: Statement) -> Execution {
    switch statement {
    case .comment, .annotation: return { _ in .next }
    case .declare(let variable, let initializer): return compile(variable, initializer)
    case .assign(let target, let value): return assignment(to: target, compile(value))
    case .update(let target, let sign, let value):
      return assignment(to: target, compile(.binary(target, sign, value)))
    case .discard(let value), .call(let value):
      let evaluation = compile(value)
      return { machine in
        _ = try evaluation(machine)
        return .next
      }
    case .branch(let condition, let yes, let no):
      let (condition, yes, no) = (compile(condition), compile(yes), compile(no))
      return { machine in try condition(machine) != 0 ? try yes(machine) : try no(machine) }
    case .count(let name, let start, let end, let body):
      return loop(name, start, while: name.expression < end, update: name.expression + 1, body)
    case .loop(let name, let start, let condition, let update, _, let body):
      return loop(name, start, while: condition, update: update, body)
    case .exitLoop: return { _ in .exitLoop }
    case .nextRound: return { _ in .nextRound }
    case .result(let value):
      guard let value else { return { _ in .result(nil) } }
      let evaluation = compile(value)
      return { machine in .result(try evaluation(machine)) }
    }
  }

  private mutating func compile(_ variable: Variable, _ initializer: Initializer?) -> Execution {
    let value = if case .expression(let value)? = initializer { compile(value) } else { nil as Evaluation? }
    declare(variable)
    let slot = slotCount - 1
    if let count = variable.count {
      let cells =
        if case .zeros? = initializer { [UInt64](repeating: 0, count: count) } else { initializer?.cells }
      return { machine in
        let pointer = machine.allocate(count)
        if let cells { machine.regions[Int(pointer >> 32)] = Machine.Region(cells: cells, isWritten: []) }
        machine.slots[machine.frame + slot] = pointer
        machine.isWritten[machine.frame + slot] = true
        return .next
      }
    }
    return { machine in
      machine.isWritten[machine.frame + slot] = value != nil
      if let value { machine.slots[machine.frame + slot] = try value(machine) }
      return .next
    }
  }

  private mutating func assignment(to target: Expression, _ value: @escaping Evaluation) -> Execution {
    if case .name(let name) = target, let slot = slots[name] {
      return { machine in
        let value = try value(machine)
        machine.slots[machine.frame + slot] = value
        machine.isWritten[machine.frame + slot] = true
        return .next
      }
    }
    let address = address(of: target)
    let function = function
    return { machine in
      let value = try value(machine)
      try machine.store(value, at: try address(machine), in: function)
      return .next
    }
  }

  private mutating func loop(
    _ name: Identifier, _ start: Expression, while condition: Expression, update: Expression,
    _ body: [Statement]
  ) -> Execution {
    let start = compile(start)
    let outer = scope
    defer { scope = outer }
    declare(Variable(.uint32, name))
    let slot = slotCount - 1
    let (condition, update, round) = (compile(condition), compile(update), compile(body))
    return { machine in
      let regionCount = machine.regions.count
      machine.slots[machine.frame + slot] = try start(machine)
      machine.isWritten[machine.frame + slot] = true
      while try condition(machine) != 0 {
        machine.stepsLeft -= 1
        if machine.stepsLeft < 0 { throw LoopFault.tooManySteps }
        let flow = try round(machine)
        machine.regions.removeLast(machine.regions.count - regionCount)
        switch flow {
        case .next, .nextRound: break
        case .exitLoop: return .next
        case .result: return flow
        }
        machine.slots[machine.frame + slot] = try update(machine)
      }
      return .next
    }
  }

  // MARK: Places

  /// A pointer to the element or field that an expression names.
  func address(of target: Expression) -> Evaluation {
    switch target {
    case .index(let array, let index):
      let (array, index) = (compile(array), compile(index))
      let function = function
      return { machine in
        let base = try array(machine)
        let sum = (base & 0xFFFF_FFFF) + (try index(machine))
        guard sum <= 0xFFFF_FFFF else {
          throw LoopFault.outOfBounds(function: function, index: Int(sum), count: 0)
        }
        return base & ~0xFFFF_FFFF | sum
      }
    case .field(let pointer, let name):
      guard case .pointer(.named(let type)) = type(of: pointer) else {
        guard case .constPointer(.named(let type)) = self.type(of: pointer) else {
          preconditionFailure("a field of no structure")
        }
        return fieldAddress(pointer, name, of: type)
      }
      return fieldAddress(pointer, name, of: type)
    case .name, .truth, .unsigned, .bits, .signed, .float, .double, .call, .unary, .complement, .binary, .all,
      .any, .conditional, .cast, .bitPattern, .floatOfBits, .fusedMultiplyAdd, .exactMultiplyAdd, .commented:
      preconditionFailure("an expression that is no place")
    }
  }

  private func fieldAddress(_ pointer: Expression, _ name: Identifier, of type: Identifier) -> Evaluation {
    guard let structure = scope.structures[type] else { preconditionFailure("the program was verified") }
    let offset = UInt64(structure.offset(of: name))
    let pointer = compile(pointer)
    return { machine in try pointer(machine) + offset }
  }

  /// The bits of what a name means.
  func compile(_ name: Identifier) -> Evaluation {
    if let slot = slots[name] {
      let function = function
      return { machine in
        guard machine.isWritten[machine.frame + slot] else {
          throw LoopFault.uninitialized(function: function)
        }
        return machine.slots[machine.frame + slot]
      }
    }
    if let value = scope.constants[name] { return { _ in UInt64(UInt32(bitPattern: value)) } }
    guard let region = tableRegions[name] else { preconditionFailure("the program was verified") }
    return { _ in Machine.pointer(region: region, index: 0) }
  }

  var functionName: String { function }
}

extension Initializer {
  /// The bits of the numbers that it lists.
  fileprivate var cells: [UInt64] {
    switch self {
    case .floats(let values): values.map { UInt64($0.bitPattern) }
    case .doubles(let values): values.map(\.bitPattern)
    case .unsigned(let values), .bits(let values): values.map(UInt64.init)
    case .expression, .zeros: preconditionFailure("the initializer lists no numbers")
    }
  }
}
