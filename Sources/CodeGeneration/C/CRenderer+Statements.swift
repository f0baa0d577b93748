import LoopIR

extension CRenderer {
  /// A brace, the statements, and the closing brace with the end of the line.
  mutating func appendBlock(_ statements: [Statement]) {
    write("{")
    endLine()
    indented { for statement in statements { $0.append(statement) } }
    startLine()
    write("}")
  }

  mutating func append(_ statement: Statement) {
    if case .comment(let text) = statement { return comment(text) }
    if case .count(_, .unsigned(0), let rounds, let body) = statement {
      appendHint(ofLoop: body, rounds: rounds)
    }
    if case .annotation(let annotation) = statement { return append(annotation) }
    startLine()
    switch statement {
    case .comment, .annotation: break
    case .declare(let variable, let initializer):
      appendAlignment(of: variable)
      append(variable)
      if let initializer {
        write(" = ")
        append(initializer)
      }
      write(";")
    case .assign(let target, let value):
      append(target)
      write(" = ")
      append(value)
      write(";")
    case .update(let target, let sign, let value):
      append(target)
      write(" \(sign.rawValue)= ")
      append(value)
      write(";")
    case .discard(let call):
      write("(void)")
      append(call)
      write(";")
    case .call(let call):
      append(call)
      write(";")
    case .branch(let condition, let yes, let no): appendBranch(condition, yes, no)
    case .count(let name, let start, let end, let body):
      appendLoop(name, from: start, while: name.expression < end, update: name.expression + 1, body)
    case .loop(let name, let start, let condition, let update, _, let body):
      appendLoop(name, from: start, while: condition, update: update, body)
    case .exitLoop: write("break;")
    case .nextRound: write("continue;")
    case .result(let value):
      write("return")
      if let value {
        write(" ")
        append(value)
      }
      write(";")
    }
    endLine()
  }

  private mutating func appendLoop(
    _ name: Identifier, from start: Expression, while condition: Expression, update: Expression,
    _ body: [Statement]
  ) {
    func head(_ renderer: inout CRenderer, _ separate: (inout CRenderer) -> Void) {
      renderer.write("for (uint32_t \(name.spelling) = ")
      renderer.append(start)
      renderer.write(";")
      separate(&renderer)
      renderer.append(condition)
      renderer.write(";")
      separate(&renderer)
      if case .binary(.name(name), .add, .unsigned(1)) = update {
        renderer.write("++\(name.spelling)")
      } else {
        renderer.write("\(name.spelling) = ")
        renderer.append(update)
      }
      renderer.write(") {")
    }
    fitting({ head(&$0) { $0.write(" ") } }, orElse: { head(&$0) { $0.continueLine() } })
    bytes.removeLast()
    appendBlock(body)
  }

  private mutating func appendBranch(_ condition: Expression, _ yes: [Statement], _ no: [Statement]) {
    write("if (")
    append(condition)
    write(") ")
    appendBlock(yes)
    if no.isEmpty { return }
    write(" else ")
    if no.count == 1, case .branch(let condition, let yes, let no) = no[0] {
      appendBranch(condition, yes, no)
    } else {
      appendBlock(no)
    }
  }
}
