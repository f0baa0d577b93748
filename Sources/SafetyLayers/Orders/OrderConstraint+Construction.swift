extension OrderConstraint {
  /// The constraint of a conjunction of literals; `nil` if no total order satisfies it.
  ///
  /// - Parameters:
  ///   - precedences: in any order, repeated or redundant ones included.
  ///   - windows: several of one output are intersected.
  package init?(outputCount: Int, precedences: some Sequence<Precedence>, windows: some Sequence<Window>) {
    let literals = OrderConjunction(outputCount: outputCount, precedences: precedences, windows: windows)
    guard let closed = ClosedOrder(literals) else { return nil }
    self.init(closed)
  }

  /// The canonical form: transitive reduction of the precedences (unique, as they are acyclic), and of
  /// the windows only the bounds that the rest does not imply.
  ///
  /// A bound `earliest r` of output `o` is left out if `o` has `r` ancestors, or a predecessor `p`
  /// whose derived earliest place is `r - 1` or later. This changes neither what holds of scores
  /// (``ClosedOrder``), nor which orders are allowed, nor the values of a repair: there, the bound asks
  /// for `o` to be worse than the value at place `r - 1`. The last of the ancestors, or `p`, stands at
  /// place `r - 1` or later, so its value is not better than that one, and `o` is worse than its
  /// value by the precedences. Upwards and for `end`, the same holds mirrored.
  init(_ closed: ClosedOrder) {
    let literals = closed.literals
    let count = literals.outputCount

    var precedences: [Precedence] = []
    var reduction = literals.precedences
    for output in 0..<count {
      literals.precedences.forEachColumn(inRow: output) {
        reduction.subtract(row: output, withRow: $0, of: closed.closure)
      }
      reduction.forEachColumn(inRow: output) { precedences.append(Precedence(before: output, after: $0)) }
    }

    var impliedEarliest = closed.closure.columnCounts
    var impliedEnd = (0..<count).map { count - closed.closure.count(inRow: $0) }
    for precedence in precedences {
      let (before, after) = (precedence.before, precedence.after)
      impliedEarliest[after] = max(impliedEarliest[after], closed.earliest[before] + 1)
      impliedEnd[before] = min(impliedEnd[before], closed.end[after] - 1)
    }
    let windows = (0..<count).compactMap { output -> Window? in
      let earliest = literals.earliest[output] > impliedEarliest[output] ? literals.earliest[output] : 0
      let end = literals.end[output] < impliedEnd[output] ? literals.end[output] : count
      return earliest == 0 && end == count ? nil : Window(output: output, earliest: earliest, end: end)
    }
    self.init(
      outputCount: count, precedences: precedences, windows: windows, earliest: closed.earliest,
      end: closed.end)
  }
}

extension OrderConstraint: Comparable {
  /// The canonical order of a row's disjuncts: by precedences, then by windows, lexicographically.
  public static func < (a: Self, b: Self) -> Bool {
    if a.precedences != b.precedences { return a.precedences.lexicographicallyPrecedes(b.precedences) }
    return a.windows.lexicographicallyPrecedes(b.windows) {
      ($0.output, $0.earliest, $0.end) < ($1.output, $1.earliest, $1.end)
    }
  }
}
