/// A part of a region that is still open.
struct SearchNode: Sendable {
  let box: Box
  /// What is known of the box from a larger one.
  let known: NeuronBounds
  let splits: [NeuronSplit]
  /// The conjunctions that are open, as positions in the region's.
  let conjunctions: [Int]
  let depth: Int
  /// Whether the program's rounding is too large here to prove anything, so that only the real function is asked about.
  let isRealOnly: Bool
  /// Its number in the ``SearchTrace``; nil if it is not in it.
  let record: Int?
  var effort = Effort.full
  /// By open conjunctions, what their rows were carried back with.
  var tunings: [Int: RowTuning] = [:]

  /// Whether neurons are bounded anew.
  enum Effort: Sendable {
    case full
    /// What is known of a larger box has to do.
    case inherited
    /// They are if that does not do.
    case inheritedFirst
  }
}

/// What became of a node.
struct Expansion: Sendable {
  /// What of the box may still be unsafe; nil if nothing.
  var rest: Rest?

  struct Rest: Sendable {
    let box: Box
    let known: NeuronBounds
    let conjunctions: [Int]
    let branch: Branch
    /// A point at which the worst row of the first open conjunction is least, as far as its linear bound tells.
    let candidate: [Double]
    /// The largest lower bound of a row of the conjunction that is furthest from being closed: negative.
    let bound: Double
    /// How much of it is for rounding.
    let slack: Double
    /// How much the row's linear bound varies in the box, and about as much as its relaxation may cost.
    let extent: Double
    var tunings: [Int: RowTuning] = [:]
  }

  enum Branch: Sendable {
    case input(Int, at: Double)
    case neuron(Int32)
    /// The box is a point, or its halves are no smaller.
    case none
  }

  var isOverflow = false
  /// Whether neurons were bounded anew.
  var isBounded = false
}
