import Foundation
import ExactArithmetic
import SMTSolving
import Testing

@Test func modelsAreExactRationals() throws {
  let context = SolverContext()
  let x = context.realVariable("x")
  let y = context.realVariable("y")
  let solver = Solver(context, timeoutMilliseconds: 5_000)
  // 3x + 7y = 1 and x - y = 2^-149 have one solution.
  let tiny = Rational(powerOfTwo: -149)
  let sum = context.sum([(Rational(3), x), (Rational(7), y)])
  let difference = context.sum([(Rational(1), x), (Rational(-1), y)])
  for (term, value) in [(sum, Rational.one), (difference, tiny)] {
    solver.assert(context.atLeast(term, context.constant(value)))
    solver.assert(context.atMost(term, context.constant(value)))
  }
  guard case .satisfiable(let model) = solver.check() else {
    Issue.record("a solvable system")
    return
  }
  let xValue = try #require(model.value(of: x))
  let yValue = try #require(model.value(of: y))
  #expect(Rational(3) * xValue + Rational(7) * yValue == .one)
  #expect(xValue - yValue == tiny)
}

@Test func coresNameTheAssumptionsThatContradict() {
  let context = SolverContext()
  let solver = Solver(context, timeoutMilliseconds: 5_000)
  let x = context.realVariable("x")
  let names = (0..<4).map { context.boolVariable("a\($0)") }
  for (index, name) in names.enumerated() {
    // a0: x >= 0, a1: x >= 1, a2: x >= 2, a3: x <= 1
    let bound = context.constant(Rational(index == 3 ? 1 : index))
    let atom = index == 3 ? context.atMost(x, bound) : context.atLeast(x, bound)
    solver.assert(context.any([context.not(name), atom]))
  }
  guard case .unsatisfiable(let core) = solver.check(assuming: names) else {
    Issue.record("x >= 2 and x <= 1")
    return
  }
  #expect(core == [2, 3])
  guard case .satisfiable = solver.check(assuming: Array(names[0..<2]) + [names[3]]) else {
    Issue.record("x = 1 satisfies these")
    return
  }
}

@Test func popForgetsWhatWasAsserted() {
  let context = SolverContext()
  let solver = Solver(context, timeoutMilliseconds: 5_000)
  let p = context.boolVariable("p")
  solver.assert(p)
  solver.push()
  solver.assert(context.not(p))
  guard case .unsatisfiable(let core) = solver.check() else {
    Issue.record("p and not p")
    return
  }
  #expect(core.isEmpty)
  solver.pop()
  guard case .satisfiable(let model) = solver.check() else {
    Issue.record("p alone")
    return
  }
  #expect(model.value(of: p) == true)
}

@Test(arguments: 0..<16)
func connectivesMeanWhatTheySay(bits: Int) {
  let context = SolverContext()
  let solver = Solver(context, timeoutMilliseconds: 5_000)
  let variables = (0..<4).map { context.boolVariable("v\($0)") }
  let values = (0..<4).map { bits >> $0 & 1 == 1 }
  for (variable, value) in zip(variables, values) {
    solver.assert(context.equivalent(variable, context.constant(value)))
  }
  let formulas: [(BoolTerm, Bool)] = [
    (context.all(variables), values.allSatisfy { $0 }), (context.any(variables), values.contains(true)),
    (context.exactlyOne(variables), values.count { $0 } == 1), (context.all([]), true),
    (context.any([]), false), (context.not(variables[0]), !values[0]),
  ]
  let counts = (-1...5).map { count in
    (context.atLeast(count, of: variables), values.count { $0 } >= count)
  }
  guard case .satisfiable(let model) = solver.check() else {
    Issue.record("an assignment")
    return
  }
  for (formula, expected) in formulas + counts { #expect(model.value(of: formula) == expected) }
}

/// The pigeonhole principle for 13 pigeons: hard for resolution.
private func assertPigeonholes(_ solver: borrowing Solver, _ context: SolverContext) {
  let holes = 12
  let sits = (0...holes).map { pigeon in
    (0..<holes).map { context.boolVariable("p\(pigeon)h\($0)") }
  }
  for pigeon in sits { solver.assert(context.any(pigeon)) }
  for hole in 0..<holes {
    for a in sits.indices {
      for b in sits.indices where b > a {
        solver.assert(context.not(context.all([sits[a][hole], sits[b][hole]])))
      }
    }
  }
}

/// A timeout is `unknown` with a reason, never an answer.
@Test func aTimeoutIsUnknown() {
  let context = SolverContext()
  let solver = Solver(context, timeoutMilliseconds: 50)
  assertPigeonholes(solver, context)
  guard case .unknown(let reason) = solver.check() else {
    Issue.record("12 holes in 50 ms")
    return
  }
  #expect(!reason.isEmpty)
}

/// A cancelled check is `unknown`, whether it runs or is still to come; without a cancellation this test would take
/// longer than anybody waits.
@Test func cancellationStopsEveryCheck() {
  let cancellation = SolverCancellation()
  SolverCancellation.$current.withValue(cancellation) {
    let context = SolverContext()
    let solver = Solver(context, timeoutMilliseconds: 3_600_000)
    guard case .satisfiable = solver.check() else {
      Issue.record("nothing is asserted")
      return
    }
    assertPigeonholes(solver, context)
    Thread {
      Thread.sleep(forTimeInterval: 0.3); cancellation.cancel()
    }.start()
    for _ in 0..<2 {
      guard case .unknown = solver.check() else {
        Issue.record("an answer after the cancellation")
        return
      }
      #expect(cancellation.isCancelled)
    }
    let later = SolverContext()
    guard case .unknown(let reason) = Solver(later, timeoutMilliseconds: 1000).check() else {
      Issue.record("an answer in a context that was made after the cancellation")
      return
    }
    #expect(reason == "cancelled")
  }
  let other = SolverContext()
  guard case .satisfiable = Solver(other, timeoutMilliseconds: 1000).check() else {
    Issue.record("a cancellation reached a context that is not its own")
    return
  }
}

@Test func versionIsKnown() {
  #expect(SolverContext.version.split(separator: ".").count == 4)
}
