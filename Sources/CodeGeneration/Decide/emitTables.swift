import LoopIR
import SafetyLayers

/// The repair table: rows for the lookup, disjuncts for check and repair; only what some row needs.
func emitTables(_ context: EmissionContext) -> [Declaration] {
  let layout = context.layout
  let names = context.names
  var tables = [
    Declaration.comment(
      "The repair table: \(layout.rows.count) feasible sets of active properties, "
        + "\(layout.disjuncts.count) distinct disjuncts.\nRow r has the active words "
        + "row_activation[r * \(context.activeWords)] and on."),
    .table(
      names[.rowActivation], .uint32, .bits(layout.rows.flatMap(\.activation.words)),
      count: layout.rows.count * context.activeWords),
  ]
  if layout.needsRepair || layout.hasConflicts {
    tables.append(context.table(names[.rowStart], layout.rowStart.map(UInt32.init)))
  }
  guard layout.needsRepair else { return tables }
  tables.append(
    context.table(
      names[.rowDisjuncts], layout.rowDisjuncts.map(UInt32.init), holding: layout.disjuncts.count))
  tables.append(
    .comment("For disjunct d and output o at d * \(layout.outputCount) + o: what must be placed before o."))
  tables.append(context.table(names[.pending], layout.pending))
  return tables + precedenceTables(context) + windowTables(context) + deadlineTables(context)
}

private func precedenceTables(_ context: EmissionContext) -> [Declaration] {
  let layout = context.layout
  guard layout.hasPrecedences else { return [] }
  let precedences = layout.disjuncts.flatMap(\.precedences)
  return [
    .comment("Precedences, by disjunct and better output; successors of o in d start at d * m + o."),
    context.table(context.names[.successorStart], layout.successorStart),
    context.table(context.names[.precedenceBefore], precedences.map { UInt32($0.before) }),
    context.table(context.names[.precedenceAfter], precedences.map { UInt32($0.after) }),
  ]
}

private func windowTables(_ context: EmissionContext) -> [Declaration] {
  let layout = context.layout
  guard layout.hasWindows else { return [] }
  let windows = layout.disjuncts.flatMap(\.windows)
  let names = context.names
  var tables = [
    Declaration.comment("Windows, by disjunct: the places earliest ..< end are allowed."),
    context.table(names[.disjunctWindows], layout.windowStart),
    context.table(names[.windowOutput], windows.map { UInt32($0.output) }),
  ]
  if layout.readsEarliest {
    tables.append(context.table(names[.windowEarliest], windows.map { UInt32($0.earliest) }))
  }
  if layout.hasDeadlines { tables.append(context.table(names[.windowEnd], windows.map { UInt32($0.end) })) }
  return tables
}

private func deadlineTables(_ context: EmissionContext) -> [Declaration] {
  let layout = context.layout
  guard layout.hasDeadlines else { return [] }
  var index = [UInt32](repeating: 0, count: layout.disjuncts.count)
  for (position, disjunct) in layout.withDeadlines.enumerated() { index[disjunct] = UInt32(position) + 1 }
  let names = context.names
  return [
    .comment("Disjuncts with deadlines: their numbers from 1 (0 for the others), and their places."),
    context.table(names[.deadlineIndex], index),
    context.table(
      names[.deadlineEarliest],
      layout.withDeadlines.flatMap { layout.disjuncts[$0].earliest.map(UInt32.init) }),
    context.table(
      names[.deadlineEnd], layout.withDeadlines.flatMap { layout.disjuncts[$0].end.map(UInt32.init) }),
  ]
}

extension RepairLayout {
  /// Whether code reads the windows' earliest places.
  var readsEarliest: Bool { hasWindow { $0.earliest > 0 } }
}

/// The row whose set of active properties is the given one; the number of rows if there is none.
///
/// The search moves `low` up by falling powers of two: the same number of steps for every input, without
/// a branch on data.
func emitFindRow(_ context: EmissionContext) -> Function {
  let rows = context.layout.rows.count
  let words = context.activeWords
  var step = 1
  while step * 2 < rows { step *= 2 }
  let low = Names.low.expression
  let next = Names.next.expression
  return Function(
    .uint32, context.names[.findRow], [indices(Names.active)],
    comment: "The row of a set of active properties; \(rows) if it is not in the table.",
    contract: findRowContract(context)
  ) {
    Statement.variable(.uint32, Names.low, 0)
    if rows > 1 {
      Statement.annotation(
        .loop(
          LoopContract(
            invariants: [
              .range(0, Names.low.term, below: .integer(rows)),
              .range(0, Names.step.term, through: .integer(step)),
            ], assigns: [.one(Names.step.term), .one(Names.low.term)], variant: Names.step.term)))
      Statement.loop(
        Names.step, from: .count(step), while: Names.step.expression > 0, update: Names.step.expression >> 1,
        atMost: step.trailingZeroBitCount + 1,
        [
          .constant(.uint32, Names.next, low + Names.step.expression),
          .when(.all([next < .count(rows), isAtMost(context, row: next)])) { .assign(low, next) },
        ])
    }
    Statement.give(
      .conditional(
        .all(
          (0..<words).map {
            rowWord(context, low, $0) == Names.active[.count($0)]
          }), then: low, else: .count(rows)))
  }
}

private func findRowContract(_ context: EmissionContext) -> Contract {
  let active = MemoryRange.elements(Names.active.term, count: context.activeWords)
  let rows = Term.integer(context.layout.rows.count)
  let words = Term.integer(context.activeWords)
  let table = context.names[.rowActivation].term
  let isFound = (0..<context.activeWords).map { word in
    table[context.activeWords == 1 ? .result : .result * words + .integer(word)]
      == Names.active.term[.integer(word)]
  }
  return Contract(
    requires: [.readable(active)],
    ensures: [.range(0, .result, through: rows), .implies(.result < rows, .all(isFound))])
}

private func rowWord(_ context: EmissionContext, _ row: Expression, _ word: Int) -> Expression {
  let words = context.activeWords
  let index = words == 1 ? row : row * .count(words) + .count(word)
  return context.names[.rowActivation][index]
}

/// Whether the row's set is at most the active one, as unsigned numbers of several words.
private func isAtMost(_ context: EmissionContext, row: Expression) -> Expression {
  var result = rowWord(context, row, 0) <= Names.active[0]
  for word in 1..<max(1, context.activeWords) {
    let mine = rowWord(context, row, word)
    let other = Names.active[.count(word)]
    result = .any([mine < other, .all([mine == other, result])])
  }
  return result
}
