import SafetyLayers

/// The repair table as flat arrays: every distinct disjunct once, rows as ranges of indices into them;
/// and which kinds of literals occur, so that code for the others is not emitted.
struct RepairLayout: Sendable {
  let outputCount: Int
  let rows: [RepairTable.Row]
  /// In order of first appearance in the rows.
  let disjuncts: [OrderConstraint]
  /// `rowStart[r] ..< rowStart[r + 1]` is row r's part of `rowDisjuncts`.
  let rowStart: [Int]
  let rowDisjuncts: [Int]
  /// Whether some row has a disjunct and no disjunct that every order satisfies.
  let needsRepair: Bool
  /// Positions in `disjuncts` of those with an explicit window that ends before the last place.
  let withDeadlines: [Int]

  init(_ table: RepairTable, outputCount: Int) {
    var positions: [OrderConstraint: Int] = [:]
    var disjuncts: [OrderConstraint] = []
    var rowStart = [0]
    var rowDisjuncts: [Int] = []
    for row in table.rows {
      for disjunct in row.disjuncts {
        let position = positions[disjunct] ?? disjuncts.count
        if position == disjuncts.count {
          positions[disjunct] = position
          disjuncts.append(disjunct)
        }
        rowDisjuncts.append(position)
      }
      rowStart.append(rowDisjuncts.count)
    }
    self.outputCount = outputCount
    self.rows = table.rows
    self.disjuncts = disjuncts
    self.rowStart = rowStart
    self.rowDisjuncts = rowDisjuncts
    needsRepair = table.rows.contains { row in
      !row.disjuncts.isEmpty && row.disjuncts.allSatisfy { !$0.precedences.isEmpty || !$0.windows.isEmpty }
    }
    withDeadlines = disjuncts.indices.filter { disjuncts[$0].windows.contains { $0.end < outputCount } }
  }

  var hasPrecedences: Bool { disjuncts.contains { !$0.precedences.isEmpty } }
  var hasWindows: Bool { disjuncts.contains { !$0.windows.isEmpty } }
  var hasDeadlines: Bool { !withDeadlines.isEmpty }
  var hasConflicts: Bool { rows.contains { $0.disjuncts.isEmpty } }
  /// Whether some row leaves a choice between disjuncts.
  var hasAlternatives: Bool { rows.contains { $0.disjuncts.count > 1 } }

  /// Bounds on the loops over a row's disjuncts, a disjunct's windows and an output's successors.
  var mostDisjuncts: Int { rows.map(\.disjuncts.count).max() ?? 0 }
  var mostWindows: Int { disjuncts.map(\.windows.count).max() ?? 0 }
  var mostSuccessors: Int {
    let starts = successorStart
    return zip(starts, starts.dropFirst()).map { Int($1 - $0) }.max() ?? 0
  }
  var mostPrecedences: Int { disjuncts.map(\.precedences.count).max() ?? 0 }

  func hasWindow(where condition: (OrderConstraint.Window) -> Bool) -> Bool {
    disjuncts.contains { $0.windows.contains(where: condition) }
  }

  /// For disjunct d and output o at `d * outputCount + o`: its predecessors, and one more if a window
  /// keeps it from the first place. An output can be placed when nothing is left to wait for.
  var pending: [UInt32] {
    disjuncts.flatMap { disjunct in
      var pending = [UInt32](repeating: 0, count: outputCount)
      for precedence in disjunct.precedences { pending[precedence.after] += 1 }
      for window in disjunct.windows where window.earliest > 0 { pending[window.output] += 1 }
      return pending
    }
  }

  /// Where the successors of output o in disjunct d start in the list of all precedences, at
  /// `d * outputCount + o`; they end where the next entry starts. Precedences ascend by `before`.
  var successorStart: [UInt32] {
    var starts: [UInt32] = []
    var next = 0
    for disjunct in disjuncts {
      var counts = [Int](repeating: 0, count: outputCount)
      for precedence in disjunct.precedences { counts[precedence.before] += 1 }
      for count in counts {
        starts.append(UInt32(next))
        next += count
      }
    }
    return starts + [UInt32(next)]
  }

  /// Where the windows of each disjunct start in the list of all windows, and where the last ones end.
  var windowStart: [UInt32] {
    disjuncts.reduce(into: [0]) { $0.append(($0.last ?? 0) + UInt32($1.windows.count)) }
  }
}
