import ExactArithmetic

/// Whether a property holds of a network, over the reals or of the program's floats.
public enum Verdict: Sendable {
  case holds
  case violated(Counterexample)
  case undecided(UndecidedReason)

  public var holds: Bool { if case .holds = self { true } else { false } }
}

/// Why neither was shown.
public enum UndecidedReason: Sendable, Hashable, CustomStringConvertible {
  /// The limit on CPU time struck.
  case time
  /// The limit on boxes struck.
  case boxes
  /// Rounding, the program's or the prover's, is larger than what keeps the property from being violated.
  case precision
  /// Numbers may be too large for the program's floats, as far as can be shown.
  case overflow
  /// Condition and requirement together have too many alternatives.
  case tooManyRegions
  /// An operator has no bounds.
  case unsupported(RelaxationFailure)
  /// Real inputs violate the property; no float input was found that does.
  case noFloatWitness
  /// A float program violates it, but whether the real network does is not known.
  case noRealWitness

  public var description: String {
    switch self {
    case .time: "time limit"
    case .boxes: "limit on boxes"
    case .precision: "precision: rounding errors are as large as the margin"
    case .overflow: "numbers may overflow"
    case .tooManyRegions: "condition and requirement have too many alternatives"
    case .unsupported(let failure): "operator `\(failure.operator)` of node `\(failure.node)` has no bounds"
    case .noFloatWitness: "real inputs violate it, but no float input was found that does"
    case .noRealWitness: "float inputs violate it, but no real input was found that does"
    }
  }
}

/// An input that violates a property, replayed exactly.
public struct Counterexample: Sendable {
  /// As the program takes it: physical where a specification asked, else the network's own. Nil where only a rational
  /// input is known.
  public let floats: [Float]?
  /// The same input exactly.
  public let exact: [Rational]
  /// What the program computes for ``floats``.
  public let floatScores: [Float]?
  /// What the real network computes for ``exact``; nil where that is not rational or not known.
  public let realScores: [Rational]?

  package init(floats: [Float]?, exact: [Rational], floatScores: [Float]?, realScores: [Rational]?) {
    self.floats = floats
    self.exact = exact
    self.floatScores = floatScores
    self.realScores = realScores
  }
}

/// What the prover found.
public struct ProverResult: Sendable {
  /// About the real-valued network on all real inputs of the region.
  public let real: Verdict
  /// About the emitted program on all its float inputs there.
  public let float: Verdict
  public let boxes: Int
  /// How many parts of an earlier search's tree were closed by the bounds of larger boxes, beside ``boxes``.
  public let resumedBoxes: Int
  public let cpuSeconds: Double
  /// Whether the unsafe set has no region with an input: every network keeps out of it.
  public var isVacuous = false
  /// Of what holds, if a proof was asked for and the search left one.
  public var proof: ProofSource?
}
