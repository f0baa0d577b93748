extension OrderConstraint {
  /// Whether the same scores satisfy both.
  func isEquivalent(to other: OrderConstraint) -> Bool {
    self == other || implies(other) && other.implies(self)
  }

  /// Whether all scores that satisfy this constraint satisfy `other`; exact.
  ///
  /// They do iff for no literal of `other` some total order satisfies this constraint and the literal's reverse: b
  /// before a for a before b, place e or later for a place before e, a place before r for place r or later. A total
  /// order is scores without ties, and with the reverse it violates the literal. Conversely let scores satisfy this
  /// constraint and violate a literal. Rank them with ties broken against it: b before a, or the windowed output behind
  /// (before) all that are as good. Strict comparisons are kept, so the constraint holds of this order, and so does
  /// the reverse: fewer than m - e outputs are strictly worse than o, hence behind it; fewer than r strictly better.
  func implies(_ other: OrderConstraint) -> Bool {
    let own = OrderConjunction(outputCount: outputCount, precedences: precedences, windows: windows)
    func excludes(_ reverse: (inout OrderConjunction) -> Void) -> Bool {
      var both = own
      reverse(&both)
      return ClosedOrder(both) == nil
    }
    return other.precedences.allSatisfy { literal in
      excludes { $0.require(literal.after, above: literal.before) }
    }
      && other.windows.allSatisfy { literal in
        (literal.end >= outputCount || excludes { $0.require(literal.output, notBefore: literal.end) })
          && (literal.earliest <= 0 || excludes { $0.require(literal.output, before: literal.earliest) })
      }
  }
}
