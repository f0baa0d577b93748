/// The type of an expression, and whether its parts fit.
///
/// Integers narrower than 32 bits widen to `uint32_t` where they are computed with, `uint32_t` to `uint64_t` next
/// to one. Signed numbers meet only signed ones, truth values only truth values.
extension Scope {
  func type(of expression: Expression) throws(ScopeError) -> ValueType {
    switch expression {
    case .name(let name):
      if let meaning = meanings[name] { return meaning.expressionType }
      if constants[name] != nil { return .int32 }
      throw ScopeError("`\(name.spelling)` is not declared")
    case .unsigned, .bits: return .uint32
    case .signed: return .int32
    case .truth: return .bool
    case .float: return .float
    case .double: return .double
    case .index(let array, let index):
      try requireUnsigned(index, "an index")
      return try pointee(of: array)
    case .field(let pointer, let name): return try field(name, of: pointer).expressionType
    case .call(let function, let arguments): return try type(ofCall: function, arguments)
    case .unary(let sign, let operand): return try type(sign, operand)
    case .complement(let operand):
      try requireUnsigned(operand, "an operand of ~")
      return try promoted(operand)
    case .binary(let left, let sign, let right): return try type(left, sign, right)
    case .all(let operands), .any(let operands):
      if operands.isEmpty { throw ScopeError("an empty chain of conditions") }
      for operand in operands { try requireTruth(operand) }
      return .bool
    case .conditional(let condition, let yes, let no):
      try requireTruth(condition)
      return try common(type(of: yes), type(of: no))
    case .cast(let type, let operand):
      let from = try self.type(of: operand)
      let isInteger = from.isNumber && !from.isFloating && type.isNumber && !type.isFloating
      guard isInteger || (from == .float && type == .double) || (from == .double && type == .float) else {
        throw ScopeError("a cast from \(from) to \(type)")
      }
      return type
    case .bitPattern(let operand):
      try require(.float, operand, "an operand of bitPattern")
      return .uint32
    case .floatOfBits(let operand):
      try requireUnsigned(operand, "an operand of floatOfBits")
      return .float
    case .fusedMultiplyAdd(let a, let b, let c):
      for operand in [a, b, c] { try require(.float, operand, "an operand of a fused operation") }
      return .float
    case .commented(let operand, _): return try type(of: operand)
    }
  }

  /// What an array or pointer holds.
  func pointee(of expression: Expression) throws(ScopeError) -> ValueType {
    switch try type(of: expression) {
    case .pointer(let pointee), .constPointer(let pointee): return pointee
    case let type: throw ScopeError("\(type) is neither array nor pointer")
    }
  }

  func field(_ name: Identifier, of pointer: Expression) throws(ScopeError) -> Meaning {
    let type = try pointee(of: pointer)
    guard case .named(let structureName) = type, let structure = structures[structureName],
      let field = structure.fields.first(where: { $0.variable.name == name })
    else { throw ScopeError("\(type) has no field `\(name.spelling)`") }
    let isConstant = try isConstantPointer(pointer)
    return Meaning(type: field.variable.type, isArray: field.variable.count != nil, isConstant: isConstant)
  }

  private func isConstantPointer(_ pointer: Expression) throws(ScopeError) -> Bool {
    if case .constPointer = try type(of: pointer) { true } else { false }
  }

  private func type(ofCall name: Identifier, _ arguments: [Expression]) throws(ScopeError) -> ValueType {
    guard let signature = functions[name] else {
      throw ScopeError("`\(name.spelling)` is called before it is declared")
    }
    guard signature.parameters.count == arguments.count else {
      throw ScopeError("`\(name.spelling)` is called with \(arguments.count) arguments")
    }
    for (parameter, argument) in zip(signature.parameters, arguments) {
      try requireFits(argument, parameter, "an argument of `\(name.spelling)`")
    }
    return signature.result
  }

  private func type(_ sign: Expression.Unary, _ operand: Expression) throws(ScopeError) -> ValueType {
    let type = try type(of: operand)
    switch sign {
    case .not:
      try requireTruth(operand)
      return .bool
    case .negate:
      guard type.isSigned || type.isFloating else { throw ScopeError("a negated \(type)") }
      return type
    case .addressOf:
      guard case .index(let array, _) = operand else { throw ScopeError("the address of no element") }
      if case .constPointer = try self.type(of: array) { return .constPointer(type) }
      return .pointer(type)
    }
  }

  private func type(
    _ left: Expression, _ sign: Expression.Binary, _ right: Expression
  ) throws(ScopeError) -> ValueType {
    switch sign {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual:
      _ = try common(type(of: left), type(of: right))
      return .bool
    case .shiftLeft, .shiftRight:
      try requireUnsigned(left, "a shifted number")
      try requireUnsigned(right, "a distance of a shift")
      return try promoted(left)
    case .bitAnd, .bitOr:
      let type = try common(promoted(left), promoted(right))
      guard type.unsignedWidth != nil || type == .bool else { throw ScopeError("bits of \(type)") }
      return type
    case .add, .subtract, .multiply:
      return try common(promoted(left), promoted(right))
    case .divide:
      let type = try common(promoted(left), promoted(right))
      guard type.isFloating else { throw ScopeError("a division of \(type)") }
      return type
    }
  }

  private func promoted(_ expression: Expression) throws(ScopeError) -> ValueType {
    let type = try type(of: expression)
    return type == .uint8 || type == .uint16 ? .uint32 : type
  }

  /// The type of two operands together.
  private func common(_ left: ValueType, _ right: ValueType) throws(ScopeError) -> ValueType {
    if left == right { return left }
    if let a = left.unsignedWidth, let b = right.unsignedWidth { return a < b ? right : left }
    throw ScopeError("\(left) next to \(right)")
  }

  // MARK: Requirements

  func requireTruth(_ expression: Expression) throws(ScopeError) {
    guard try type(of: expression) == .bool else {
      throw ScopeError("a condition of type \(try type(of: expression))")
    }
  }

  func requireUnsigned(_ expression: Expression, _ what: String) throws(ScopeError) {
    let type = try type(of: expression)
    if type.unsignedWidth == nil { throw ScopeError("\(what) is \(type)") }
  }

  private func require(_ type: ValueType, _ expression: Expression, _ what: String) throws(ScopeError) {
    let found = try self.type(of: expression)
    if found != type { throw ScopeError("\(what) is \(found), not \(type)") }
  }

  /// Whether a value can be passed or stored without a cast.
  func requireFits(_ expression: Expression, _ target: ValueType, _ what: String) throws(ScopeError) {
    let type = try type(of: expression)
    if type == target { return }
    if let a = type.unsignedWidth, let b = target.unsignedWidth, a <= b || literalFits(expression, b) {
      return
    }
    if case .pointer(let pointee) = type, target == .constPointer(pointee) { return }
    throw ScopeError("\(what) is \(type), not \(target)")
  }

  private func literalFits(_ expression: Expression, _ width: Int) -> Bool {
    switch expression {
    case .unsigned(let value), .bits(let value): width >= 32 || value < 1 << width
    case .name, .truth, .signed, .float, .double, .index, .field, .call, .unary, .complement, .binary, .all,
      .any, .conditional, .cast, .bitPattern, .floatOfBits, .fusedMultiplyAdd, .commented:
      false
    }
  }
}

extension ValueType {
  /// 8 to 64 for an unsigned integer.
  var unsignedWidth: Int? {
    switch self {
    case .uint8: 8
    case .uint16: 16
    case .uint32: 32
    case .uint64: 64
    case .void, .bool, .float, .double, .int32, .named, .pointer, .constPointer: nil
    }
  }

  var isSigned: Bool { self == .int32 }
  var isFloating: Bool { self == .float || self == .double }
  var isNumber: Bool { unsignedWidth != nil || isSigned || isFloating }
}
