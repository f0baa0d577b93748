import LoopIR

extension CostCounter {
  mutating func cost(ofStore target: Expression, _ names: [Identifier: Meaning]) -> CallCost {
    switch target {
    case .index(let array, let index):
      return cost(of: array, names) + cost(of: index, names) + operation(.store, on: target, names)
    case .field: return operation(.store, on: target, names)
    case .name: return CallCost()
    case .truth, .unsigned, .bits, .signed, .float, .double, .call, .unary, .complement, .binary, .all, .any,
      .conditional, .cast, .bitPattern, .floatOfBits, .fusedMultiplyAdd, .commented:
      preconditionFailure("the program was verified")
    }
  }

  mutating func cost(of expression: Expression, _ names: [Identifier: Meaning]) -> CallCost {
    switch expression {
    case .name, .truth, .unsigned, .bits, .signed, .float, .double: return CallCost()
    case .index(let array, let index):
      return cost(of: array, names) + cost(of: index, names) + operation(.load, on: expression, names)
    case .field(let pointer, _): return cost(of: pointer, names) + operation(.load, on: expression, names)
    case .call(let name, let arguments):
      let bounds = arguments.map { upperBound($0, names) }
      return arguments.reduce(.one(.call)) { $0 + cost(of: $1, names) } + cost(of: name, bounds: bounds)
    case .unary(.addressOf, .index(let array, let index)):
      return cost(of: array, names) + cost(of: index, names) + .one(.integer)
    case .unary(_, let operand):
      return cost(of: operand, names) + operation(.addition, on: operand, names)
    case .complement(let operand): return cost(of: operand, names) + .one(.integer)
    case .binary(let left, let sign, let right):
      return cost(of: left, names) + cost(of: right, names) + operation(sign.kind, on: left, names)
    case .all(let operands), .any(let operands):
      return operands.reduce(CallCost()) { $0 + cost(of: $1, names) } + .one(.branch) * (operands.count - 1)
    case .conditional(let condition, let yes, let no):
      return cost(of: condition, names) + .maximum(cost(of: yes, names), cost(of: no, names)) + .one(.branch)
    case .cast(.double, let operand), .cast(.float, let operand):
      return cost(of: operand, names) + .one(.wide)
    case .cast(_, let operand): return cost(of: operand, names) + .one(.integer)
    case .bitPattern(let operand), .floatOfBits(let operand): return cost(of: operand, names) + .one(.other)
    case .fusedMultiplyAdd(let a, let b, let c):
      return cost(of: a, names) + cost(of: b, names) + cost(of: c, names) + .one(.fusedMultiplyAddition)
    case .commented(let operand, _): return cost(of: operand, names)
    }
  }

  /// An operation on a number of the type of `operand`, or the load or store of one.
  private func operation(
    _ kind: OperationCounts.Kind, on operand: Expression, _ names: [Identifier: Meaning]
  ) -> CallCost {
    switch type(of: operand, names) {
    case .float: .one(kind)
    case .double: .one(.wide)
    case nil, .void, .bool, .int32, .uint8, .uint16, .uint32, .uint64, .named, .pointer, .constPointer:
      .one(.integer)
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
      case .pointer(let element), .constPointer(let element): return element
      case nil, .void, .bool, .float, .double, .int32, .uint8, .uint16, .uint32, .uint64, .named: return nil
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
