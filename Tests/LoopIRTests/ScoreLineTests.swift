import LoopIR
import Testing

private let value = Identifier("value")
private let function = Identifier("function")

/// The runs in which a function of one score gives true.
private func runs(_ condition: Expression) throws -> (all: Int, giveTrue: Int) {
  let interpreter = try LoopInterpreter(
    LoopProgram([
      .function(
        Function(.bool, function, [Variable(.float, value)], comment: "") { .give(condition) })
    ]))
  var giveTrue = 0
  let all = try ScoreLine.explore(scores: 1, limit: 100) { line in
    if try interpreter.call(function, [.scalar(line.score(0))], scores: line).result == 1 { giveTrue += 1 }
  }
  return (all, giveTrue)
}

private let one = Expression.float(1)
private let down = Expression.binary(value.expression, .subtract, one)
private let greatest = Expression.float(.greatestFiniteMagnitude)

/// Fubini numbers: no order is forgotten, none is met twice.
@Test(arguments: [(1, 1), (2, 3), (3, 13), (4, 75), (5, 541)]) func everyWeakOrderIsMetOnce(
  scores: Int, orders: Int
) throws {
  var seen: Set<[Int]> = []
  let runs = try ScoreLine.explore(scores: scores, limit: 1000) { line in
    seen.insert(
      try (0..<scores).map { a in
        try (0..<scores).count { try line.compare(line.score($0), .less, line.score(a)) }
      })
  }
  #expect(runs == orders && seen.count == orders)
}

@Test func theLineHasTwoEnds() throws {
  // The next number downwards is less, and finite but at the end.
  #expect(try runs(down < value.expression) == (1, 1))
  #expect(try runs(down < -Float.greatestFiniteMagnitude) == (2, 1))
  // Beyond the end there is one infinity.
  let twice = Expression.binary(down, .subtract, one)
  #expect(try runs(twice < down) == (2, 1))
  #expect(try runs(.binary(down, .add, one) == value.expression) == (1, 1))
  #expect(
    try runs(.any([value.expression < -Float.greatestFiniteMagnitude, value.expression > greatest])) == (1, 0)
  )
}

@Test func tooManyRunsAreAnError() {
  #expect(throws: ScoreLine.TooManyRuns.self) {
    try ScoreLine.explore(scores: 3, limit: 12) { line in
      for a in 0..<3 { for b in 0..<3 { _ = try line.compare(line.score(a), .less, line.score(b)) } }
    }
  }
}

/// What it would do on other scores cannot be known from such a run.
@Test(arguments: [
  Expression.binary(value.expression, .multiply, one) < Float(0),
  Expression.binary(value.expression, .add, .float(2)) < Float.greatestFiniteMagnitude,
  value.expression < Float(0),
  Expression.bitPattern(value.expression) == .bits(0),
]) func codeThatComputesWithScoresIsAnError(condition: Expression) {
  #expect(throws: ScoreLine.Unsupported.self) { try runs(condition) }
}

extension Expression {
  fileprivate static func < (a: Expression, b: Float) -> Expression { .binary(a, .less, .float(b)) }
}
