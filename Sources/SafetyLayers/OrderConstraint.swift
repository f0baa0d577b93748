/// One disjunct of a repair row: a set of total orders of the outputs, given by precedences and
/// windows of places. The disjunct holds of scores iff every precedence holds strictly and every
/// windowed output has enough strictly better (`earliest`) and strictly worse (`outputs - end`) ones.
public struct OrderConstraint: Sendable, Hashable {
  /// `before` is strictly better than `after`.
  public struct Precedence: Sendable, Hashable, Comparable {
    public let before: Int
    public let after: Int

    public init(before: Int, after: Int) {
      self.before = before
      self.after = after
    }

    public static func < (a: Self, b: Self) -> Bool { (a.before, a.after) < (b.before, b.after) }
  }

  /// The place (from 0) of `output` in the order is in `earliest ..< end`.
  public struct Window: Sendable, Hashable {
    public let output: Int
    public let earliest: Int
    public let end: Int

    public init(output: Int, earliest: Int, end: Int) {
      self.output = output
      self.earliest = earliest
      self.end = end
    }
  }

  public let outputCount: Int
  /// Acyclic, transitively reduced, ascending.
  public let precedences: [Precedence]
  /// As written, ascending; bounds that follow from precedences and other windows are left out.
  public let windows: [Window]
  /// For each output the earliest place that precedences and windows together allow.
  /// INVARIANT: grows strictly along every precedence.
  public let earliest: [Int]
  /// For each output the end (exclusive) of the places that precedences and windows together allow.
  /// INVARIANT: grows strictly along every precedence.
  public let end: [Int]
}

/// The properties of a program that are active: bit `i` stands for its property `i`.
public struct ActivationSet: Sendable, Hashable, Comparable {
  /// 32 properties a word, least significant first; as many words as the program's properties need.
  public let words: [UInt32]

  public init(active: some Sequence<Int>, propertyCount: Int) {
    var words = [UInt32](repeating: 0, count: Self.wordCount(forProperties: propertyCount))
    for index in active { words[index / 32] |= 1 << UInt32(index % 32) }
    self.words = words
  }

  /// At least one, so that emitted arrays are never empty.
  public static func wordCount(forProperties count: Int) -> Int { max(1, (count + 31) / 32) }

  public var active: [Int] {
    words.indices.flatMap { word in
      (0..<32).compactMap { words[word] >> UInt32($0) & 1 == 1 ? word * 32 + $0 : nil }
    }
  }

  /// As unsigned numbers, most significant word first.
  public static func < (a: Self, b: Self) -> Bool {
    for (x, y) in zip(a.words.reversed(), b.words.reversed()) where x != y { return x < y }
    return false
  }
}

/// What emitted code looks up: for every feasible set of active properties, the irredundant
/// satisfiable disjuncts of the conjunction of their posts. An activation set that is not listed was
/// proved infeasible; at run time it fails closed all the same.
public struct RepairTable: Sendable {
  public struct Row: Sendable {
    public let activation: ActivationSet
    /// Sorted, none implied by another; empty means that no order is safe: abstain with `conflict`.
    public let disjuncts: [OrderConstraint]

    package init(activation: ActivationSet, disjuncts: [OrderConstraint]) {
      self.activation = activation
      self.disjuncts = disjuncts
    }
  }

  /// Ascending by activation.
  public let rows: [Row]

  package init(rows: [Row]) {
    self.rows = rows
  }
}
