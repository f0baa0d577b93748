import LoopIR

/// The types of names and expressions at one place of a program that was verified.
struct SwiftTypes {
  private(set) var functions: [Identifier: Function] = [:]
  private(set) var constants: Set<Identifier> = []
  private var structures: [Identifier: Structure] = [:]
  /// The types of variables as expressions: an array is a pointer to its elements.
  private var variables: [Identifier: ValueType] = [:]

  mutating func declare(_ function: Function) { functions[function.name] = function }
  mutating func declare(_ structure: Structure) { structures[structure.name] = structure }
  mutating func declare(_ constant: NamedConstant) { constants.insert(constant.name) }
  mutating func declare(_ table: Table) { variables[table.name] = .constPointer(table.type) }
  mutating func declare(_ variable: Variable) { variables[variable.name] = variable.expressionType }

  func type(of expression: Expression) -> ValueType {
    switch expression {
    case .name(let name): variables[name] ?? .int32
    case .unsigned, .bits, .bitPattern: .uint32
    case .signed: .int32
    case .truth: .bool
    case .float, .floatOfBits, .fusedMultiplyAdd: .float
    case .double, .exactMultiplyAdd: .double
    case .index(let array, _): pointee(of: array)
    case .field(let pointer, let name): field(name, of: pointer)
    case .call(let name, _): functions[name]?.type ?? .void
    case .unary(.not, _), .all, .any: .bool
    case .unary(.negate, let operand): type(of: operand)
    case .unary(.addressOf, let element): address(of: element)
    case .complement(let operand): promoted(operand)
    case .binary(let left, let sign, let right):
      switch sign {
      case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: .bool
      case .shiftLeft, .shiftRight: promoted(left)
      case .add, .subtract, .multiply, .divide, .bitAnd, .bitOr: common(promoted(left), promoted(right))
      }
    case .conditional(_, let yes, let no): common(type(of: yes), type(of: no))
    case .cast(let type, _): type
    case .commented(let operand, _): type(of: operand)
    }
  }

  func parameterTypes(of function: Identifier) -> [ValueType] {
    functions[function]?.parameters.map(\.expressionType) ?? []
  }

  /// The type in which two operands of a comparison meet.
  func common(_ left: Expression, _ right: Expression) -> ValueType {
    common(type(of: left), type(of: right))
  }

  private func pointee(of array: Expression) -> ValueType {
    switch type(of: array) {
    case .pointer(let pointee), .constPointer(let pointee): return pointee
    case .void, .bool, .float, .double, .int32, .uint8, .uint16, .uint32, .uint64, .named:
      preconditionFailure("the program was verified")
    }
  }

  private func field(_ name: Identifier, of pointer: Expression) -> ValueType {
    guard case .named(let structure) = pointee(of: pointer),
      let field = structures[structure]?.fields.first(where: { $0.variable.name == name })
    else { preconditionFailure("the program was verified") }
    return field.variable.expressionType
  }

  private func address(of element: Expression) -> ValueType {
    guard case .index(let array, _) = element else { preconditionFailure("the program was verified") }
    return type(of: array)
  }

  private func promoted(_ operand: Expression) -> ValueType {
    switch type(of: operand) {
    case .uint8, .uint16: .uint32
    case let type: type
    }
  }

  private func common(_ left: ValueType, _ right: ValueType) -> ValueType {
    let widths: [ValueType] = [.uint8, .uint16, .uint32, .uint64]
    guard let a = widths.firstIndex(of: left), let b = widths.firstIndex(of: right) else { return left }
    return widths[max(a, b)]
  }
}

extension Variable {
  /// The type of an expression that names it: an array is a pointer to its first element.
  var expressionType: ValueType {
    guard count != nil else { return type }
    return isConstant ? .constPointer(type) : .pointer(type)
  }
}
