import Diagnostics
import SpecificationLanguage

extension SafetyProgram {
  /// Takes from the repair table what the network's own scores are proved to satisfy.
  ///
  /// ```
  /// p and r are proved:
  /// before:  {p}     coc not first             after:  {p}     nothing
  ///          {p, q}  coc not first, b above c          {p, q}  coc not first, b above c
  ///          {q, r}  b above a, a above c              {q, r}  b above a, a above c
  /// ```
  /// Here a repair of q may put coc first, so p stays in {p, q}. If r says that b is above c, it is dropped: what q
  /// asks for entails it.
  ///
  /// A row of which all members are proved asks for nothing any more. A property is dropped if it is proved and in every
  /// other row with an answer that contains it, the rest of the row, without what is dropped, demands the same. Neither
  /// changes a result: the article ProvedProperties proves it. Activation, conflicts and certificates stay.
  ///
  /// - Parameter proved: in any order.
  public func droppingProvedProperties(_ proved: [ProvedProperty]) -> SafetyProgram {
    let evidence = proved.reduce(into: [Int: ContentHash]()) { $0[$1.property] = $1.evidence }
    precondition(
      evidence.keys.allSatisfy(guards.indices.contains), "what is proved is a property of the program")
    var reduction = RowReduction(self, proved: Set(evidence.keys))
    let dropped = reduction.droppable
    let result = replacing(
      guards: guards.enumerated().map { position, old in
        Guard(
          property: old.property, overriders: old.overriders,
          enforcement: evidence[position].map {
            dropped.contains(position) ? .proof(evidence: $0) : .proofAndRepair(evidence: $0)
          } ?? old.enforcement)
      },
      table: RepairTable(rows: table.rows.map { reduction.reduced($0, without: dropped) }))
    result.requireResults(of: self, proved: Set(evidence.keys))
    return result
  }

  private func replacing(guards: [Guard], table: RepairTable) -> SafetyProgram {
    var result = SafetyProgram(
      specName: specName, specVersion: specVersion, specHash: specHash, imports: imports,
      definitions: definitions, networkName: networkName, interface: interface, network: network,
      guards: guards, table: table, certification: certification)
    result.provedMargins = provedMargins
    return result
  }

  /// The pass's invariant, looked at again: each row answers as `original`'s does. What it breaks is a bug of ours.
  private func requireResults(of original: SafetyProgram, proved: Set<Int>) {
    precondition(table.rows.count == original.table.rows.count, "a pass keeps the rows")
    for (row, old) in zip(table.rows, original.table.rows) {
      precondition(row.activation == old.activation, "a pass keeps the sets of active properties")
      let isProved = !old.disjuncts.isEmpty && row.isFree && proved.isSuperset(of: row.activation.active)
      precondition(isProved || row.demandsAsMuch(as: old), "a pass keeps what a row demands")
    }
  }
}

extension RepairTable.Row {
  /// Whether both rows give the same result for all scores: their disjuncts, one by one, are satisfied by the same ones.
  fileprivate func demandsAsMuch(as other: RepairTable.Row) -> Bool {
    disjuncts.count == other.disjuncts.count
      && zip(disjuncts, other.disjuncts).allSatisfy { $0.isEquivalent(to: $1) }
  }
}

/// Rows of a program without some of their members.
private struct RowReduction {
  private let guards: [Guard]
  private let rows: [RepairTable.Row]
  private let outputCount: Int
  private let proved: Set<Int>
  private var known: [Set<Post>: [OrderConstraint]?] = [:]

  init(_ program: SafetyProgram, proved: Set<Int>) {
    guards = program.guards
    rows = program.table.rows
    outputCount = program.interface.outputs.count
    self.proved = proved
  }

  /// The properties that can be dropped together; earlier ones are tried first.
  var droppable: Set<Int> {
    mutating get {
      var dropped: Set<Int> = []
      for property in proved.sorted() {
        let attempt = dropped.union([property])
        let isDroppable = rows.allSatisfy { row in
          !row.activation.active.contains(property) || row.disjuncts.isEmpty || isProved(row)
            || without(attempt, row)?.demandsAsMuch(as: row) == true
        }
        if isDroppable { dropped = attempt }
      }
      return dropped
    }
  }

  mutating func reduced(_ row: RepairTable.Row, without dropped: Set<Int>) -> RepairTable.Row {
    if row.disjuncts.isEmpty { return row }
    if isProved(row) { return without(proved, row) ?? row }
    return dropped.isDisjoint(with: row.activation.active) ? row : without(dropped, row) ?? row
  }

  private func isProved(_ row: RepairTable.Row) -> Bool { proved.isSuperset(of: row.activation.active) }

  /// The row with the disjuncts of the other members; `nil` if these are too many.
  private mutating func without(_ dropped: Set<Int>, _ row: RepairTable.Row) -> RepairTable.Row? {
    let posts = row.activation.active.filter { !dropped.contains($0) }.map { guards[$0].property.post }
    let key = Set(posts)
    if known[key] == nil {
      known[key] = try? disjuncts(satisfying: posts, outputCount: outputCount)
    }
    return known[key].flatMap { $0 }.map { RepairTable.Row(activation: row.activation, disjuncts: $0) }
  }
}
