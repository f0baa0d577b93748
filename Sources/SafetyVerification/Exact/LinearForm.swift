import ExactArithmetic

/// `sum of coefficient * variable + constant` over the variables of a ``SymbolicRun``.
struct LinearForm: Sendable {
  /// INVARIANT: ascending by variable, no coefficient is zero.
  var terms: [(variable: Int, coefficient: Rational)] = []
  var constant: Rational
}

/// A variable of a ``SymbolicRun``.
struct SymbolicVariable: Sendable {
  enum Kind: Sendable {
    /// An element of the network's input.
    case input(Int)
    /// What the execution adds to an element of a node's result.
    case error
    /// The result y of a gate that is on both sides: y >= 0, y >= z and y <= chord, with z its argument.
    case relaxed(Gate, argument: LinearForm, chord: Chord)
  }

  let kind: Kind
  let lower: Rational
  let upper: Rational
}

/// The line slope z + intercept, not below max(z, 0) for arguments z of a gate.
struct Chord: Sendable {
  let slope: Rational
  let intercept: Rational

  /// - Requires: `lower <= 0 <= upper` and not both are zero.
  init(from lower: Rational, to upper: Rational) {
    // Any slope is sound with this intercept; a short one keeps numbers short.
    let best = upper / (upper - lower)
    slope = best.floatNotAbove.map { Rational($0) } ?? best
    intercept = max(-slope * lower, upper - slope * upper)
  }
}
