import Diagnostics

extension Parser {
  /// `post = postAll { "or" postAll }`
  mutating func post() throws(Recovery) -> PostSyntax {
    try nested { (parser) throws(Recovery) in
      let start = parser.index
      var parts = [try parser.postAll()]
      while parser.take(.or) { parts.append(try parser.postAll()) }
      return parts.count == 1 ? parts[0] : .any(parts, parser.range(from: start))
    }
  }

  private mutating func postAll() throws(Recovery) -> PostSyntax {
    let start = index
    var parts = [try postNot()]
    while take(.and) { parts.append(try postNot()) }
    return parts.count == 1 ? parts[0] : .all(parts, range(from: start))
  }

  private mutating func postNot() throws(Recovery) -> PostSyntax {
    let start = index
    guard take(.not) else { return try postAtom() }
    return try nested { (parser) throws(Recovery) in
      let operand = try parser.postNot()
      return .not(operand, parser.range(from: start))
    }
  }

  private mutating func postAtom() throws(Recovery) -> PostSyntax {
    let start = index
    switch kind {
    case .keyword(.choose):
      advance()
      let outputs = try choices()
      return .choose(outputs, range(from: start))
    case .keyword(.never):
      advance()
      try expect(.choose)
      let outputs = try references("an output or group")
      return .neverChoose(outputs, range(from: start))
    case .keyword(.every):
      return try everyAbove()
    case .keyword(.some):
      return try nested { (parser) throws(Recovery) in try parser.some() }
    case .symbol(.leftParenthesis):
      advance()
      let inner = try post()
      try expect(.rightParenthesis)
      return inner
    case .name:
      return try outputPost()
    case .keyword, .number, .version, .unit, .string, .symbol, .invalid, .endOfFile:
      throw fail(
        expected: "what must hold of the outputs",
        cure: "such as `choose a or b`, `never choose a`, `a above b` or `a in top 3`")
    }
  }

  /// `"one" "of" outputSet | reference { "or" reference }`. An `or` followed by a whole post of its own
  /// (`a above b`) joins posts, not choices.
  private mutating func choices() throws(Recovery) -> [ReferenceSyntax] {
    if take(.one) {
      try expect(.of)
      return try outputSet()
    }
    var outputs = [try reference("an output or group")]
    while at(.or), kind(ahead: 1) == .name {
      let start = index
      advance()
      let output = try reference("an output or group")
      if continuesOutputPost {
        rewind(to: start)
        break
      }
      outputs.append(output)
    }
    return outputs
  }

  /// Whether the cursor is behind the output of an `outputPost`.
  private var continuesOutputPost: Bool {
    switch kind {
    case .keyword(.above), .keyword(.in), .keyword(.not), .keyword(.is): true
    case .symbol(let symbol): ExpressionSyntax.Comparison(rawValue: symbol.rawValue) != nil
    case .name, .keyword, .number, .version, .unit, .string, .invalid, .endOfFile: false
    }
  }

  private mutating func everyAbove() throws(Recovery) -> PostSyntax {
    let start = index
    advance()
    let group = try reference("a group")
    try expect(.above)
    try expect(.every)
    let below = take(.other) ? nil : try reference("a group")
    return .everyAbove(group, below: below, range(from: start))
  }

  private mutating func some() throws(Recovery) -> PostSyntax {
    let start = index
    advance()
    let variable = try newName("a variable's name")
    try expect(.in)
    try expect(.leftBrace)
    let groups = try references("a group")
    try expect(.rightBrace)
    try expect(.colon)
    let body = try postNot()
    return .some(variable, among: groups, body, range(from: start))
  }

  private mutating func outputPost() throws(Recovery) -> PostSyntax {
    let start = index
    let output = try reference("an output")
    switch kind {
    case .keyword(.above):
      var chain = [output]
      while take(.above) { chain.append(try reference("an output")) }
      return .above(chain, range(from: start))
    case .keyword(.not), .keyword(.in):
      let isNegated = take(.not)
      try expect(.in)
      try expect(.top)
      let place = try top()
      return .top(output, isNegated: isNegated, place, range(from: start))
    case .keyword(.is):
      advance()
      let isNegated = take(.not)
      guard at(.maximal) || at(.minimal) else { throw fail(expected: "`maximal` or `minimal`") }
      let isMaximal = at(.maximal)
      advance()
      return .extreme(output, isNegated: isNegated, isMaximal: isMaximal, range(from: start))
    case .symbol:
      if let relation = takeRelation() {
        let bound = try sum()
        return .scoreBound(output, relation, bound, range(from: start))
      }
      throw failBehindOutput()
    case .name, .keyword, .number, .version, .unit, .string, .invalid, .endOfFile:
      throw failBehindOutput()
    }
  }

  private mutating func failBehindOutput() -> Recovery {
    fail(expected: "`above`, `in top` or `is`", cure: "to choose an output, write `choose` before it")
  }

  /// `NUMBER | NAME` behind `top`.
  mutating func top() throws(Recovery) -> ExpressionSyntax {
    if kind == .number {
      let number = try number()
      return .number(number, unit: nil, number.range)
    }
    let name = try name("a number")
    return .reference(ReferenceSyntax(name: name, indices: [], range: name.range))
  }
}
