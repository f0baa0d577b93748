import LoopIR

extension CRenderer {
  mutating func append(_ expression: Expression) {
    switch expression {
    case .name(let name): write(name)
    case .truth(let value): write(value ? "true" : "false")
    case .unsigned(let value): write("\(value)u")
    case .bits(let value): write("\(value.hexadecimalLiteral)u")
    case .signed(let value): write("\(value)")
    case .float(let value): write { HexFloat.append(value, to: &$0) }
    case .double(let value): write { HexFloat.append(value, to: &$0) }
    case .index(let array, let index):
      appendOperand(array)
      write("[")
      append(index)
      write("]")
    case .field(let pointer, let field):
      appendOperand(pointer)
      write("->")
      write(field)
    case .call(let function, let arguments): appendCall(function, arguments)
    case .unary(let sign, let operand):
      write(sign.rawValue)
      appendOperand(operand)
    case .complement(let operand):
      write("~")
      appendOperand(operand)
    case .binary(let left, let sign, let right):
      appendOperand(left, ofChain: sign)
      write(" \(sign.rawValue) ")
      appendOperand(right)
    case .all(let operands): appendChain(operands, "&&")
    case .any(let operands): appendChain(operands, "||")
    case .conditional(let condition, let yes, let no):
      appendOperand(condition)
      write(" ? ")
      appendOperand(yes)
      write(" : ")
      appendOperand(no)
    case .cast(let type, let operand):
      write("(")
      append(type)
      write(")")
      appendOperand(operand)
    case .bitPattern(let operand): appendCall(names.bitsOfFloat, [operand])
    case .floatOfBits(let operand): appendCall(names.floatOfBits, [operand])
    case .fusedMultiplyAdd(let a, let b, let c): appendCall(CNames.fmaf, [a, b, c])
    case .exactMultiplyAdd(let a, let b, let c): appendCall(names.exactMultiplyAdd, [a, b, c])
    case .commented(let operand, let text):
      append(operand)
      write(" /* \(CText.sanitized(text)) */")
    }
  }

  private mutating func write(_ append: (inout [UInt8]) -> Void) {
    var text: [UInt8] = []
    append(&text)
    write(String(decoding: text, as: UTF8.self))
  }

  private mutating func appendCall(_ function: Identifier, _ arguments: [Expression]) {
    func call(_ renderer: inout CRenderer, _ separate: (inout CRenderer) -> Void) {
      renderer.write(function)
      renderer.write("(")
      for (position, argument) in arguments.enumerated() {
        if position > 0 {
          renderer.write(",")
          separate(&renderer)
        }
        renderer.append(argument)
      }
      renderer.write(")")
    }
    fitting({ call(&$0) { $0.write(" ") } }, orElse: { call(&$0) { $0.continueLine() } })
  }

  /// A conjunction or disjunction; one operand a line where one line would be too long.
  private mutating func appendChain(_ operands: [Expression], _ sign: String) {
    func separated(_ renderer: inout CRenderer, _ separate: (inout CRenderer) -> Void) {
      for (position, operand) in operands.enumerated() {
        if position > 0 {
          separate(&renderer)
          renderer.write("\(sign) ")
        }
        if operands.count > 1 { renderer.appendOperand(operand) } else { renderer.append(operand) }
      }
    }
    fitting(
      { separated(&$0) { $0.write(" ") } },
      orElse: {
        $0.indented {
          separated(&$0) {
            $0.endLine()
            $0.startLine()
            $0.write("  ")
          }
        }
      })
  }

  /// An operand, in parentheses unless it binds tighter than every operator. `a + b + c` needs none.
  private mutating func appendOperand(_ operand: Expression, ofChain sign: Expression.Binary? = nil) {
    if operand.isPrimary || isSameChain(operand, sign) { return append(operand) }
    write("(")
    append(operand)
    write(")")
  }

  private func isSameChain(_ operand: Expression, _ sign: Expression.Binary?) -> Bool {
    guard let sign, case .binary(_, let inner, _) = operand else { return false }
    return inner == sign && (sign == .add || sign == .multiply || sign == .bitOr || sign == .bitAnd)
  }
}

extension Expression {
  /// Whether the expression needs no parentheses as an operand.
  fileprivate var isPrimary: Bool {
    switch self {
    case .name, .truth, .unsigned, .bits, .index, .field, .call, .bitPattern, .floatOfBits, .fusedMultiplyAdd,
      .exactMultiplyAdd:
      true
    case .signed(let value): value >= 0
    case .float, .double: true
    case .all(let operands), .any(let operands): operands.count == 1 && operands[0].isPrimary
    case .unary, .complement, .binary, .conditional, .cast, .commented: false
    }
  }
}
