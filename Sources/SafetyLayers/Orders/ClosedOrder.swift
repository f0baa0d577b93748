/// A satisfiable conjunction of order literals with its consequences.
///
/// Every consequence here holds of all *scores* that satisfy the literals, ties included, not only of
/// total orders:
/// - closure: "strictly better" is transitive;
/// - `earliest[o]` counts outputs strictly better than `o`: at least those that `o`'s window demands,
///   its ancestors, and for a predecessor `p` all that are better than `p`, and `p`;
/// - `end[o]` is the mirror image;
/// - if `end[a] <= earliest[b] + 1`, `a` is strictly better than `b`: otherwise the outputs strictly
///   worse than `a` (at least `outputs - end[a]`), those strictly better than `b` (at least
///   `earliest[b]`), `a` and `b` would be disjoint, more than there are.
struct ClosedOrder: Sendable {
  let literals: OrderConjunction
  /// The transitive closure of the precedences: row `a` holds the outputs below `a`.
  let closure: BitMatrix
  /// INVARIANT: both dates grow strictly along precedences.
  let earliest: [Int]
  let end: [Int]
  /// The closure and the pairs that windows imply; transitive again.
  private let implied: BitMatrix
  private let closureCount: Int
  private let closureSignature: UInt64
  private let impliedCount: Int
  private let impliedSignature: UInt64

  /// `nil` if no total order satisfies the literals; then no scores do, since scores that do, ranked
  /// with ties broken in any way, give an order that does.
  init?(_ literals: OrderConjunction) {
    let count = literals.outputCount
    guard let sorted = topologicalOrder(of: literals.precedences) else { return nil }

    var closure = literals.precedences
    for output in sorted.reversed() {
      literals.precedences.forEachColumn(inRow: output) { closure.formUnion(row: output, withRow: $0) }
    }
    let ancestors = closure.columnCounts

    var earliest = literals.earliest
    for output in 0..<count { earliest[output] = max(earliest[output], ancestors[output]) }
    for output in sorted {
      let next = earliest[output] + 1
      literals.precedences.forEachColumn(inRow: output) { earliest[$0] = max(earliest[$0], next) }
    }
    var end = literals.end
    for output in sorted.reversed() {
      var last = min(end[output], count - closure.count(inRow: output))
      literals.precedences.forEachColumn(inRow: output) { last = min(last, end[$0] - 1) }
      end[output] = last
    }

    for output in 0..<count where earliest[output] >= end[output] { return nil }
    let hasWindows = literals.earliest.contains { $0 > 0 } || literals.end.contains { $0 < count }
    if hasWindows, !canFill(0..<count, with: Array(0..<count), earliest: earliest, end: end) { return nil }

    var implied = closure
    if hasWindows {
      // Without a deadline `a` is above none but an output that must be last.
      let last = earliest.firstIndex(of: count - 1).map { [$0] } ?? []
      for a in 0..<count {
        for b in end[a] < count ? Array(0..<count) : last where b != a && end[a] <= earliest[b] + 1 {
          implied.insert(a, b)
        }
      }
    }
    self.literals = literals
    self.closure = closure
    self.earliest = earliest
    self.end = end
    self.implied = implied
    closureCount = closure.count
    closureSignature = closure.signature
    impliedCount = hasWindows ? implied.count : closureCount
    impliedSignature = hasWindows ? implied.signature : closureSignature
  }

  /// Whether all scores that satisfy this conjunction were found to satisfy `other`. Never wrongly
  /// true; exact where neither has windows.
  func implies(_ other: ClosedOrder) -> Bool {
    guard other.closureCount <= impliedCount, other.closureSignature & ~impliedSignature == 0 else {
      return false
    }
    for output in earliest.indices {
      if earliest[output] < other.literals.earliest[output] { return false }
      if end[output] > other.literals.end[output] { return false }
    }
    return implied.isSuperset(of: other.closure)
  }
}

/// The outputs with every one after those above it; `nil` if the precedences are cyclic.
private func topologicalOrder(of precedences: BitMatrix) -> [Int]? {
  var waiting = precedences.columnCounts
  var order = (0..<precedences.size).filter { waiting[$0] == 0 }
  var next = 0
  while next < order.count {
    precedences.forEachColumn(inRow: order[next]) {
      waiting[$0] -= 1
      if waiting[$0] == 0 { order.append($0) }
    }
    next += 1
  }
  return order.count == precedences.size ? order : nil
}

/// `orders` without those that imply another, of equivalent ones the first; the order is kept.
func irredundant(_ orders: [ClosedOrder]) -> [ClosedOrder] {
  var kept: [ClosedOrder] = []
  for order in orders where !kept.contains(where: order.implies) {
    kept.removeAll { $0.implies(order) }
    kept.append(order)
  }
  return kept
}
