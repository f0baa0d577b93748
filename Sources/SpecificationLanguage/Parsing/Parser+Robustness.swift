extension Parser {
  /// `robust = "robust" NAME [ STRING ] [ scope ] "{" ball keep [ "abstain" "when" 'uncertified' ] "}"`
  mutating func robust() throws(Recovery) -> RobustSyntax {
    advance()
    let name = try newName("a robustness clause's name")
    let title = kind == .string ? try string("a title").text : ""
    let networks = try networkScope()
    try expect(.leftBrace)
    let start = index
    try expect(word: "within", cure: "write `within L2 0.3 of normalized keep top 1`")
    let norm = Norm(rawValue: text(current))
    guard let norm else { throw fail(expected: "`L2` or `Linf`") }
    advance()
    let radius = try sum()
    try expect(.of)
    let space = NormSpace(rawValue: text(current))
    guard let space else { throw fail(expected: "`physical` or `normalized`") }
    advance()
    let ball = range(from: start)
    try expect(word: "keep")
    try expect(.top)
    let first = try top()
    let last = take(.range) ? try top() : nil
    var groups: [ReferenceSyntax] = []
    if take(.inside) {
      try expect(.leftBrace)
      groups = try references("a group")
      try expect(.rightBrace)
    }
    var abstains = false
    if take(.abstain) {
      try expect(.when)
      try expect(word: "uncertified")
      abstains = true
    }
    try expect(.rightBrace)
    return RobustSyntax(
      name: name, title: title, networks: networks, norm: norm, radius: radius, space: space, ball: ball,
      first: first, last: last, groups: groups, abstainsWhenUncertified: abstains)
  }
}
