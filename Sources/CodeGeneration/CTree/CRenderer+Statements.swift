extension CRenderer {
  /// A brace, the statements, and the closing brace with the end of the line.
  mutating func appendBlock(_ statements: [CStatement]) {
    write("{")
    endLine()
    indented { for statement in statements { $0.append(statement) } }
    startLine()
    write("}")
  }

  mutating func append(_ statement: CStatement) {
    if case .comment(let text) = statement { return comment(text) }
    startLine()
    switch statement {
    case .comment: break
    case .declare(let variable, let initializer):
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
      write("for (uint32_t \(name.spelling) = ")
      append(start)
      write("; \(name.spelling) < ")
      append(end)
      write("; ++\(name.spelling)) ")
      appendBlock(body)
    case .loop(let name, let start, let condition, let update, let body):
      write("for (uint32_t \(name.spelling) = ")
      append(start)
      write("; ")
      append(condition)
      write("; \(name.spelling) = ")
      append(update)
      write(") ")
      appendBlock(body)
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

  private mutating func appendBranch(_ condition: CExpression, _ yes: [CStatement], _ no: [CStatement]) {
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
