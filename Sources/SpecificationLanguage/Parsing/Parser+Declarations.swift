import Diagnostics
import ExactArithmetic

extension Parser {
  /// `specification = header { declaration }`
  mutating func specification() -> (HeaderSyntax?, [DeclarationSyntax]) {
    var header: HeaderSyntax?
    do throws(Recovery) { header = try self.header() } catch { skipToDeclaration() }
    var declarations: [DeclarationSyntax] = []
    while kind != .endOfFile {
      let start = index
      do throws(Recovery) {
        declarations.append(try declaration())
      } catch {
        if index == start { advance() }
        skipToDeclaration()
      }
    }
    return (header, declarations)
  }

  private mutating func header() throws(Recovery) -> HeaderSyntax {
    let start = index
    guard take(.ordain) else {
      throw fail(expected: "`ordain 1`", cure: "a specification starts with `ordain 1`")
    }
    let edition = try number("the language's edition")
    if edition.value != .one { report(.unsupportedEdition(edition.range.text, edition.range)) }
    try expect(.spec)
    let name = try string("the specification's name in quotes")
    guard kind == .version else {
      throw fail(expected: "a version", cure: "write three numbers, such as `1.0.0`")
    }
    let version = text(current)
    advance()
    return HeaderSyntax(name: name.text, version: version, range: range(from: start))
  }

  private static let declarationKeywords: [Keyword] = [
    .param, .unit, .let, .interface, .network, .networks, .enforce, .for,
  ]
  private static let laterKeywords: [Keyword] = [
    .verify, .monitor, .robust, .lipschitz, .expect, .import,
  ]

  private var startsDeclaration: Bool {
    guard case .keyword(let keyword) = kind else { return false }
    return Self.declarationKeywords.contains(keyword) || Self.laterKeywords.contains(keyword)
  }

  private mutating func skipToDeclaration() {
    while kind != .endOfFile, !startsDeclaration { advance() }
  }

  private mutating func declaration() throws(Recovery) -> DeclarationSyntax {
    switch kind {
    case .keyword(.param): return .param(try param())
    case .keyword(.unit): return .unit(try unitName())
    case .keyword(.let): return .let(try letDeclaration())
    case .keyword(.interface): return .interface(try interface())
    case .keyword(.network), .keyword(.networks): return .network(try network())
    default: return try member()
    }
  }

  /// What may stand in a `for`: `member = enforce | overrides | for`.
  private mutating func member() throws(Recovery) -> DeclarationSyntax {
    if at(.enforce) { return .enforce(try enforce()) }
    if at(.for) { return .for(try nested { (parser) throws(Recovery) in try parser.forDeclaration() }) }
    if case .keyword(let keyword) = kind, Self.laterKeywords.contains(keyword) {
      report(.unsupportedDeclaration(keyword.rawValue, range(current)))
      throw Recovery()
    }
    if kind == .name {
      if kind(ahead: 1) == .keyword(.overrides) || kind(ahead: 1) == .symbol(.leftBracket) {
        return .overrides(try overrides())
      }
      let candidates = (Self.declarationKeywords + Self.laterKeywords).map(\.rawValue)
      if let keyword = suggestion(for: text(current), among: candidates) {
        report(.misspelledKeyword(text(current), keyword: keyword, range(current)))
        throw Recovery()
      }
    }
    throw fail(
      expected: "a declaration",
      cure: "a declaration starts with `interface`, `network`, `enforce`, `let`, `param`, `unit` or `for`")
  }

  private mutating func param() throws(Recovery) -> ParamSyntax {
    advance()
    let name = try name("a parameter's name")
    try expect(.assign)
    let value = try sum()
    return ParamSyntax(name: name, value: value, range: take(.in) ? try interval() : nil)
  }

  private mutating func unitName() throws(Recovery) -> UnitDeclarationSyntax {
    advance()
    let name = try name("a unit's name")
    return UnitDeclarationSyntax(name: name, value: take(.assign) ? try sum() : nil)
  }

  private mutating func letDeclaration() throws(Recovery) -> LetSyntax {
    advance()
    let name = try name("a condition's name")
    var parameters: [NameSyntax] = []
    if take(.leftParenthesis) {
      parameters = try commaSeparated { (parser) throws(Recovery) in try parser.name("an argument's name") }
      try expect(.rightParenthesis)
    }
    try expect(.assign)
    return LetSyntax(name: name, parameters: parameters, body: try expression())
  }

  private mutating func network() throws(Recovery) -> NetworkSyntax {
    let isFamily = at(.networks)
    advance()
    let name = try name("a network's name")
    var indices: [NetworkSyntax.Index] = []
    if isFamily {
      try expect(.leftBracket, cure: "a family has indices: `networks N[i: 1..5] : ...`")
      indices = try commaSeparated { (parser) throws(Recovery) in try parser.familyIndex() }
      try expect(.rightBracket)
    } else if at(.leftBracket) {
      throw fail(expected: "`:`", cure: "a family with indices is declared with `networks`")
    }
    try expect(.colon)
    let interface = try self.name("an interface's name")
    try expect(.from)
    let path = try string("the model's path in quotes")
    var checksHeader = false
    if take(.check) {
      try expect(.header)
      checksHeader = true
    }
    return NetworkSyntax(
      name: name, indices: indices, interface: interface, path: path, checksHeader: checksHeader)
  }

  private mutating func familyIndex() throws(Recovery) -> NetworkSyntax.Index {
    let name = try name("an index")
    try expect(.colon)
    let lower = try number("the first value")
    try expect(.range)
    return NetworkSyntax.Index(name: name, lower: lower, upper: try number("the last value"))
  }

  private mutating func enforce() throws(Recovery) -> EnforceSyntax {
    advance()
    let name = try name("a property's name")
    let title = kind == .string ? try string("a title").text : ""
    var networks: [SelectionSyntax]?
    var exceptions: [SelectionSyntax] = []
    if take(.on) {
      networks = try commaSeparated { (parser) throws(Recovery) in try parser.selection() }
      if take(.except) {
        exceptions = try commaSeparated { (parser) throws(Recovery) in try parser.selection() }
      }
    }
    try expect(.leftBrace)
    try expect(.when)
    let condition = try recovering(to: .then) { (parser) throws(Recovery) in try parser.expression() }
    try expect(.then)
    let post = try post()
    try expect(.rightBrace)
    return EnforceSyntax(
      name: name, title: title, networks: networks, exceptions: exceptions,
      condition: condition ?? .invalid(name.range), post: post)
  }

  /// Parses with `body`; on failure goes on at `keyword` if it stands in this declaration.
  private mutating func recovering<T>(
    to keyword: Keyword, _ body: (inout Parser) throws(Recovery) -> T
  ) throws(Recovery) -> T? {
    do throws(Recovery) {
      return try body(&self)
    } catch {
      while kind != .endOfFile, !at(keyword), !at(.rightBrace), !startsDeclaration { advance() }
      if at(keyword) { return nil }
      throw error
    }
  }

  private mutating func selection() throws(Recovery) -> SelectionSyntax {
    let start = index
    let name = try name("a network's name")
    var indices: [SelectionSyntax.Index]?
    if take(.leftBracket) {
      indices = try commaSeparated { (parser) throws(Recovery) in try parser.selector() }
      try expect(.rightBracket)
    }
    return SelectionSyntax(name: name, indices: indices, range: range(from: start))
  }

  private mutating func selector() throws(Recovery) -> SelectionSyntax.Index {
    if take(.times) { return .any }
    let lower = try number("an index, a range `1..5` or `*`")
    return .range(lower, take(.range) ? try number("the last value") : lower)
  }

  private mutating func overrides() throws(Recovery) -> OverridesSyntax {
    let winner = try reference("a property's name")
    try expect(.overrides)
    return OverridesSyntax(winner: winner, losers: try references("a property's name"))
  }

  private mutating func forDeclaration() throws(Recovery) -> ForSyntax {
    advance()
    let variable = try name("a variable's name")
    try expect(.in)
    try expect(.leftBrace)
    let items = try commaSeparated { (parser) throws(Recovery) in
      ForSyntax.Item(first: try parser.sum(), last: parser.take(.range) ? try parser.sum() : nil)
    }
    try expect(.rightBrace)
    try expect(.leftBrace)
    var body: [DeclarationSyntax] = []
    while !at(.rightBrace) {
      if kind == .endOfFile { throw fail(expected: "`}`") }
      body.append(try member())
    }
    advance()
    return ForSyntax(variable: variable, items: items, body: body)
  }
}
