import CodeGeneration
import LoopIR
import SafetyLayers
import TestSupport
import Testing

// The order proof, with the functions that it proves replaced by wrong ones: it finds each of them.

/// A function of the decision that is wrong, and the body that makes it so.
private struct Fault: CustomTestStringConvertible, Sendable {
  let function: String
  let problem: String
  let body: @Sendable (Function) -> [Statement]

  var testDescription: String { "\(function): \(problem)" }

  func apply(_ original: Function) -> Function {
    guard original.name.spelling.hasSuffix("_" + function) else { return original }
    return Function(original.type, original.name, original.parameters, comment: "") { body(original) }
  }

  static let all = [
    Fault(function: "to_worse", problem: "the score stays") { [.give($0.parameters[0].name.expression)] },
    Fault(function: "row_holds", problem: "every order is safe") { _ in [.give(true)] },
    Fault(function: "row_holds", problem: "no order is safe") { _ in [.give(false)] },
    Fault(function: "scores_are_finite", problem: "nothing is finite") { _ in [.give(false)] },
    Fault(function: "raw_choice", problem: "always the first") { _ in [.give(0)] },
    Fault(function: "repair", problem: "succeeds and does nothing") { _ in [.give(true)] },
    Fault(function: "repair", problem: "always fails") { _ in [.give(false)] },
    Fault(function: "rank_outputs", problem: "comparisons turned around") {
      $0.body.map { $0.mapped(turned) }
    },
    Fault(function: "lower_values", problem: "comparisons turned around") {
      $0.body.map { $0.mapped(turned) }
    },
    Fault(function: "decide_row", problem: "gives no result") { _ in [] },
    Fault(function: "deliver", problem: "gives no result") { _ in [] },
  ]
}

private func turned(_ part: Expression) -> Expression {
  switch part {
  case .binary(let left, .less, let right): .binary(left, .greater, right)
  case .binary(let left, .greater, let right): .binary(left, .less, right)
  default: part
  }
}

/// Three outputs; the first is never chosen, the third is before the second.
private func exampleProgram() throws -> EmittableProgram {
  let spec = """
    ordain 1
    spec "faults" 1.0.0
    interface I {
      inputs { x : m in 0 m .. 10 m }
      outputs { a, b, c choose highest }
    }
    network N : I from "n.onnx"
    enforce first on N { when x >= 1 m then never choose a }
    enforce second on N { when x >= 2 m then c above b }
    """
  return EmittableProgram(try rowDriven(try #require(try CompiledSpec(spec).layer)))
}

@Test func theProgramItselfIsProved() throws {
  guard case .proved(let runs) = try proveDecision(of: exampleProgram(), changing: { $0 }) else {
    Issue.record("not proved")
    return
  }
  #expect(runs >= 2 * 13)  // at least the weak orders of three, for each row
}

@Test func aRowWithoutSolutionAbstains() throws {
  let spec = """
    ordain 1
    spec "conflict" 1.0.0
    interface I {
      inputs { x : m in 0 m .. 10 m }
      outputs { a, b choose highest abstain when conflict }
    }
    network N : I from "n.onnx"
    enforce first on N { when x >= 1 m then a above b }
    enforce second on N { when x >= 2 m then b above a }
    """
  let program = EmittableProgram(try rowDriven(try #require(try CompiledSpec(spec).layer)))
  guard case .proved = try proveDecision(of: program, changing: { $0 }) else {
    Issue.record("not proved")
    return
  }
}

@Test(arguments: Fault.all) private func aWrongFunctionIsFound(_ fault: Fault) throws {
  let program = try exampleProgram()
  #expect(throws: DecisionFault.self) { try proveDecision(of: program, changing: fault.apply) }
}
