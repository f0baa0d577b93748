extension OrderConstraint {
  /// The total order that satisfies the constraint and whose sequence of ranks comes first
  /// lexicographically: at each place the best-ranked output that some order can still have there
  /// (guarantee 5 of the article Guarantees; SC-Net, algorithm 2, without its search).
  ///
  /// An output can stand at place `t` if its predecessors are placed, its derived window has begun, and
  /// the unplaced rest can fill the places after `t` (``canFill(_:with:earliest:end:)``; the rest's own
  /// dates stay consistent, since they do not depend on what is placed).
  ///
  /// **The greedy choice never gets stuck.** INVARIANT before place `t`: the unplaced outputs can fill
  /// the places from `t` on. It holds at 0, because a constraint is satisfiable. If it holds before `t`,
  /// the first output of a schedule that fills them passes the test, and whichever output is taken
  /// passes it, which is the invariant before `t + 1`.
  ///
  /// **Without deadlines no test is needed.** Suppose no unplaced output has an explicit `end`. By
  /// satisfiability the first `t + 1` places of some order are filled, so at least `t + 1` outputs
  /// have `earliest <= t`, and one of them is unplaced; take one that is minimal in precedence among
  /// these. Its predecessors have smaller `earliest`, so they are placed: it can stand at `t`. Once
  /// placed outputs include all with an explicit `end`, this argument applies at every later place.
  func stableExtension(of ranking: Ranking) -> [Int] {
    var successors = [[Int]](repeating: [], count: outputCount)
    var unplacedPredecessors = [Int](repeating: 0, count: outputCount)
    for precedence in precedences {
      successors[precedence.before].append(precedence.after)
      unplacedPredecessors[precedence.after] += 1
    }
    var hasDeadline = [Bool](repeating: false, count: outputCount)
    for window in windows where window.end < outputCount { hasDeadline[window.output] = true }
    var deadlines = hasDeadline.count { $0 }

    var unplaced = ranking.byRank
    var order: [Int] = []
    for place in 0..<outputCount {
      let next = unplaced.firstIndex { output in
        guard unplacedPredecessors[output] == 0, earliest[output] <= place else { return false }
        if deadlines == 0 { return true }
        return canFill(
          place + 1..<outputCount, with: unplaced.filter { $0 != output }, earliest: earliest, end: end)
      }
      guard let next else { preconditionFailure("a satisfiable constraint was found unsatisfiable") }
      let output = unplaced.remove(at: next)
      order.append(output)
      if hasDeadline[output] { deadlines -= 1 }
      for successor in successors[output] { unplacedPredecessors[successor] -= 1 }
    }
    return order
  }
}
