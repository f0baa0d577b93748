// Trusted: a closure gives the value of its expression, also where scores lie on a line.

extension LoopCompiler {
  func compile(_ expression: Expression) -> Evaluation {
    switch expression {
    case .name(let name): return compile(name)
    case .truth(let value): return { _ in value ? 1 : 0 }
    case .unsigned(let value), .bits(let value): return { _ in UInt64(value) }
    case .signed(let value): return { _ in UInt64(UInt32(bitPattern: value)) }
    case .float(let value): return { _ in UInt64(value.bitPattern) }
    case .double(let value): return { _ in value.bitPattern }
    case .index:
      let (address, function) = (address(of: expression), functionName)
      return { machine in try machine.load(try address(machine), in: function) }
    case .field(let pointer, let name): return field(expression, pointer, name)
    case .call(let function, let arguments):
      guard let compiled = functions[function] else { preconditionFailure("the program was verified") }
      let arguments = arguments.map { compile($0) }
      return { machine in
        let values = try arguments.map { try $0(machine) }
        return try compiled.run(machine, values) ?? 0
      }
    case .unary(let sign, let operand): return unary(sign, operand)
    case .complement(let operand):
      let mask: UInt64 = type(of: expression) == .uint64 ? .max : 0xFFFF_FFFF
      let operand = compile(operand)
      return { machine in ~(try operand(machine)) & mask }
    case .binary(let left, let sign, let right): return binary(left, sign, right)
    case .all(let operands):
      let operands = operands.map { compile($0) }
      return { machine in
        for operand in operands where try operand(machine) == 0 { return 0 }
        return 1
      }
    case .any(let operands):
      let operands = operands.map { compile($0) }
      return { machine in
        for operand in operands where try operand(machine) != 0 { return 1 }
        return 0
      }
    case .conditional(let condition, let yes, let no):
      let (condition, yes, no) = (compile(condition), compile(yes), compile(no))
      return { machine in try condition(machine) != 0 ? try yes(machine) : try no(machine) }
    case .cast(let type, let operand): return cast(compile(operand), from: self.type(of: operand), to: type)
    case .commented(let operand, _), .floatOfBits(let operand): return compile(operand)
    case .bitPattern(let operand): return onBits(compile(operand))
    case .fusedMultiplyAdd(let a, let b, let c):
      let (a, b, c) = (compile(a), compile(b), compile(c))
      return onBits { machine in
        let product = (try a(machine).float, try b(machine).float)
        return UInt64(try c(machine).float.addingProduct(product.0, product.1).bitPattern)
      }
    }
  }

  /// An evaluation that sees the bits of binary32 numbers, which places on a line have none of.
  private func onBits(_ evaluation: @escaping Evaluation) -> Evaluation {
    return { machine in
      guard machine.scores == nil else { throw ScoreLine.Unsupported() }
      return try evaluation(machine)
    }
  }

  private func field(_ expression: Expression, _ pointer: Expression, _ name: Identifier) -> Evaluation {
    let (address, function) = (address(of: expression), functionName)
    let isArray: Bool
    do { isArray = try scope.field(name, of: pointer).isArray } catch {
      preconditionFailure("the program was verified")
    }
    if isArray { return address }
    return { machine in try machine.load(try address(machine), in: function) }
  }

  private func unary(_ sign: Expression.Unary, _ operand: Expression) -> Evaluation {
    switch sign {
    case .addressOf: return address(of: operand)
    case .not:
      let operand = compile(operand)
      return { machine in try operand(machine) == 0 ? 1 : 0 }
    case .negate:
      let type = type(of: operand)
      let operand = compile(operand)
      switch type {
      case .float: return onBits { machine in UInt64((-(try operand(machine).float)).bitPattern) }
      case .double: return { machine in (-Double(bitPattern: try operand(machine))).bitPattern }
      case .int32: return { machine in UInt64(UInt32(bitPattern: 0 &- (try operand(machine).signed))) }
      case .void, .bool, .uint8, .uint16, .uint32, .uint64, .named, .pointer, .constPointer:
        preconditionFailure("the program was verified")
      }
    }
  }

  private func binary(_ left: Expression, _ sign: Expression.Binary, _ right: Expression) -> Evaluation {
    let leftType = type(of: left)
    let rightType = type(of: right)
    let (left, right) = (compile(left), compile(right))
    switch leftType {
    case .float:
      return { machine in
        if let line = machine.scores {
          let (a, b) = (try left(machine), try right(machine))
          return sign.isComparison
            ? (try line.compare(a, sign, b) ? 1 : 0) : try line.moved(a, sign, by: b)
        }
        let value = (try left(machine).float, try right(machine).float)
        return sign.isComparison
          ? sign.compares(value.0, value.1) : UInt64(sign.combines(value.0, value.1).bitPattern)
      }
    case .double:
      return { machine in
        let value = (Double(bitPattern: try left(machine)), Double(bitPattern: try right(machine)))
        return sign.isComparison
          ? sign.compares(value.0, value.1) : sign.combines(value.0, value.1).bitPattern
      }
    case .int32: return signed(left, sign, right)
    case .void, .named, .pointer, .constPointer: preconditionFailure("the program was verified")
    case .bool, .uint8, .uint16, .uint32, .uint64:
      let is64 =
        sign == .shiftLeft || sign == .shiftRight
        ? leftType == .uint64 : leftType == .uint64 || rightType == .uint64
      return unsigned(left, sign, right, width: is64 ? 64 : 32)
    }
  }

  private func unsigned(
    _ left: @escaping Evaluation, _ sign: Expression.Binary, _ right: @escaping Evaluation, width: Int
  ) -> Evaluation {
    let mask: UInt64 = width == 64 ? .max : 0xFFFF_FFFF
    let function = functionName
    switch sign {
    case .add: return { machine in (try left(machine) &+ (try right(machine))) & mask }
    case .subtract: return { machine in (try left(machine) &- (try right(machine))) & mask }
    case .multiply: return { machine in (try left(machine) &* (try right(machine))) & mask }
    case .bitAnd: return { machine in try left(machine) & (try right(machine)) }
    case .bitOr: return { machine in try left(machine) | (try right(machine)) }
    case .shiftLeft, .shiftRight:
      return { machine in
        let value = try left(machine)
        let distance = try right(machine)
        guard distance < width else { throw LoopFault.shift(function: function, distance: Int(distance)) }
        return sign == .shiftLeft ? (value << distance) & mask : value >> distance
      }
    case .less: return { machine in try left(machine) < (try right(machine)) ? 1 : 0 }
    case .lessOrEqual: return { machine in try left(machine) <= (try right(machine)) ? 1 : 0 }
    case .greater: return { machine in try left(machine) > (try right(machine)) ? 1 : 0 }
    case .greaterOrEqual: return { machine in try left(machine) >= (try right(machine)) ? 1 : 0 }
    case .equal: return { machine in try left(machine) == (try right(machine)) ? 1 : 0 }
    case .notEqual: return { machine in try left(machine) != (try right(machine)) ? 1 : 0 }
    case .divide: preconditionFailure("the program was verified")
    }
  }

  private func signed(
    _ left: @escaping Evaluation, _ sign: Expression.Binary, _ right: @escaping Evaluation
  ) -> Evaluation {
    let function = functionName
    func arithmetic(_ operation: @escaping @Sendable (Int64, Int64) -> Int64) -> Evaluation {
      return { machine in
        let value = operation(Int64(try left(machine).signed), Int64(try right(machine).signed))
        guard let result = Int32(exactly: value) else { throw LoopFault.overflow(function: function) }
        return UInt64(UInt32(bitPattern: result))
      }
    }
    func comparison(_ operation: @escaping @Sendable (Int32, Int32) -> Bool) -> Evaluation {
      return { machine in
        let a = try left(machine).signed
        return operation(a, try right(machine).signed) ? 1 : 0
      }
    }
    switch sign {
    case .add: return arithmetic { $0 + $1 }
    case .subtract: return arithmetic { $0 - $1 }
    case .multiply: return arithmetic { $0 * $1 }
    case .bitAnd: return arithmetic { $0 & $1 }
    case .bitOr: return arithmetic { $0 | $1 }
    case .less: return comparison { $0 < $1 }
    case .lessOrEqual: return comparison { $0 <= $1 }
    case .greater: return comparison { $0 > $1 }
    case .greaterOrEqual: return comparison { $0 >= $1 }
    case .equal: return comparison { $0 == $1 }
    case .notEqual: return comparison { $0 != $1 }
    case .divide, .shiftLeft, .shiftRight: preconditionFailure("the program was verified")
    }
  }

  /// Conversions that occur: between integers, and between binary32 and binary64.
  private func cast(_ value: @escaping Evaluation, from: ValueType, to: ValueType) -> Evaluation {
    switch to {
    case .double where from == .float:
      return onBits { machine in Double(try value(machine).float).bitPattern }
    case .float where from == .double:
      return { machine in UInt64(Float(Double(bitPattern: try value(machine))).bitPattern) }
    case .uint64: return value
    case .uint8: return { machine in try value(machine) & 0xFF }
    case .uint16: return { machine in try value(machine) & 0xFFFF }
    case .uint32, .int32: return { machine in try value(machine) & 0xFFFF_FFFF }
    case .void, .bool, .float, .double, .named, .pointer, .constPointer:
      preconditionFailure("the program was verified: a cast from \(from) to \(to)")
    }
  }
}

extension UInt64 {
  fileprivate var float: Float { Float(bitPattern: UInt32(truncatingIfNeeded: self)) }
  fileprivate var signed: Int32 { Int32(truncatingIfNeeded: self) }
}

extension Expression.Binary {
  fileprivate func combines<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number) -> Number {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .shiftLeft, .shiftRight, .bitAnd, .bitOr, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal,
      .notEqual:
      preconditionFailure("the program was verified")
    }
  }

  /// 1 if the comparison holds, else 0.
  fileprivate func compares<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number) -> UInt64 {
    let holds =
      switch self {
      case .less: a < b
      case .lessOrEqual: a <= b
      case .greater: a > b
      case .greaterOrEqual: a >= b
      case .equal: a == b
      case .notEqual: a != b
      case .add, .subtract, .multiply, .divide, .shiftLeft, .shiftRight, .bitAnd, .bitOr:
        preconditionFailure("the program was verified")
      }
    return holds ? 1 : 0
  }
}
