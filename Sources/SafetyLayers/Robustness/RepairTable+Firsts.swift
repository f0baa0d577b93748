extension RepairTable.Row {
  /// Whether the row asks for nothing: raw scores are always given as they are.
  public var isFree: Bool { disjuncts.contains { $0.precedences.isEmpty && $0.windows.isEmpty } }

  /// The outputs that stand first in some order that the row allows, ascending.
  ///
  /// **The choice is the best-ranked of them**, whatever the raw scores are. A repair gives the order that comes first
  /// lexicographically by raw rank, so its first output has the best rank of all that can be first (guarantee 5). Raw
  /// scores that satisfy a disjunct, ranked with ties broken in any way, give an order that does; so their best output is
  /// one of these, and none is ranked before it.
  var firsts: [Int] {
    guard let outputCount = disjuncts.first?.outputCount else { return [] }
    return (0..<outputCount).filter { output in
      let first = OrderConstraint.Window(output: output, earliest: 0, end: 1)
      return disjuncts.contains {
        OrderConstraint(outputCount: outputCount, precedences: $0.precedences, windows: $0.windows + [first])
          != nil
      }
    }
  }
}
