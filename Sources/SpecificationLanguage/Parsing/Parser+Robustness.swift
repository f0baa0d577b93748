import Diagnostics

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
    let norm = try norm()
    let radius = try sum()
    let space = try space()
    let ball = range(from: start)
    try expect(word: "keep")
    try expect(.top)
    let first = try top()
    let last = take(.range) ? try top() : nil
    var groups: [ReferenceSyntax] = []
    if take(.inside) {
      try expect(
        .leftBrace,
        cure: kind == .name ? "write `inside { \(text(current)) }`" : "write the groups in `{` and `}`")
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

  /// `lipschitz = "lipschitz" NAME [ STRING ] [ scope ] "{" norm "of" space 'to' 'margins' "<=" sum "}"`
  mutating func lipschitz() throws(Recovery) -> LipschitzSyntax {
    advance()
    let name = try newName("a Lipschitz clause's name")
    let title = kind == .string ? try string("a title").text : ""
    let networks = try networkScope()
    try expect(.leftBrace)
    let start = index
    let norm = try norm()
    let space = try space()
    let distance = range(from: start)
    try expect(word: "to", cure: "write `L2 of normalized to margins <= 2.5`")
    try expect(word: "margins", cure: "margins are the differences of two scores: write `to margins <= 2.5`")
    try expect(.lessOrEqual)
    let bound = try sum()
    try expect(.rightBrace)
    return LipschitzSyntax(
      name: name, title: title, networks: networks, norm: norm, space: space, distance: distance, bound: bound
    )
  }

  private mutating func norm() throws(Recovery) -> Norm {
    guard let norm = Norm(rawValue: text(current)) else { throw fail(expected: "`L2` or `Linf`") }
    advance()
    return norm
  }

  /// `"of" ( 'physical' | 'normalized' )`
  private mutating func space() throws(Recovery) -> NormSpace {
    try expect(.of)
    guard let space = NormSpace(rawValue: text(current)) else {
      let near = suggestion(for: text(current), among: NormSpace.allCases.map(\.rawValue))
      throw fail(
        expected: "`physical` or `normalized`", cure: near.map { "did you mean `\($0)`?" } ?? "",
        mayBeWord: near == nil)
    }
    advance()
    return space
  }
}
