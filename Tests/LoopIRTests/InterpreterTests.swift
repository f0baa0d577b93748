import LoopIR
import Testing

private let (f, a, i, x) = (Identifier("f"), Identifier("a"), Identifier("i"), Identifier("x"))

private func run(
  _ type: ValueType, _ parameters: [Variable], _ arguments: [LoopInterpreter.Argument], steps: Int = .max,
  @BlockBuilder _ body: () -> [Statement]
) throws -> UInt64? {
  let program = LoopProgram([.function(Function(type, f, parameters, comment: "", body))])
  return try LoopInterpreter(program).call(f, arguments, steps: steps).result
}

@Test func unsignedArithmeticWraps() throws {
  func value(_ type: ValueType, _ expression: Expression) throws -> UInt64? {
    try run(type, [], []) { .give(expression) }
  }
  #expect(try value(.uint32, .bits(.max) + 2) == 1)
  #expect(try value(.uint32, (0 as Expression) - 1) == 0xFFFF_FFFF)
  #expect(try value(.uint32, ~(0 as Expression)) == 0xFFFF_FFFF)
  #expect(try value(.uint32, .bits(0x8000_0001) << 1) == 2)
  #expect(
    try value(.uint64, .cast(.uint64, .bits(.max)) * .cast(.uint64, .bits(.max))) == 0xFFFF_FFFE_0000_0001)
  #expect(try value(.bool, .signed(-1) < .signed(0)) == 1)
  #expect(try value(.int32, .unary(.negate, .signed(7))) == UInt64(UInt32(bitPattern: -7)))
}

@Test func floatsRoundOnce() throws {
  let (one, tiny) = (Float(1).nextUp, Float(0x1p-30))
  func value(_ expression: Expression) throws -> Float {
    let bits = try #require(
      try run(.float, [Variable(.float, x)], [.scalar(UInt64(one.bitPattern))]) {
        .give(expression)
      })
    return Float(bitPattern: UInt32(bits))
  }
  #expect(try value(x.expression * x.expression) == one * one)
  #expect(
    try value(.fusedMultiplyAdd(x.expression, x.expression, .float(tiny))) == tiny.addingProduct(one, one))
  #expect(try value(.floatOfBits(.bitPattern(x.expression) + 1)) == one.nextUp)
}

@Test func exactProductsAreAddedInBinary64() throws {
  func value(_ factor: Expression, _ sum: Double) throws -> Double {
    let bits = try run(.double, [Variable(.float, x)], [.scalar(UInt64(Float(1).nextUp.bitPattern))]) {
      .give(.exactMultiplyAdd(.cast(.double, x.expression), factor, .double(sum)))
    }
    return Double(bitPattern: try #require(bits))
  }
  #expect(try value(.cast(.double, x.expression), 0x1p-46) == 0x1.000004000008p0)
  #expect(throws: LoopFault.inexactProduct(function: "f")) { try value(.double(0x1.00000001p0), 0) }
  func rounded(_ number: Double) throws -> Float {
    let bits = try run(.float, [], []) { .give(.cast(.float, .double(number))) }
    return Float(bitPattern: UInt32(try #require(bits)))
  }
  #expect(try rounded(0x1.000003p0) == 0x1.000004p0 && rounded(0x1.000001p0) == 1)
  #expect(try rounded(1e39) == .infinity && rounded(-1e-50).bitPattern == Float(-0.0).bitPattern)
}

@Test func whatCLeavesUndefinedIsFound() throws {
  let array = Variable(.float, a, count: 3)
  #expect(throws: LoopFault.outOfBounds(function: "f", index: 3, count: 3)) {
    try run(.void, [], []) {
      Statement.declare(array, .zeros)
      Statement.each(i, to: 4) { .assign(a[i.expression], .float(1)) }
    }
  }
  #expect(throws: LoopFault.uninitialized(function: "f")) {
    try run(.float, [], []) {
      Statement.declare(array, nil)
      Statement.assign(a[1], .float(1))
      Statement.give(a[0])
    }
  }
  #expect(throws: LoopFault.uninitialized(function: "f")) {
    try run(.float, [], []) {
      Statement.declare(.float, x)
      Statement.give(x.expression)
    }
  }
  #expect(throws: LoopFault.shift(function: "f", distance: 32)) {
    try run(.uint32, [], []) { .give((1 as Expression) << 32) }
  }
  #expect(throws: LoopFault.overflow(function: "f")) {
    try run(.int32, [], []) { .give(.binary(.signed(.max), .add, .signed(1))) }
  }
  #expect(throws: LoopFault.tooManySteps) {
    try run(.void, [], [], steps: 100) { .each(i, to: 1000) { [] } }
  }
}
