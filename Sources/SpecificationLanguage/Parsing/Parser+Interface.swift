import Diagnostics

extension Parser {
  mutating func interface() throws(Recovery) -> InterfaceSyntax {
    advance()
    let name = try newName("an interface's name")
    try expect(.leftBrace)
    try expect(.inputs)
    try expect(.leftBrace)
    var inputs: [InputSyntax] = []
    repeat {
      if let input = try recoveringInput() { inputs.append(input) }
    } while !at(.rightBrace) && !at(.outputs)
    if at(.outputs) {
      _ = fail(expected: "`}`", cure: "close `inputs` before `outputs`")
      closeBraces(beyond: openBraces.count - 1)
    } else {
      advance()
    }
    try expect(.outputs)
    let interface = try outputs(of: name, inputs: inputs)
    try expect(.rightBrace)
    return interface
  }

  /// One input; after a mistake, the next one that can be recognised by its name and colon.
  private mutating func recoveringInput() throws(Recovery) -> InputSyntax? {
    let start = index
    do throws(Recovery) {
      return try input()
    } catch {
      if tokens[start].kind == .name { breakName(text(tokens[start])) }
      if index == start, !at(.rightBrace) { advance() }
      while true {
        switch kind {
        case .symbol(.rightBrace), .keyword(.outputs): return nil
        case .name where kind(ahead: 1) == .symbol(.colon): return nil
        case .endOfFile: throw error
        case .keyword
        where Self.startsDeclaration(kind) && !at(.unit) && !at(.let) && !at(.param) && !at(.for):
          throw error
        case .name, .keyword, .number, .version, .unit, .string, .symbol, .invalid: advance()
        }
      }
    }
  }

  private mutating func input() throws(Recovery) -> InputSyntax {
    let name = try newName("an input's name")
    var shape: [NumberSyntax] = []
    if take(.leftBracket) {
      shape = try commaSeparated { (parser) throws(Recovery) in try parser.number("a size") }
      try expect(.rightBracket)
    }
    try expect(.colon, cure: "an input has a unit: `rho : ft`, or `: 1` for a plain number")
    let unit = try unit()
    let domain = take(.in) ? try interval() : nil
    let normalization = take(.normalize) ? try sum() : nil
    return InputSyntax(name: name, shape: shape, unit: unit, domain: domain, normalization: normalization)
  }

  /// `unit = unitFactor { ( "*" | "/" ) unitFactor }`
  private mutating func unit() throws(Recovery) -> UnitSyntax {
    let start = index
    var factors = [try unitFactor(isDivisor: false)]
    while at(.times) || at(.divide) {
      let isDivisor = at(.divide)
      advance()
      factors.append(try unitFactor(isDivisor: isDivisor))
    }
    return UnitSyntax(factors: factors, range: range(from: start))
  }

  private mutating func unitFactor(isDivisor: Bool) throws(Recovery) -> UnitSyntax.Factor {
    let token = current
    var name = text(token)
    switch kind {
    case .name, .keyword(.min), .symbol(.percent): advance()
    case .number:
      if name == "1" { name = "" }
      advance()
    case .keyword, .version, .unit, .string, .symbol, .invalid, .endOfFile:
      throw fail(expected: "a unit", cure: "write a unit such as `ft/s`, or `1` for a plain number")
    }
    var exponent = 1
    if take(.power) {
      let isNegative = take(.minus)
      let number = try number("a whole exponent")
      guard let value = number.value.asInt, value <= 16 else {
        report(.malformedExponent(number.range))
        throw Recovery()
      }
      exponent = isNegative ? -value : value
    }
    return UnitSyntax.Factor(name: name, exponent: isDivisor ? -exponent : exponent, range: range(token))
  }

  private mutating func outputs(
    of name: NameSyntax, inputs: [InputSyntax]
  ) throws(Recovery) -> InterfaceSyntax {
    try expect(.leftBrace)
    let outputs = try commaSeparated { (parser) throws(Recovery) in try parser.output() }
    var groups: [GroupSyntax] = []
    var choice: (isHighest: Bool, range: SourceRange)?
    var preference: [ReferenceSyntax] = []
    var abstention: SourceRange?
    while !take(.rightBrace) {
      let start = index
      switch kind {
      case .keyword(.group):
        groups.append(try group())
      case .keyword(.choose):
        advance()
        guard at(.lowest) || at(.highest) else { throw fail(expected: "`lowest` or `highest`") }
        let isHighest = at(.highest)
        advance()
        if choice != nil { report(.repeatedClause("`choose`", range(from: start))) }
        choice = (isHighest, range(from: start))
      case .keyword(.ties):
        advance()
        try expect(.prefer)
        if !preference.isEmpty { report(.repeatedClause("`ties prefer`", range(from: start))) }
        preference = try references("an output's name")
      case .keyword(.abstain):
        advance()
        try expect(.when)
        try expect(.conflict)
        if abstention != nil { report(.repeatedClause("`abstain when conflict`", range(from: start))) }
        abstention = range(from: start)
      case .name, .keyword, .number, .version, .unit, .string, .symbol, .invalid, .endOfFile:
        throw fail(
          expected: "`,`, `}`, `group`, `choose`, `ties prefer` or `abstain when conflict`")
      }
    }
    return InterfaceSyntax(
      name: name, inputs: inputs, outputs: outputs, groups: groups, choice: choice,
      tiePreference: preference, abstention: abstention)
  }

  private mutating func output() throws(Recovery) -> OutputSyntax {
    let name = try newName("an output's name")
    guard take(.leftBracket) else { return OutputSyntax(name: name, count: nil) }
    let count = try number("a number of outputs")
    try expect(.rightBracket)
    return OutputSyntax(name: name, count: count)
  }

  private mutating func group() throws(Recovery) -> GroupSyntax {
    advance()
    let name = try newName("a group's name")
    try expect(.assign)
    try expect(.leftBrace)
    let members = try references("an output's name")
    try expect(.rightBrace)
    return GroupSyntax(name: name, members: members)
  }
}
