extension Parser {
  /// `expect = "expect" claim`. Its words but `abstain`, `on` and `never` are free elsewhere.
  mutating func expectation() throws(Recovery) -> ExpectSyntax {
    let start = index
    advance()
    if at(word: "at"), kind(ahead: 1) == .symbol(.leftBrace) { return try decision(from: start) }
    if at(word: "conflicts"), kind(ahead: 1) == .name {
      advance()
      try expect(word: "none")
      return finished(.conflictsNone, try networkScope(), from: start)
    }
    if take(.abstain) {
      try expect(word: "unreachable")
      return finished(.abstainUnreachable, try networkScope(), from: start)
    }
    if at(word: "run"), kind(ahead: 1) == .name {
      advance()
      try expect(word: "over")
      let (path, range) = try string("the path of a file of inputs in quotes")
      let networks = try networkScope()
      try expect(.never)
      try expect(word: "abstains")
      return finished(.neverAbstains(path: path, range: range), networks, from: start)
    }
    guard kind == .name else {
      throw fail(
        expected: "an expectation",
        cure:
          "such as `p1, p2 disjoint`, `conflicts none`, `abstain unreachable`, `at { ... } triggers p1 only`")
    }
    let properties = try references("a property's name")
    try expect(word: "disjoint", cure: "what is expected of properties is that they are `disjoint`")
    return finished(.disjoint(properties), try networkScope(), from: start)
  }

  /// `'at' point [ scope ] ( 'triggers' ... | 'chooses' ... )`
  private mutating func decision(from start: Int) throws(Recovery) -> ExpectSyntax {
    advance()
    advance()
    let point = try commaSeparated { (parser) throws(Recovery) in try parser.assignment() }
    try expect(.rightBrace)
    let networks = try networkScope()
    if take(word: "chooses") {
      var outputs = [try reference("an output")]
      while take(.or) { outputs.append(try reference("an output")) }
      return finished(.chooses(point, outputs), networks, from: start)
    }
    try expect(word: "triggers", cure: "behind the point comes `triggers` or `chooses`")
    if at(word: "none"), kind(ahead: 1) != .symbol(.comma), kind(ahead: 1) != .symbol(.leftBracket) {
      advance()
      return finished(.triggers(point, [], isExact: true), networks, from: start)
    }
    let properties = try references("a property's name")
    // `only overrides p` and `only[x] overrides p` are declarations of their own.
    let isName = kind(ahead: 1) == .keyword(.overrides) || kind(ahead: 1) == .symbol(.leftBracket)
    let isExact = !isName && take(word: "only")
    return finished(.triggers(point, properties, isExact: isExact), networks, from: start)
  }

  private mutating func assignment() throws(Recovery) -> AssignmentSyntax {
    let input = try reference("an input's name")
    try expect(.colon, cure: "a value is written `rho: 1600 ft`")
    return AssignmentSyntax(input: input, value: try sum())
  }

  private func finished(
    _ claim: ExpectSyntax.Claim, _ networks: NetworkScopeSyntax?, from start: Int
  ) -> ExpectSyntax {
    ExpectSyntax(claim: claim, networks: networks, range: range(from: start))
  }
}
