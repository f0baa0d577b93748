import LoopIR

extension SwiftRenderer {
  /// The statements of a block; what they declare ends with it.
  mutating func append(_ block: [Statement]) {
    scoped {
      for (position, statement) in block.enumerated() {
        $0.append(statement, before: block[(position + 1)...])
      }
    }
  }

  private mutating func scoped(_ body: (inout SwiftRenderer) -> Void) {
    let (locals, visible, outer) = (function.locals, function.visible, types)
    body(&self)
    (function.locals, function.visible, types) = (locals, visible, outer)
  }

  private mutating func append(_ statement: Statement, before rest: ArraySlice<Statement>) {
    switch statement {
    case .comment(let comment): text.comment(comment)
    case .annotation: break
    case .declare(let variable, let initializer):
      if variable.count == nil {
        appendScalar(variable, initializer, before: rest)
      } else {
        appendArray(variable, initializer, before: rest)
      }
    case .assign(let target, let value):
      text.line("\(plain(target).text) = \(converted(value, to: types.type(of: target)))")
    case .update(let target, let sign, let value):
      let type = types.type(of: target)
      text.line("\(plain(target).text) \(spelling(sign, type))= \(converted(value, to: type))")
    case .discard(let value): text.line("_ = \(plain(value).text)")
    case .call(let call): text.line(plain(call).text)
    case .branch(let condition, let yes, let no): appendBranch("", condition, yes, no)
    case .count(let name, let start, let end, let body): appendCount(name, start, end, body)
    case .loop(let name, let start, let condition, let update, _, let body):
      appendLoop(name, from: start, while: condition, update: update, body)
    case .exitLoop: text.line("break")
    case .nextRound: text.line("continue")
    case .result(nil): text.line("return")
    case .result(let value?): text.line("return \(converted(value, to: function.resultType))")
    }
  }

  // MARK: Variables

  private mutating func appendScalar(
    _ variable: Variable, _ initializer: Initializer?, before rest: ArraySlice<Statement>
  ) {
    let keyword = variable.isConstant || !LocalUses(rest).assigned.contains(variable.name) ? "let" : "var"
    let value =
      switch initializer {
      case .expression(let value)?: converted(value, to: variable.type)
      case nil, .zeros?, .floats?, .doubles?, .unsigned?, .bits?: variable.type == .bool ? "false" : "0"
      }
    declareLocal(variable)
    text.line("\(keyword) \(name(variable.name)): \(name(of: variable.type)) = \(value)")
  }

  private mutating func appendArray(
    _ variable: Variable, _ initializer: Initializer?, before rest: ArraySlice<Statement>
  ) {
    if let pointer = takeStoredArray(variable) {
      appendFilling(of: pointer, variable, initializer)
    } else {
      declareLocal(variable)
      let keyword = LocalUses(rest).filled.contains(variable.name) ? "var" : "let"
      let type = "InlineArray<\(variable.count ?? 1), \(name(of: variable.type))>"
      let value = elements(initializer).map { ": \(type) = [\($0.joined(separator: ", "))]" }
      text.line("\(keyword) \(name(variable.name))\(value ?? " = \(zeros(variable))")")
    }
  }

  /// What a stored array starts with where it is declared; it is zero at the start of the function.
  private mutating func appendFilling(of pointer: String, _ array: Variable, _ initializer: Initializer?) {
    if let elements = elements(initializer) {
      for (position, element) in elements.enumerated() { text.line("\(pointer)[\(position)] = \(element)") }
    } else if case .zeros? = initializer, function.loopDepth > 0 {
      text.line("\(pointer).update(repeating: 0, count: \(array.count ?? 1))")
    }
  }

  private func elements(_ initializer: Initializer?) -> [String]? {
    switch initializer {
    case .floats(let values)?: values.map { literal($0) }
    case .doubles(let values)?: values.map { literal($0) }
    case .unsigned(let values)?: values.map { "\($0)" }
    case .bits(let values)?: values.map(\.hexadecimalLiteral)
    case nil, .zeros?, .expression?: nil
    }
  }

  // MARK: Control flow

  private mutating func appendBranch(
    _ start: String, _ condition: Expression, _ yes: [Statement], _ no: [Statement]
  ) {
    let isLast = no.isEmpty
    block("\(start)if \(self.condition(condition).text) {", closing: isLast ? "}" : nil) { $0.append(yes) }
    if isLast { return }
    if no.count == 1, case .branch(let condition, let yes, let no) = no[0] {
      appendBranch("} else ", condition, yes, no)
    } else {
      block("} else {") { $0.append(no) }
    }
  }

  /// `for i in 0..<UInt32(5)` where both ends are numbers; other ranges can be the wrong way round, or change.
  private mutating func appendCount(
    _ name: Identifier, _ start: Expression, _ end: Expression, _ body: [Statement]
  ) {
    guard case .unsigned(let first) = start, case .unsigned(let last) = end, first <= last else {
      return appendLoop(name, from: start, while: name.expression < end, update: name.expression + 1, body)
    }
    scoped {
      $0.declareLocal(Variable(.uint32, name))
      let counter = LocalUses(body).mentioned.contains(name) ? $0.name(name) : "_"
      $0.appendRounds("for \(counter) in \(first)..<UInt32(\(last)) {") { $0.append(body) }
    }
  }

  /// The counter stays visible to Swift until the end of the block that holds the loop.
  private mutating func appendLoop(
    _ name: Identifier, from start: Expression, while condition: Expression, update: Expression,
    _ body: [Statement]
  ) {
    let first = converted(start, to: .uint32)
    declareLocal(Variable(.uint32, name))
    text.line("var \(self.name(name)): UInt32 = \(first)")
    let step: Statement =
      if case .binary(.name(name), .add, let distance) = update {
        .update(name.expression, .add, distance)
      } else {
        .assign(name.expression, update)
      }
    appendRounds("while \(self.condition(condition).text) {") {
      if LocalUses(body).hasNextRound {
        $0.block("defer {") { $0.append([step]) }
        $0.append(body)
      } else {
        $0.append(body + [step])
      }
    }
  }

  private mutating func appendRounds(_ head: String, _ body: (inout SwiftRenderer) -> Void) {
    function.loopDepth += 1
    block(head, body)
    function.loopDepth -= 1
  }
}
