import LoopIR

/// The program with loops in the shape in which Swift's compiler vectorises them; C's compilers are told what to do
/// with other shapes by pragmas, which Swift does not have.
///
/// Named constants of the program become numbers:
/// ```
/// while position < UInt32(positions)       for position in 0..<UInt32(2)
/// ```
/// and a loop over the lanes of each part of a row becomes one over the row:
/// ```
/// for part in 0..<UInt32(2) {
///   for lane in 0..<UInt32(16) {           for partLane in 0..<UInt32(32) {
///     sums[part &* 16 &+ lane] = 0           sums[partLane] = 0
/// ```
/// Statements run in the same order on the same numbers: a loop that a jump leaves stays as it is, for the jump would
/// leave both.
package func simplifiedLoops(_ program: [Declaration]) -> [Declaration] {
  var values: [Identifier: Int32] = [:]
  for case .constants(let constants) in program {
    for constant in constants { values[constant.name] = constant.value }
  }
  return program.compactMap { declaration in
    switch declaration {
    case .constants: return nil
    case .function(let function):
      return .function(
        Function(
          function.type, function.name, function.parameters, isStatic: function.isStatic,
          isVectorized: function.isVectorized, comment: function.comment
        ) { function.body.map { $0.mapped { folded($0, values) }.flattened } })
    case .comment, .structure, .table: return declaration
    }
  }
}

/// An expression whose operands were folded.
private func folded(_ expression: Expression, _ values: [Identifier: Int32]) -> Expression {
  if case .name(let name) = expression, let value = values[name] { return .signed(value) }
  if case .cast(.uint32, .signed(let value)) = expression, value >= 0 { return .unsigned(UInt32(value)) }
  return expression
}

extension Statement {
  /// This statement with each two loops made one where they can be.
  fileprivate var flattened: Statement {
    switch self {
    case .branch(let condition, let yes, let no):
      return .branch(condition, then: yes.map(\.flattened), else: no.map(\.flattened))
    case .loop(let name, let start, let condition, let update, let bound, let body):
      return .loop(
        name, from: start, while: condition, update: update, atMost: bound, body.map(\.flattened))
    case .count(let part, .unsigned(0), .unsigned(let parts), let body):
      if body.count == 1, case .count(let lane, .unsigned(0), .unsigned(let width), let lanes) = body[0],
        !LocalUses(lanes).hasJump
      {
        let both = Identifier("\(part.spelling)_\(lane.spelling)")
        let joined = lanes.map { $0.mapped { $0.joining(part, lane, width: width, as: both) }.flattened }
        if LocalUses(joined).mentioned.isDisjoint(with: [part, lane]) {
          return .count(both, from: 0, to: .unsigned(parts * width), joined)
        }
      }
      return .count(part, from: 0, to: .unsigned(parts), body.map(\.flattened))
    case .count(let name, let start, let end, let body):
      return .count(name, from: start, to: end, body.map(\.flattened))
    case .declare, .assign, .update, .discard, .call, .exitLoop, .nextRound, .result, .comment, .annotation:
      return self
    }
  }
}

extension Expression {
  /// `both` in the place of `part * width + lane`.
  fileprivate func joining(
    _ part: Identifier, _ lane: Identifier, width: UInt32, as both: Identifier
  ) -> Expression {
    guard case .binary(.binary(.name(part), .multiply, .unsigned(width)), .add, .name(lane)) = self else {
      return self
    }
    return .name(both)
  }
}
