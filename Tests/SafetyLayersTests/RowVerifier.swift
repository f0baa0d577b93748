import SafetyLayers
import TestSupport

/// Checks the guarantees for one row: what it computes comes from the oracle; of the row it uses the
/// disjuncts as data, to know which pairs the chosen one makes strict (guarantee 6).
struct RowVerifier {
  let oracle: Oracle
  let layer: SafetyLayer
  let row: RepairTable.Row
  let active: [Int]
  let safeOrders: [[Int]]
  /// The order of guarantee 5 by raw ranking.
  private var leastChange: [[Int]: [Int]] = [:]

  init(oracle: Oracle, layer: SafetyLayer, row: RepairTable.Row) {
    self.oracle = oracle
    self.layer = layer
    self.row = row
    active = row.activation.active
    safeOrders = oracle.safeOrders(of: active)
  }

  /// What is wrong with the result for `scores`; `nil` if every guarantee holds.
  mutating func complaint(about scores: [Float]) -> String? {
    let result = layer.decide(Ranking(of: scores, by: layer.interface.preference), under: row)
    let context = "\(scores) gave \(result)"
    let ranking = oracle.ranking(of: scores)
    let raw = oracle.goodness(scores)
    if safeOrders.isEmpty {
      let isRefused =
        result.status == .abstained(.conflict) && result.choice == -1
        && result.scores.allSatisfy(\.isNaN)
      return isRefused ? nil : "4: no safe order, but \(context)"
    }
    if oracle.holds(active, ofGoodness: raw) {
      let isKept =
        result.status == .ok && result.scores.map(\.bitPattern) == scores.map(\.bitPattern)
        && result.choice == ranking[0]
      return isKept ? nil : "2: safe scores were changed: \(context)"
    }
    guard result.status == .repaired else { return "1: unsafe scores were kept: \(context)" }
    guard result.scores.allSatisfy(\.isFinite) else { return "1: not finite: \(context)" }
    let good = oracle.goodness(result.scores)
    if !oracle.holds(active, ofGoodness: good) { return "1: unsafe result: \(context)" }
    let order = oracle.ranking(of: result.scores)
    if result.choice != order[0] { return "1: the choice is not the best: \(context)" }

    let expected: [Int]
    if let known = leastChange[ranking] {
      expected = known
    } else {
      expected = Oracle.leastChange(among: safeOrders, from: ranking) ?? []
      leastChange[ranking] = expected
    }
    if order != expected { return "5: the order should be \(expected): \(context)" }
    if safeOrders.contains(where: { $0[0] == ranking[0] }), result.choice != ranking[0] {
      return "3: the choice could have been kept: \(context)"
    }
    return valueComplaint(order: order, raw: raw, good: good).map { "6: \($0): \(context)" }
      ?? permutationComplaint(scores, result.scores).map { "6: \($0): \(context)" }
  }

  private func valueComplaint(order: [Int], raw: [Int], good: [Int]) -> String? {
    // The first disjunct that allows the order is the chosen one.
    let candidates = row.disjuncts.lazy.map { disjunct in
      OracleValues(
        order: order, tieOrder: oracle.spec.tieOrder,
        precedences: disjunct.precedences.map { ($0.before, $0.after) },
        windows: disjunct.windows.map { ($0.output, $0.earliest, $0.end) })
    }
    guard let values = candidates.first(where: \.isConsistent) else { return "no disjunct allows the order" }
    let expected = values.goodness(from: raw.sorted(by: >))
    return order.map { good[$0] } == expected ? nil : "goodness by place should be \(expected)"
  }

  private func permutationComplaint(_ raw: [Float], _ repaired: [Float]) -> String? {
    guard Set(raw).count == raw.count else { return nil }
    return raw.map(\.bitPattern).sorted() == repaired.map(\.bitPattern).sorted()
      ? nil : "without ties the scores should be a permutation"
  }
}
