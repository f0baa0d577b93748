import Diagnostics
import ExactArithmetic

/// Why a program returned what it returned for one input: what `ordain why` shows.
public struct Explanation: Sendable {
  public let input: [Float]
  public let result: InferenceResult
  /// The first input that was refused (NaN, infinite, outside its domain).
  public let refusedInput: Int?
  /// What the network was given; empty if an input was refused.
  public let normalizedInput: [Float]
  /// The network's own scores; empty if an input was refused.
  public let rawScores: [Float]
  /// The outputs, best first by the tie rule; empty unless the raw scores are finite.
  public let rawRanking: [Int]
  /// One a guard, in order; empty where the program abstained before it evaluated its guards.
  public let properties: [PropertyExplanation]
  /// Index of the row in the table; `nil` where none was looked up or listed.
  public let row: Int?
  public let outcome: Outcome

  /// What became of the raw scores.
  public enum Outcome: Sendable, Hashable {
    case abstained(AbstentionReason)
    /// The raw scores satisfy this disjunct of the row: returned bit for bit.
    case kept(disjunct: Int)
    /// The raw scores satisfy none; this disjunct gave the order.
    case repaired(disjunct: Int)
  }

  /// The outputs, best first by the tie rule, of the returned scores; empty if the program abstained.
  public let finalRanking: [Int]
}

/// One property at one input.
public struct PropertyExplanation: Sendable {
  public let name: String
  public let title: String
  public let condition: ConditionExplanation
  /// The guards whose conditions hold and that override this one.
  public let overriddenBy: [Int]
  /// Whether the condition holds and no overrider's does.
  public var isActive: Bool { condition.holds && overriddenBy.isEmpty }
}

/// A condition at one input, with the truth of every part.
public indirect enum ConditionExplanation: Sendable {
  case constant(Bool)
  case atom(AtomExplanation)
  case all([ConditionExplanation])
  case any([ConditionExplanation])

  public var holds: Bool {
    switch self {
    case .constant(let value): value
    case .atom(let atom): atom.holds
    case .all(let parts): parts.allSatisfy(\.holds)
    case .any(let parts): parts.contains(where: \.holds)
    }
  }

  /// The atoms, from left to right.
  public var atoms: [AtomExplanation] {
    switch self {
    case .constant: []
    case .atom(let atom): [atom]
    case .all(let parts), .any(let parts): parts.flatMap(\.atoms)
    }
  }
}

/// An atom at one input.
public struct AtomExplanation: Sendable {
  /// The atom in physical units, such as `rho >= 1500 ft`.
  public let text: String
  public let range: SourceRange
  public let holds: Bool
  public let actual: Actual

  /// What the atom compares with its bound.
  public enum Actual: Sendable, Hashable {
    case input(Int, value: Float)
    /// The exact sum on the left.
    case sum(Rational)
    /// The raw choice.
    case rawChoice(Int)
  }
}
