import LoopIR

/// What statements do with names: what decides between `let` and `var`, and where an array lives.
struct LocalUses {
  /// Names of variables that are assigned to.
  private(set) var assigned: Set<Identifier> = []
  /// Names of arrays and pointers an element of which is assigned to.
  private(set) var filled: Set<Identifier> = []
  /// Names that are read other than as `name[index]`: an array whose address is needed.
  private(set) var escaping: Set<Identifier> = []
  private(set) var mentioned: Set<Identifier> = []
  /// Names of variables and counters that are declared.
  private(set) var declared: Set<Identifier> = []
  /// Whether a jump to the next round of an enclosing loop is among the statements.
  private(set) var hasNextRound = false
  /// Whether a jump out of an enclosing loop is.
  private(set) var hasExit = false

  /// Whether a jump concerns an enclosing loop.
  var hasJump: Bool { hasNextRound || hasExit }

  init(_ block: some Collection<Statement>) { visit(block) }

  private mutating func visit(_ block: some Collection<Statement>) {
    for statement in block { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement {
    case .declare(let variable, let initializer):
      declared.insert(variable.name)
      if case .expression(let value)? = initializer { visit(value) }
    case .discard(let value), .call(let value), .result(let value?): visit(value)
    case .result(nil), .comment, .annotation: break
    case .exitLoop: hasExit = true
    case .nextRound: hasNextRound = true
    case .assign(let target, let value), .update(let target, _, let value):
      if case .name(let name) = target { assigned.insert(name) }
      if case .index(.name(let name), _) = target { filled.insert(name) }
      visit(target)
      visit(value)
    case .branch(let condition, let yes, let no):
      visit(condition)
      visit(yes)
      visit(no)
    case .count(let name, let start, let end, let body): visitLoop(name, [start, end], body)
    case .loop(let name, let start, let condition, let update, _, let body):
      visitLoop(name, [start, condition, update], body)
    }
  }

  private mutating func visitLoop(_ name: Identifier, _ head: [Expression], _ body: [Statement]) {
    declared.insert(name)
    for expression in head { visit(expression) }
    let outer = (hasNextRound, hasExit)
    visit(body)
    (hasNextRound, hasExit) = outer
  }

  private mutating func visit(_ expression: Expression) {
    switch expression {
    case .name(let name):
      escaping.insert(name)
      mentioned.insert(name)
    case .unary(.addressOf, .index(.name(let name), let place)):
      escaping.insert(name)
      mentioned.insert(name)
      visit(place)
    case .index(.name(let name), let place):
      mentioned.insert(name)
      visit(place)
    default: for operand in expression.operands { visit(operand) }
    }
  }
}
