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
        breakName(at: start)
        if index == start { advance() }
        skipToDeclaration()
      }
    }
    return (header, declarations)
  }

  private mutating func header() throws(Recovery) -> HeaderSyntax {
    let start = index
    guard take(.ordain) else {
      if kind == .name { throw fail(expected: "`ordain 1`", cure: "a specification starts with `ordain 1`") }
      report(.missingHeader(range(current)))
      throw Recovery()
    }
    let edition = try number("the language's edition")
    if edition.value != .one { report(.unsupportedEdition(edition.range.text, edition.range)) }
    try expect(.spec, cure: "the second line names the specification: `spec \"name\" 1.0.0`")
    let name = try string("the specification's name in quotes")
    // Emitted files are named for it.
    if name.text.utf8.count > Lexer.nameLimit {
      report(.tooLong("a specification's name", limit: Lexer.nameLimit, name.range))
    }
    guard kind == .version else {
      throw fail(expected: "a version", cure: "write three numbers, such as `1.0.0`")
    }
    let version = text(current)
    advance()
    return HeaderSyntax(name: name.text, version: version, range: range(from: start))
  }

  private static let declarationKeywords: [Keyword] = [
    .import, .param, .unit, .let, .interface, .network, .networks, .enforce, .verify, .monitor, .for, .robust,
    .lipschitz, .expect,
  ]

  private var startsDeclaration: Bool { Self.startsDeclaration(kind) }

  static func startsDeclaration(_ kind: Token.Kind) -> Bool {
    guard case .keyword(let keyword) = kind else { return false }
    return declarationKeywords.contains(keyword)
  }

  private mutating func skipToDeclaration() {
    while kind != .endOfFile, !startsDeclaration { advance() }
    closeBraces(beyond: 0)
  }

  private mutating func declaration() throws(Recovery) -> DeclarationSyntax {
    switch kind {
    case .keyword(.import): return .import(try importDeclaration())
    case .keyword(.param): return .param(try param())
    case .keyword(.unit): return .unit(try unitName())
    case .keyword(.let): return .let(try letDeclaration())
    case .keyword(.interface): return .interface(try interface())
    case .keyword(.network), .keyword(.networks): return .network(try network())
    case .keyword(.robust): return .robust(try robust())
    case .keyword(.lipschitz): return .lipschitz(try lipschitz())
    case .keyword(.expect): return .expect(try expectation())
    default: return try member()
    }
  }

  /// What may stand in a `for`: `member = property | overrides | for`.
  private mutating func member() throws(Recovery) -> DeclarationSyntax {
    if let role { return .property(try property(role)) }
    if at(.for) { return .for(try nested { (parser) throws(Recovery) in try parser.forDeclaration() }) }
    if kind == .name {
      if kind(ahead: 1) == .keyword(.overrides) || kind(ahead: 1) == .symbol(.leftBracket) {
        return .overrides(try overrides())
      }
      let candidates = Self.declarationKeywords.map(\.rawValue)
      if let keyword = suggestion(for: text(current), among: candidates) {
        report(.misspelledKeyword(text(current), keyword: keyword, range(current)))
        throw Recovery()
      }
    }
    if at(.rightBrace) { throw fail(expected: "a declaration", cure: "remove this `}`: no `{` is open") }
    throw fail(
      expected: "a declaration",
      cure: "a declaration starts with `interface`, `network`, `enforce`, `let`, `param`, `unit` or `for`")
  }

  /// The role that the keyword at the cursor gives a property.
  private var role: PropertyRole? {
    if case .keyword(let keyword) = kind { PropertyRole(rawValue: keyword.rawValue) } else { nil }
  }

  private mutating func importDeclaration() throws(Recovery) -> ImportSyntax {
    advance()
    let path = try string("the specification's path in quotes")
    return ImportSyntax(path: path.text, range: path.range)
  }

  private mutating func param() throws(Recovery) -> ParamSyntax {
    advance()
    let name = try newName("a parameter's name")
    try expect(.assign)
    let value = try sum()
    if case .symbol(let symbol) = kind, ExpressionSyntax.Comparison(rawValue: symbol.rawValue) != nil {
      throw fail(expected: "`in`", cure: "a parameter is a constant; conditions get names with `let`")
    }
    return ParamSyntax(name: name, value: value, range: take(.in) ? try interval() : nil)
  }

  private mutating func unitName() throws(Recovery) -> UnitDeclarationSyntax {
    advance()
    let name = try newName("a unit's name")
    return UnitDeclarationSyntax(name: name, value: take(.assign) ? try sum() : nil)
  }

  private mutating func letDeclaration() throws(Recovery) -> LetSyntax {
    advance()
    let name = try newName("a condition's name")
    var parameters: [NameSyntax] = []
    if take(.leftParenthesis) {
      parameters = try commaSeparated { (parser) throws(Recovery) in try parser.newName("an argument's name")
      }
      try expect(.rightParenthesis)
    }
    try expect(.assign)
    return LetSyntax(name: name, parameters: parameters, body: try expression())
  }

  private mutating func network() throws(Recovery) -> NetworkSyntax {
    let isFamily = at(.networks)
    advance()
    let name = try newName("a network's name")
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
    let name = try newName("an index")
    try expect(.colon)
    let lower = try number("the first value")
    try expect(.range)
    return NetworkSyntax.Index(name: name, lower: lower, upper: try number("the last value"))
  }

  /// `property = role NAME [ STRING ] [ scope ] "{" "when" expression "then" post "}"`
  private mutating func property(_ role: PropertyRole) throws(Recovery) -> PropertySyntax {
    advance()
    let name = try newName("a property's name")
    let title = kind == .string ? try string("a title").text : ""
    let networks = try networkScope()
    try expect(.leftBrace)
    let depth = openBraces.count
    try expect(.when, cure: "write `when true` for a property that always applies")
    let condition = try recovering(to: .then) { (parser) throws(Recovery) in try parser.expression() }
    if at(.comma) { throw fail(expected: "`then`", cure: "conditions are joined by `and` or `or`") }
    try expect(.then)
    let post = try recoveringPost(in: depth)
    if at(.comma) { throw fail(expected: "`}`", cure: "outputs are joined by `or`: `choose a or b`") }
    try expect(.rightBrace)
    return PropertySyntax(
      role: role, name: name, title: title, networks: networks, condition: condition ?? .invalid(name.range),
      post: post ?? .invalid(name.range))
  }

  /// `[ "on" selections [ "except" selections ] ]`
  mutating func networkScope() throws(Recovery) -> NetworkScopeSyntax? {
    guard take(.on) else { return nil }
    let selections = try commaSeparated { (parser) throws(Recovery) in try parser.selection() }
    var exceptions: [SelectionSyntax] = []
    if take(.except) {
      exceptions = try commaSeparated { (parser) throws(Recovery) in try parser.selection() }
    }
    return NetworkScopeSyntax(selections: selections, exceptions: exceptions)
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

  /// A post; after a mistake, `nil` at the `}` that ends the property.
  private mutating func recoveringPost(in depth: Int) throws(Recovery) -> PostSyntax? {
    do throws(Recovery) {
      return try post()
    } catch {
      while kind != .endOfFile, !startsDeclaration, !at(.rightBrace) || openBraces.count > depth { advance() }
      if at(.rightBrace) { return nil }
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
    let depth = openBraces.count
    do throws(Recovery) {
      let variable = try newName("a variable's name")
      let items = try items()
      try expect(.leftBrace)
      return ForSyntax(variable: variable, items: items, body: try members(in: depth + 1))
    } catch {
      // Without its variable the body says nothing; only its syntax is checked.
      guard openBraces.count == depth else { throw error }
      while kind != .endOfFile, !startsDeclaration, !at(.leftBrace) || !startsMember(ahead: 1) { advance() }
      guard take(.leftBrace) else { throw error }
      closeBraces(beyond: depth + 1)
      for member in try members(in: depth + 1) {
        if case .property(let property) = member { breakName(property.name.text) }
      }
      throw error
    }
  }

  private mutating func items() throws(Recovery) -> [ForSyntax.Item] {
    try expect(.in)
    try expect(.leftBrace, cure: "a list stands in braces: `for x in { a, b } { ... }`")
    let items = try commaSeparated { (parser) throws(Recovery) in
      ForSyntax.Item(first: try parser.sum(), last: parser.take(.range) ? try parser.sum() : nil)
    }
    try expect(.rightBrace)
    return items
  }

  private func startsMember(ahead distance: Int) -> Bool {
    switch kind(ahead: distance) {
    case .keyword(.enforce), .keyword(.verify), .keyword(.monitor), .keyword(.for): true
    case .name: kind(ahead: distance + 1) == .keyword(.overrides)
    case .keyword, .number, .version, .unit, .string, .symbol, .invalid, .endOfFile: false
    }
  }

  /// The members up to the `}` that ends them; `depth` braces are open. After a mistake, the next member.
  private mutating func members(in depth: Int) throws(Recovery) -> [DeclarationSyntax] {
    var members: [DeclarationSyntax] = []
    while !at(.rightBrace) {
      if kind == .endOfFile { throw fail(expected: "`}`") }
      let start = index
      do throws(Recovery) {
        members.append(try member())
      } catch {
        breakName(at: start)
        if startsDeclaration, !isMember { throw error }
        if index == start { advance() }
        while kind != .endOfFile, !startsDeclaration, !at(.rightBrace) || openBraces.count > depth {
          advance()
        }
        closeBraces(beyond: depth)
        if startsDeclaration, !isMember { throw error }
      }
    }
    advance()
    return members
  }

  /// Whether the declaration at the cursor may stand in a `for`.
  private var isMember: Bool {
    role != nil || at(.for)
  }
}
