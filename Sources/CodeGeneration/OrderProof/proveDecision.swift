// Trusted: a program that is proved here says so in its header.

import LoopIR
import SafetyLayers
import SpecificationLanguage

/// What is known of a program's rows for all finite scores.
public enum DecisionProof: Sendable, Hashable {
  /// Every row, on every order of raw scores and every distance between them that matters: the emitted functions give
  /// the raw scores where they satisfy the row, else scores that do, and never abstain but for a conflict.
  case proved(runs: Int)
  /// Too many outputs for a proof by cases.
  case tooManyOutputs
  /// Too many cases.
  case tooManyRuns

  /// What the header says of it.
  ///
  /// - Parameter hasRepair: whether some row of the program demands anything.
  func text(hasRepair: Bool) -> String {
    switch self {
    case .proved(let runs) where !hasRepair:
      """
      Proved when this was compiled, by \(runs) cases that cover all finite scores, for each row of the table in
      the source (a set of properties that are active together): scores are given as they are. Nothing is checked
      and nothing is repaired. Only a row that nothing satisfies abstains (CONFLICT); the reason UNREPAIRED never
      occurs.
      """
    case .proved(let runs):
      """
      Proved when this was compiled, by \(runs) cases that cover all finite scores, for each row of the table in
      the source (a set of properties that are active together): scores that satisfy the row are given as they
      are, all others are repaired. Only a row that nothing satisfies abstains (CONFLICT); the reason UNREPAIRED
      never occurs.
      """
    case .tooManyOutputs, .tooManyRuns:
      """
      Too many \(self == .tooManyOutputs ? "outputs" : "cases") for a proof that every repair succeeds: one that
      failed its check would be an abstention with the reason UNREPAIRED.
      """
    }
  }
}

/// A proof by cases is tried for outputs up to this number: the 4,683 weak orders of six are a matter of a second for
/// a row, the 47,293 of seven are not.
private let mostOutputs = 6
/// Runs for all rows together.
private let mostRuns = 50_000

/// Proves `decide_row`, the function that the back ends print, row by row over the line of scores (``ScoreLine``).
///
/// What checks the results is the meaning of order constraints on the line, and not the code that is proved.
/// - Throws: where a run contradicts the claim, which is a bug of the compiler.
///
/// - Parameter change: for tests, which show that a wrong function is found.
func proveDecision(
  _ context: EmissionContext, changing change: (Function) -> Function = { $0 }
) throws(DecisionFault) -> DecisionProof {
  if context.outputCount > mostOutputs { return .tooManyOutputs }
  var runs = 0
  do {
    let interpreter = try LoopInterpreter(decisionProgram(context, change))
    for row in context.layout.rows.indices {
      runs += try ScoreLine.explore(scores: context.outputCount, limit: mostRuns - runs) { line in
        try DecisionRun(context: context, line: line, row: row).check(interpreter)
      }
    }
  } catch let fault as DecisionFault {
    throw fault
  } catch is ScoreLine.TooManyRuns {
    return .tooManyRuns
  } catch {
    throw DecisionFault(row: nil, problem: "\(error)")
  }
  return .proved(runs: runs)
}

/// ``proveDecision(_:changing:)`` of a program as it would be emitted.
package func proveDecision(
  of program: EmittableProgram, changing change: (Function) -> Function
) throws(DecisionFault) -> DecisionProof {
  let prefix = ProgramPrefix(of: program, amongNetworks: [], chosen: nil)
  let context = EmissionContext(program, compilerVersion: "", prefix: prefix, options: EmissionOptions())
  return try proveDecision(context, changing: change)
}

/// A run that contradicts what is to be proved.
package struct DecisionFault: Error, CustomStringConvertible {
  let row: Int?
  let problem: String

  package var description: String { "the decision\(row.map { " under row \($0)" } ?? ""): \(problem)" }
}

/// The declarations that `decide_row` needs. The functions that look at bits, which are tested on all bit patterns, are
/// given by what they mean on the line: moved scores by adding or subtracting one step.
private func decisionProgram(_ context: EmissionContext, _ change: (Function) -> Function) -> LoopProgram {
  let names = context.names
  let isHighest = context.program.interface.better == .highest
  let value = Names.value.expression
  let largest = Expression.float(.greatestFiniteMagnitude)
  let parameter = [Variable(.float, Names.value)]
  let isStrange = Function(.bool, names[.isStrange], parameter, comment: "") {
    .give(.any([value < .float(-.greatestFiniteMagnitude), value > largest]))
  }
  func move(_ name: Identifier, upwards: Bool) -> Function {
    Function(.float, name, parameter, comment: "") {
      .give(.binary(value, upwards ? .add : .subtract, .float(1)))
    }
  }
  let decisions = emitDecisions(context).compactMap { declaration -> Declaration? in
    guard case .function(let function) = declaration else { return declaration }
    switch function.name {
    case names[.decide]: return nil
    case names[.moveToWorse]: return .function(change(move(function.name, upwards: !isHighest)))
    case names[.moveToBetter]: return .function(change(move(function.name, upwards: isHighest)))
    default: return .function(change(function))
    }
  }
  return LoopProgram(interfaceDeclarations(context) + [.function(isStrange)] + decisions)
}

/// One run of `decide_row`, and what its result has to be.
private struct DecisionRun {
  let context: EmissionContext
  let line: ScoreLine
  let row: Int

  func check(_ interpreter: LoopInterpreter) throws {
    let outputs = context.outputCount
    let raw = (0..<outputs).map { line.score($0) }
    let arrays = try interpreter.call(
      context.names[.decideRow],
      [.array(raw), .scalar(UInt64(row)), .structure(context.names.result)], scores: line
    ).arrays
    let written = arrays[1].prefix(outputs + 3).compactMap { $0 }
    try require(written.count == outputs + 3, "a part of the result is not written")
    let scores = Array(written[..<outputs])
    let (choice, reason) = (written[outputs], written[outputs + 2])
    let status = EmittedStatus(rawValue: Int32(truncatingIfNeeded: written[outputs + 1]))
    if context.layout.rows[row].disjuncts.isEmpty {
      return try require(
        status == .abstained && reason == UInt64(AbstentionReason.conflict.rawValue),
        "a conflict gives an answer")
    }
    if try satisfiesRow(raw) {
      try require(status == .ok && reason == 0 && scores == raw, "safe scores are changed")
    } else {
      try require(status == .repaired && reason == 0, "unsafe scores are not repaired")
      try require(try scores.allSatisfy { try line.isFinite($0) }, "a repaired score is not finite")
      try require(try satisfiesRow(scores), "repaired scores do not satisfy the row")
    }
    try require(try choice == best(of: scores), "the choice is not the best output")
  }

  private func require(_ condition: Bool, _ problem: String) throws(DecisionFault) {
    if !condition { throw DecisionFault(row: row, problem: problem) }
  }

  private func isBetter(_ a: UInt64, _ b: UInt64) throws -> Bool {
    try line.compare(a, context.program.interface.better == .highest ? .greater : .less, b)
  }

  private func satisfiesRow(_ scores: [UInt64]) throws -> Bool {
    try context.layout.rows[row].disjuncts.contains { disjunct in
      try disjunct.precedences.allSatisfy { try isBetter(scores[$0.before], scores[$0.after]) }
        && disjunct.windows.allSatisfy { window in
          let own = scores[window.output]
          return try (window.earliest == 0 || scores.count { try isBetter($0, own) } >= window.earliest)
            && (window.end == scores.count
              || scores.count { try isBetter(own, $0) } >= scores.count - window.end)
        }
    }
  }

  private func best(of scores: [UInt64]) throws -> UInt64 {
    var best = context.tieOrder[0]
    for output in context.tieOrder.dropFirst() {
      if try isBetter(scores[output], scores[best]) { best = output }
    }
    return UInt64(best)
  }
}
