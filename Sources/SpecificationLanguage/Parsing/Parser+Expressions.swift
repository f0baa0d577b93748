import Diagnostics

extension Parser {
  /// `expression = conjunction { "or" conjunction }`
  mutating func expression() throws(Recovery) -> ExpressionSyntax {
    try nested { (parser) throws(Recovery) in
      let start = parser.index
      var parts = [try parser.conjunction()]
      while parser.take(.or) { parts.append(try parser.conjunction()) }
      return parts.count == 1 ? parts[0] : .any(parts, parser.range(from: start))
    }
  }

  private mutating func conjunction() throws(Recovery) -> ExpressionSyntax {
    let start = index
    var parts = [try negation()]
    while take(.and) { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts, range(from: start))
  }

  private mutating func negation() throws(Recovery) -> ExpressionSyntax {
    let start = index
    guard take(.not) else { return try comparison() }
    return try nested { (parser) throws(Recovery) in
      let operand = try parser.negation()
      return .not(operand, parser.range(from: start))
    }
  }

  private mutating func comparison() throws(Recovery) -> ExpressionSyntax {
    let start = index
    if take(.raw) {
      try expect(.choice)
      let isNegated = take(.not)
      try expect(.in)
      let outputs = try outputSet()
      return .rawChoice(isNegated: isNegated, outputs, range(from: start))
    }
    let value = try sum()
    if at(.in) || at(.not) && kind(ahead: 1) == .keyword(.in) {
      let isNegated = take(.not)
      advance()
      let (lower, upper) = try interval()
      return .membership(value, isNegated: isNegated, lower: lower, upper: upper, range(from: start))
    }
    var links: [(ExpressionSyntax.Comparison, ExpressionSyntax)] = []
    while let relation = takeRelation() { links.append((relation, try sum())) }
    if links.isEmpty, at(.assign) {
      throw fail(expected: "`==`", cure: "equality is written `==`")
    }
    return links.isEmpty ? value : .comparison(value, links, range(from: start))
  }

  mutating func takeRelation() -> ExpressionSyntax.Comparison? {
    guard case .symbol(let symbol) = kind,
      let relation = ExpressionSyntax.Comparison(rawValue: symbol.rawValue)
    else { return nil }
    advance()
    return relation
  }

  /// `range = sum ".." sum`
  mutating func interval() throws(Recovery) -> (lower: ExpressionSyntax, upper: ExpressionSyntax) {
    let lower = try sum()
    try expect(.range, cure: "a range is written `low .. high`")
    return (lower, try sum())
  }

  mutating func sum() throws(Recovery) -> ExpressionSyntax {
    let start = index
    var terms = [(isSubtracted: false, term: try product())]
    while at(.plus) || at(.minus) {
      let isSubtracted = at(.minus)
      advance()
      terms.append((isSubtracted, try product()))
    }
    return terms.count == 1 ? terms[0].term : .sum(terms, range(from: start))
  }

  private mutating func product() throws(Recovery) -> ExpressionSyntax {
    let start = index
    var factors = [(isDivisor: false, factor: try factor())]
    while at(.times) || at(.divide) {
      let isDivisor = at(.divide)
      advance()
      factors.append((isDivisor, try factor()))
    }
    return factors.count == 1 ? factors[0].factor : .product(factors, range(from: start))
  }

  private mutating func factor() throws(Recovery) -> ExpressionSyntax {
    let start = index
    switch kind {
    case .symbol(.minus):
      advance()
      return try nested { (parser) throws(Recovery) in
        let operand = try parser.factor()
        return .negative(operand, parser.range(from: start))
      }
    case .number:
      let number = try number()
      let unit = kind == .unit ? try unitToken() : nil
      return .number(number, unit: unit, range(from: start))
    case .keyword(.min), .keyword(.max):
      let isUpper = at(.max)
      advance()
      return .domainEnd(isUpper: isUpper, range(from: start))
    case .keyword(.true), .keyword(.false):
      let value = at(.true)
      advance()
      return .boolean(value, range(from: start))
    case .symbol(.leftParenthesis):
      advance()
      let inner = try expression()
      try expect(.rightParenthesis)
      return inner
    case .name:
      if kind(ahead: 1) == .symbol(.leftParenthesis) { return try call() }
      return .reference(try reference("an input, parameter or condition"))
    case .keyword, .version, .unit, .string, .symbol, .invalid, .endOfFile:
      throw fail(expected: "a number, an input or a condition")
    }
  }

  private mutating func call() throws(Recovery) -> ExpressionSyntax {
    let start = index
    let name = try name("a condition's name")
    advance()
    let arguments = try commaSeparated { (parser) throws(Recovery) in try parser.nestedSum() }
    try expect(.rightParenthesis)
    return .call(name, arguments, range(from: start))
  }

  /// Inside brackets or parentheses sums can nest.
  private mutating func nestedSum() throws(Recovery) -> ExpressionSyntax {
    try nested { (parser) throws(Recovery) in try parser.sum() }
  }

  /// `reference = NAME [ "[" sum { "," sum } "]" ]`
  mutating func reference(_ what: String) throws(Recovery) -> ReferenceSyntax {
    let start = index
    let name = try name(what)
    var indices: [ExpressionSyntax] = []
    if take(.leftBracket) {
      indices = try commaSeparated { (parser) throws(Recovery) in try parser.nestedSum() }
      try expect(.rightBracket)
    }
    return ReferenceSyntax(name: name, indices: indices, range: range(from: start))
  }

  mutating func references(_ what: String) throws(Recovery) -> [ReferenceSyntax] {
    try commaSeparated { (parser) throws(Recovery) in try parser.reference(what) }
  }

  /// `outputSet = reference | "{" references "}"`
  mutating func outputSet() throws(Recovery) -> [ReferenceSyntax] {
    guard take(.leftBrace) else { return [try reference("an output or group")] }
    let outputs = try references("an output or group")
    try expect(.rightBrace)
    return outputs
  }

  /// Cuts a UNIT token such as `kg*m/s^2` into its factors.
  private mutating func unitToken() throws(Recovery) -> UnitSyntax {
    let token = current
    let whole = range(token)
    advance()
    // An over-long unit was reported by the lexer.
    guard token.bytes.count <= Lexer.nameLimit else { throw Recovery() }
    var factors: [UnitSyntax.Factor] = []
    var offset = token.bytes.lowerBound
    var isDivisor = false
    for part in text(token).split(omittingEmptySubsequences: false, whereSeparator: { "*/".contains($0) }) {
      let range = SourceRange(file: source, bytes: offset..<offset + part.utf8.count)
      let pieces = part.split(separator: "^", omittingEmptySubsequences: false)
      var exponent = 1
      if pieces.count > 1 {
        guard pieces.count == 2, let value = Int(pieces[1]), (-16...16).contains(value) else {
          report(.malformedExponent(range))
          throw Recovery()
        }
        exponent = value
      }
      factors.append(
        UnitSyntax.Factor(name: String(pieces[0]), exponent: isDivisor ? -exponent : exponent, range: range))
      offset += part.utf8.count
      if offset < token.bytes.upperBound { isDivisor = source.utf8[offset] == UInt8(ascii: "/") }
      offset += 1
    }
    return UnitSyntax(factors: factors, range: whole)
  }
}
