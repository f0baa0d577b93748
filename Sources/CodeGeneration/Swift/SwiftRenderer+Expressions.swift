import LoopIR

/// The text of an expression, and whether it needs no parentheses as an operand.
struct SwiftExpression {
  let text: String
  let isPrimary: Bool

  init(_ text: String, isPrimary: Bool = true) {
    self.text = text
    self.isPrimary = isPrimary
  }

  var operand: String { isPrimary ? text : "(\(text))" }
}

extension SwiftRenderer {
  // MARK: Values

  /// An expression of its own type.
  func plain(_ expression: Expression) -> SwiftExpression {
    switch expression {
    case .name(let name): SwiftExpression(self.name(name))
    case .unsigned(let value): SwiftExpression("\(value)")
    case .bits(let value): SwiftExpression(value.hexadecimalLiteral)
    case .signed(let value): SwiftExpression("\(value)", isPrimary: value >= 0)
    case .float(let value): SwiftExpression(literal(value), isPrimary: value.sign == .plus)
    case .double(let value): SwiftExpression(literal(value), isPrimary: value.sign == .plus)
    case .index(.name(let table), let place) where isSegmented(table):
      SwiftExpression("\(name(table))(\(index(place)))[0]")
    case .index(let array, let place): SwiftExpression("\(plain(array).operand)[\(index(place))]")
    case .field(let pointer, let field):
      SwiftExpression("\(plain(pointer).operand).pointee.\(names.name(field))")
    case .call(let function, let arguments): call(function, arguments)
    case .truth(let value): SwiftExpression("\(value)")
    case .unary(.not, _), .all, .any: condition(expression)
    case .unary(.negate, let operand): negated(operand)
    case .unary(.addressOf, let element): address(of: element)
    case .complement(let operand):
      SwiftExpression("~\(converted(operand, to: types.type(of: expression), asOperand: true))")
    case .binary(let left, let sign, let right):
      sign.isComparison
        ? condition(expression) : arithmetic(left, sign, right, types.type(of: expression))
    case .conditional(let condition, let yes, let no):
      SwiftExpression(
        [
          self.condition(condition).operand, "?",
          converted(yes, to: types.type(of: expression), asOperand: true), ":",
          converted(no, to: types.type(of: expression), asOperand: true),
        ].joined(separator: " "), isPrimary: false)
    case .cast(let type, let operand): cast(operand, to: type)
    case .bitPattern(let operand): SwiftExpression("\(plain(operand).operand).bitPattern")
    case .floatOfBits(let operand): SwiftExpression("Float(bitPattern: \(converted(operand, to: .uint32)))")
    case .fusedMultiplyAdd(let a, let b, let c):
      SwiftExpression("\(plain(c).operand).addingProduct(\(plain(a).text), \(plain(b).text))")
    case .exactMultiplyAdd(let a, let b, let c): plain(c + a * b)
    case .commented(let operand, let comment):
      SwiftExpression("\(plain(operand).operand) /* \(CText.sanitized(comment)) */", isPrimary: false)
    }
  }

  /// An expression as a value of a type that it fits in.
  func converted(_ expression: Expression, to type: ValueType, asOperand: Bool = false) -> String {
    let from = types.type(of: expression)
    let value = plain(expression)
    switch (from, type) {
    case (.pointer, .constPointer):
      return "UnsafePointer(\(value.text))"
    case _ where expression.isLiteral || name(of: from) == name(of: type):
      return asOperand ? value.operand : value.text
    default: return "\(name(of: type))(\(value.text))"
    }
  }

  private func call(_ function: Identifier, _ arguments: [Expression]) -> SwiftExpression {
    let passed = zip(arguments, types.parameterTypes(of: function)).map { argument, type in
      // Swift itself passes a mutable pointer as one to constants.
      if case .constPointer = type { plain(argument).text } else { converted(argument, to: type) }
    }
    return SwiftExpression("\(name(function))(\(passed.joined(separator: ", ")))")
  }

  private func negated(_ operand: Expression) -> SwiftExpression {
    switch types.type(of: operand) {
    case .float, .double: SwiftExpression("-\(plain(operand).operand)", isPrimary: false)
    case .int32: SwiftExpression("0 &- \(plain(operand).operand)", isPrimary: false)
    case .void, .bool, .uint8, .uint16, .uint32, .uint64, .named, .pointer, .constPointer:
      preconditionFailure("the program was verified")
    }
  }

  private func address(of element: Expression) -> SwiftExpression {
    guard case .index(let array, let place) = element else {
      preconditionFailure("the program was verified")
    }
    if case .name(let table) = array, isSegmented(table) {
      return SwiftExpression("\(name(table))(\(index(place)))")
    }
    if case .unsigned(0) = place { return plain(array) }
    return SwiftExpression("\(plain(array).operand).element(\(index(place)))")
  }

  /// An index as `UInt32`, or as a literal.
  private func index(_ place: Expression) -> String {
    types.type(of: place) == .uint64
      ? "UInt32(truncatingIfNeeded: \(plain(place).text))" : converted(place, to: .uint32)
  }

  private func cast(_ operand: Expression, to type: ValueType) -> SwiftExpression {
    let from = types.type(of: operand)
    let value = plain(operand).text
    if from == type { return plain(operand) }
    if operand.isLiteral || type == .float || type == .double {
      return SwiftExpression("\(name(of: type))(\(value))")
    }
    return SwiftExpression("\(name(of: type))(truncatingIfNeeded: \(value))")
  }

  private func arithmetic(
    _ left: Expression, _ sign: Expression.Binary, _ right: Expression, _ type: ValueType
  ) -> SwiftExpression {
    // Something has to say which type two literals have.
    let first =
      left.isLiteral && right.isLiteral
      ? "\(name(of: type))(\(plain(left).text))" : operand(left, of: type, inChain: sign)
    return SwiftExpression(
      "\(first) \(spelling(sign, type)) \(operand(right, of: type, inChain: nil))", isPrimary: false)
  }

  /// `a + b + c` needs no parentheses around `a + b`.
  private func operand(_ operand: Expression, of type: ValueType, inChain sign: Expression.Binary?) -> String
  {
    if let sign, case .binary(_, sign, _) = operand, sign == .add || sign == .multiply,
      types.type(of: operand) == type
    {
      return plain(operand).text
    }
    return converted(operand, to: type, asOperand: true)
  }

  func spelling(_ sign: Expression.Binary, _ type: ValueType) -> String {
    switch sign {
    case .add, .subtract, .multiply: type == .float || type == .double ? sign.rawValue : "&" + sign.rawValue
    case .shiftLeft, .shiftRight: "&" + sign.rawValue
    case .divide, .bitAnd, .bitOr, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual:
      sign.rawValue
    }
  }

  // MARK: Truth values

  /// An expression as a condition.
  func condition(_ expression: Expression) -> SwiftExpression {
    switch expression {
    case .unary(.not, let operand):
      SwiftExpression("!\(condition(operand).operand)")
    case .all(let operands): chain(operands, "&&")
    case .any(let operands): chain(operands, "||")
    case .binary(let left, let sign, let right) where sign.isComparison:
      comparison(left, sign, right)
    case .commented(let operand, let comment):
      SwiftExpression("\(condition(operand).operand) /* \(CText.sanitized(comment)) */", isPrimary: false)
    case .name, .truth, .unsigned, .bits, .signed, .float, .double, .index, .field, .call, .unary,
      .complement,
      .binary, .conditional, .cast, .bitPattern, .floatOfBits, .fusedMultiplyAdd, .exactMultiplyAdd:
      plain(expression)
    }
  }

  private func chain(_ operands: [Expression], _ sign: String) -> SwiftExpression {
    if operands.count == 1 { return condition(operands[0]) }
    return SwiftExpression(
      operands.map { condition($0).operand }.joined(separator: " \(sign) "), isPrimary: false)
  }

  private func comparison(
    _ left: Expression, _ sign: Expression.Binary, _ right: Expression
  ) -> SwiftExpression {
    let type = types.common(left, right)
    let first =
      left.isLiteral && right.isLiteral
      ? "\(name(of: type))(\(plain(left).text))" : converted(left, to: type, asOperand: true)
    return SwiftExpression(
      "\(first) \(sign.rawValue) \(converted(right, to: type, asOperand: true))", isPrimary: false)
  }

  // MARK: Literals

  /// For example: `0x1.8p+3`; Swift's literals have no suffix.
  func literal(_ value: Float) -> String {
    var text: [UInt8] = []
    HexFloat.append(value, to: &text)
    return String(decoding: text.dropLast(), as: UTF8.self)
  }

  func literal(_ value: Double) -> String {
    var text: [UInt8] = []
    HexFloat.append(value, to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}

extension Expression {
  /// Whether Swift gives the expression the type that its place asks for.
  fileprivate var isLiteral: Bool {
    switch self {
    case .unsigned, .bits, .signed, .float, .double: true
    case .commented(let operand, _): operand.isLiteral
    case .binary(let left, let sign, let right): !sign.isComparison && left.isLiteral && right.isLiteral
    case .name, .truth, .index, .field, .call, .unary, .complement, .all, .any, .conditional, .cast,
      .bitPattern,
      .floatOfBits, .fusedMultiplyAdd, .exactMultiplyAdd:
      false
    }
  }
}
