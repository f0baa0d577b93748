import LoopIR

/// Which tables of a program can be cut into segments, and by how much these must overlap.
///
/// A table can be cut if the program reads single elements of it, and runs of elements through pointers that are
/// declared for the purpose and whose indices have known bounds. It cannot if a pointer to it goes elsewhere.
struct SegmentedTables {
  private(set) var overlaps: [Identifier: Int] = [:]

  /// For each counter in scope the largest number that it is.
  private var bounds: [Identifier: Int] = [:]
  /// The table that a pointer in scope points into.
  private var tables: [Identifier: Identifier] = [:]

  init(_ program: [Declaration]) {
    for declaration in program {
      switch declaration {
      case .table(let table) where table.count > SwiftTable.largestPiece: overlaps[table.name] = 1
      case .table, .comment, .constants, .structure: break
      case .function(let function): visit(function.body)
      }
    }
  }

  private mutating func visit(_ block: [Statement]) {
    let outer = (bounds, tables)
    for statement in block { visit(statement) }
    (bounds, tables) = outer
  }

  private mutating func visit(_ statement: Statement) {
    switch statement {
    case .declare(let variable, .expression(.unary(.addressOf, .index(.name(let table), let place)))?)
    where overlaps[table] != nil && variable.isPointer:
      tables[variable.name] = table
      visit(place)
    case .declare(_, .expression(let value)?), .discard(let value), .call(let value), .result(let value?):
      visit(value)
    case .declare, .exitLoop, .nextRound, .result(nil), .comment, .annotation: break
    case .assign(let target, let value), .update(let target, _, let value):
      visit(target)
      visit(value)
    case .branch(let condition, let yes, let no):
      visit(condition)
      visit(yes)
      visit(no)
    case .count(let name, let start, let end, let body):
      visit(start)
      visit(end)
      visit(body, counter: name, below: largest(end))
    case .loop(let name, let start, let condition, let update, _, let body):
      visit(start)
      visit(condition)
      visit(update)
      visit(body, counter: name, below: limit(of: name, condition))
    }
  }

  private mutating func visit(_ body: [Statement], counter: Identifier, below end: Int?) {
    let outer = bounds[counter]
    bounds[counter] = end.map { $0 - 1 }
    visit(body)
    bounds[counter] = outer
  }

  /// The bound in `name < bound`.
  private func limit(of name: Identifier, _ condition: Expression) -> Int? {
    guard case .binary(.name(name), .less, let end) = condition else { return nil }
    return largest(end)
  }

  private mutating func visit(_ expression: Expression) {
    switch expression {
    case .index(.name(let name), let place):
      visit(place)
      guard let table = tables[name], let overlap = overlaps[table] else { return }
      // A run that may be longer than a segment is no reason to cut the table.
      let run = largest(place).map { $0 + 1 }
      overlaps[table] = run.flatMap { $0 <= SwiftTable.segment ? max(overlap, $0) : nil }
    case .name(let name):
      overlaps[tables[name] ?? name] = nil
    case .unary(.addressOf, .index(.name(let name), let place)):
      overlaps[tables[name] ?? name] = nil
      visit(place)
    default: for operand in expression.operands { visit(operand) }
    }
  }

  /// An upper bound of an index, if it has one that is found easily.
  private func largest(_ expression: Expression) -> Int? {
    switch expression {
    case .unsigned(let value), .bits(let value): return Int(value)
    case .name(let name): return bounds[name]
    case .binary(let left, .add, let right):
      return largest(left).flatMap { a in largest(right).map { a + $0 } }
    case .binary(let left, .multiply, let right):
      return largest(left).flatMap { a in largest(right).map { a * $0 } }
    case .truth, .signed, .float, .double, .index, .field, .call, .unary, .complement, .binary, .all, .any,
      .conditional, .cast, .bitPattern, .floatOfBits, .fusedMultiplyAdd, .exactMultiplyAdd, .commented:
      return nil
    }
  }
}

extension Variable {
  fileprivate var isPointer: Bool {
    if case .constPointer = type { count == nil } else { false }
  }
}
