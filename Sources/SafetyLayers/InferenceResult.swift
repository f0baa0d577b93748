/// Why a program gave no answer. Raw values are those of the emitted code; 0 means none.
public enum AbstentionReason: Int32, Sendable, CaseIterable {
  case nanInput = 1
  case infiniteInput = 2
  case outOfDomainInput = 3
  case nonFiniteScore = 4
  /// No order of the outputs satisfies the active properties.
  case conflict = 5
  /// The set of active properties is not in the table, which the analysis proved impossible.
  case unlistedActivation = 6
  /// The repaired scores satisfy no disjunct of their row. `ordain compile` proves by cases that this never happens,
  /// where the emitted header says so; for other programs an argument and tests say it. See ``repair(_:under:)``.
  case unrepaired = 7
  /// A `robust` clause is not certified, and says `abstain when uncertified`. 8 is that of emitted code alone.
  case uncertified = 9
}

/// What one inference returns.
public struct InferenceResult: Sendable, Equatable {
  public enum Status: Sendable, Equatable {
    /// The network's own scores, bit for bit.
    case ok
    case repaired
    case abstained(AbstentionReason)
  }

  public let status: Status
  /// The best output's index by the tie rule; -1 where the program abstained.
  public let choice: Int
  /// One score an output; NaN where the program abstained.
  public let scores: [Float]
  /// Empty (all bits clear) where the program abstained before it evaluated its guards.
  public let activation: ActivationSet
  /// For each `robust` clause of the program whether it is certified of this input; false where the program abstained,
  /// but for its being uncertified.
  public let certified: [Bool]
  /// For each `robust` clause the distance within which its decision is proved to stay; 0 if there is none.
  public let radii: [Float]

  package init(
    status: Status, choice: Int, scores: [Float], activation: ActivationSet, certified: [Bool] = [],
    radii: [Float] = []
  ) {
    self.status = status
    self.choice = choice
    self.scores = scores
    self.activation = activation
    self.certified = certified
    self.radii = radii
  }
}
