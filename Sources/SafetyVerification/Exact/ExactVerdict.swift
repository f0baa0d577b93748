import ExactArithmetic

/// What is known of an ``ExactQuestion``.
public enum ExactVerdict: Sendable {
  /// An input that is an answer of the real network; evaluated exactly.
  case feasible([Rational])
  /// There is no answer: with errors, none of any execution within them.
  case infeasible(ExactProof)
  case unknown(ExactUnknown)
}

/// Why a question stays open.
public enum ExactUnknown: Sendable, Hashable {
  /// The budget's systems, or its time, are used up.
  case budget
  /// No proof is left to be found: an execution may have an answer near this input.
  case withinErrors(near: [Rational])
  /// The solver gave no answer.
  case solver(reason: String)
  case unsupported(UnsupportedOperator)
}

/// What a decision may cost. Where ``time`` is `nil`, the outcome depends on nothing but the question.
public struct ExactBudget: Sendable {
  /// How many linear systems may be solved.
  public var systems: Int
  public var time: Duration?

  public init(systems: Int, time: Duration? = nil) {
    self.systems = systems
    self.time = time
  }
}
