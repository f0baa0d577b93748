import LoopIR

extension SwiftRenderer {
  mutating func append(_ function: Function) {
    let outer = types
    defer { types = outer }
    let uses = LocalUses(function.body)
    self.function = FunctionState()
    self.function.resultType = function.type
    self.function.stored = uses.escaping
    self.function.anywhere = Set((uses.declared + function.parameters.map(\.name)).map { names.name($0) })
    for parameter in function.parameters { declareLocal(parameter) }
    let parameters = function.parameters.map { "_ \(name($0.name)): \(name(of: $0.expressionType))" }
    let result = function.type == .void ? "" : " -> \(name(of: function.type))"
    if !function.comment.isEmpty { text.comment(function.comment, mark: "///") }
    // Compilers vectorise a layer better alone than in the middle of all others.
    if function.isVectorized { text.line("@inline(never)") }
    let head = "static func \(names.name(function.name))("
    let fits = parameters.reduce(head.count + result.count) { $0 + $1.count + 2 } <= 90
    if fits {
      block("\(head)\(parameters.joined(separator: ", ")))\(result) {") { $0.appendBody(function) }
    } else {
      block(head, closing: nil) { $0.text.lines(parameters.joined(separator: ",\n")) }
      block(")\(result) {") { $0.appendBody(function) }
    }
    self.function = FunctionState()
  }

  private mutating func appendBody(_ function: Function) {
    let arrays = storedArrays(of: function.body)
    if arrays.isEmpty { return append(function.body) }
    let type = name(of: function.type)
    var openings: [String] = []
    for array in arrays {
      declareLocal(array)
      let pointer = name(array.name)
      self.function.pending.append((array.name, pointer))
      text.line("var \(pointer)Memory = \(zeros(array))")
      openings.append("withElements(&\(pointer)Memory) { \(pointer) -> \(type) in")
    }
    block(
      (function.type == .void ? "" : "return ") + openings.joined(separator: " "),
      closing: String(repeating: "}", count: arrays.count)
    ) { $0.append(function.body) }
  }

  /// The arrays of a block that are passed on, in the order of their declarations.
  private func storedArrays(of block: [Statement]) -> [Variable] {
    block.flatMap { statement -> [Variable] in
      switch statement {
      case .declare(let variable, _):
        variable.count != nil && function.stored.contains(variable.name) ? [variable] : []
      case .branch(_, let yes, let no): storedArrays(of: yes) + storedArrays(of: no)
      case .count(_, _, _, let body), .loop(_, _, _, _, _, let body): storedArrays(of: body)
      case .assign, .update, .discard, .call, .exitLoop, .nextRound, .result, .comment, .annotation: []
      }
    }
  }

  /// The pointer to an array that was declared at the start of the function; `nil` for other variables.
  mutating func takeStoredArray(_ variable: Variable) -> String? {
    guard let first = function.pending.first, first.name == variable.name else { return nil }
    function.pending.removeFirst()
    function.locals[variable.name] = first.pointer
    types.declare(variable)
    return first.pointer
  }

  /// For example: `InlineArray<5, UInt32>(repeating: 0)`.
  func zeros(_ array: Variable) -> String {
    "InlineArray<\(array.count ?? 1), \(name(of: array.type))>(repeating: 0)"
  }
}
