import ExactArithmetic

/// Why a question has no answer: a tree of choices of gates' sides, each leaf of which has no answer either, as the
/// multipliers of its rows show.
public indirect enum ExactProof: Sendable {
  /// Multipliers of rows; others are zero. They refute the rows (see ``FarkasVector``).
  case leaf([(row: ProofRow, multiplier: Rational)])
  /// Each input has the gate on one side or, where its argument is zero, on both.
  case split(Gate, inactive: ExactProof, active: ExactProof)

  public var leafCount: Int {
    switch self {
    case .leaf: 1
    case .split(_, let inactive, let active): inactive.leafCount + active.leafCount
    }
  }

  /// Whether it shows that the question has no answer.
  public func proves(_ question: ExactQuestion) -> Bool {
    if let box = RelaxedSystem(emptyBoxOf: question) { return proves(box) }
    guard let run = try? SymbolicRun(question) else { return false }
    return proves(run)
  }

  private func proves(_ run: SymbolicRun) -> Bool {
    switch self {
    case .leaf: proves(RelaxedSystem(run))
    case .split(let gate, let inactive, let active):
      run.open.contains { $0.gate == gate }
        && inactive.proves(run.choosing(.inactive, of: gate))
        && active.proves(run.choosing(.active, of: gate))
    }
  }

  private func proves(_ system: RelaxedSystem) -> Bool {
    guard case .leaf(let multipliers) = self else { return false }
    var all = [Rational](repeating: .zero, count: system.names.count)
    for (row, multiplier) in multipliers {
      guard let index = system.names.firstIndex(of: row) else { return false }
      all[index] = multiplier
    }
    return FarkasVector(all).refutes(system.system.rows)
  }
}

/// What a row of a leaf says.
public enum ProofRow: Sendable, Hashable {
  /// The input is not below its lower bound.
  case lower(input: Int)
  /// The input is not above its upper bound.
  case upper(input: Int)
  /// A row of the question.
  case question(Int)
  /// The gate is on the side that was chosen.
  case side(Gate)
  /// The gate's result is not negative.
  case nonnegative(Gate)
  /// The gate's result is not above its argument's upper bound, if that is not negative. The chord says more; it is
  /// for ``SimplexGuess``, which starts from a box.
  case belowBound(Gate)
  /// The gate's result is not below its argument.
  case aboveArgument(Gate)
  /// The gate's result is not above the chord over its argument's bounds.
  case belowChord(Gate)
}
