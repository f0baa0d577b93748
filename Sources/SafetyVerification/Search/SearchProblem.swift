/// What a search is to refute: that some input in a region has outputs on which all rows of some conjunction are at most
/// zero (below zero where the row is strict). Inputs are the network's own.
struct SearchRegion: Sendable {
  let box: Box
  /// Functionals of the inputs that are at most zero on what counts: coefficients and a constant, rounded downwards.
  let inputForms: [[Double]]
  /// INVARIANT: none is empty.
  let conjunctions: [[OutputRow]]
}

/// Numbers that bound a search; all but time are the same on every machine.
struct SearchLimits: Sendable {
  /// Boxes that are bounded, in all regions together.
  var boxes = Int.max
  /// Boxes that are bounded for the reals alone, after floats were given up.
  var realOnlyBoxes = Int.max
  /// CPU seconds of the process since the search began.
  var seconds = Double.infinity
}
