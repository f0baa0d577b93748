import CodeGeneration
import LoopIR
import Testing

// Loops as Swift gets them run as they did before.

private let (values, part, lane) = (Identifier("values"), Identifier("part"), Identifier("lane"))
private let element = values[part.expression * 4 + lane.expression]

/// A function that counts through 3 times 4 numbers.
private func program(@BlockBuilder _ body: () -> [Statement]) -> [Declaration] {
  [
    .function(
      Function(.void, Identifier("f"), [Variable(.pointer(.uint32), values)], comment: "") {
        Statement.each(part, to: 3) { Statement.each(lane, to: 4, body) }
      })
  ]
}

private func result(_ declarations: [Declaration]) throws -> [UInt64?] {
  let interpreter = try LoopInterpreter(LoopProgram(declarations))
  return try interpreter.call(Identifier("f"), [.array((0..<12).map { $0 * $0 % 7 })]).arrays[0]
}

private func loopCount(_ declarations: [Declaration]) -> Int {
  func count(_ block: [Statement]) -> Int {
    block.reduce(0) { sum, statement in
      if case .count(_, _, _, let body) = statement { sum + 1 + count(body) } else { sum }
    }
  }
  return declarations.reduce(0) { sum, declaration in
    if case .function(let function) = declaration { sum + count(function.body) } else { sum }
  }
}

@Test func loopsOverPartsAndLanesAreJoined() throws {
  let declarations = program { Statement.update(element, .add, 1) }
  #expect(loopCount(simplifiedLoops(declarations)) == 1)
  #expect(try result(simplifiedLoops(declarations)) == result(declarations))
}

/// A joined loop would be left as a whole by a jump out of the inner one.
@Test(arguments: [Statement.exitLoop, .nextRound, .result(nil)])
func loopsWithJumpsDoTheSame(jump: Statement) throws {
  let declarations = program {
    Statement.when(element == 2) { jump }
    Statement.update(element, .add, 100)
  }
  let changed = try result(declarations).count { ($0 ?? 0) >= 100 }
  #expect(changed > 0 && changed < 12)
  #expect(try result(simplifiedLoops(declarations)) == result(declarations))
}
