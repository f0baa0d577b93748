import Diagnostics

/// What the formatter knows of the tokens: brackets, statements, and where in them each token stands. It is made
/// from the words alone, not from the declarations, so that one table serves them all.
struct Outline {
  enum BracketKind {
    /// Braces whose contents stand on lines of their own.
    case interface, inputs, outputs, members
    /// The braces of a property: on one line if they were and it fits.
    case property
    /// Braces around a list; parentheses; square brackets.
    case list, parentheses, index

    var isBlock: Bool {
      switch self {
      case .interface, .inputs, .outputs, .members, .property: true
      case .list, .parentheses, .index: false
      }
    }
  }

  struct Bracket {
    let kind: BracketKind
    let opening: Int
    var closing: Int
  }

  /// A declaration, an input, a clause of the outputs or of a property.
  struct Statement {
    let first: Int
    /// The innermost bracket around it.
    let bracket: Int?
  }

  struct Place {
    /// The innermost bracket around the token: brackets are not inside themselves.
    let bracket: Int?
    /// How many brackets of the token's statement are open.
    let depth: Int
    let statement: Int
    /// Whether the token is part of an input's unit.
    let isInUnit: Bool
  }

  let syntax: SpecSyntax
  /// Without the end of the file.
  let count: Int
  /// What stands before each token, the end of the file included.
  let gaps: [Gap]
  let texts: [String]
  private(set) var brackets: [Bracket] = []
  private(set) var statements: [Statement] = []
  private(set) var places: [Place] = []
  /// The bracket that the token opens or closes.
  private(set) var bracketAt: [Int: Int] = [:]

  init(_ syntax: SpecSyntax) {
    self.syntax = syntax
    count = syntax.tokens.count - 1
    gaps = syntax.tokens.map { Gap($0, in: syntax.source) }
    texts = syntax.tokens.map { syntax.source.text(in: $0.bytes) }
    var open: [(bracket: Int, statement: Int)] = []
    var isInUnit = false
    for index in 0..<count {
      let symbol = symbol(index)
      if let symbol, [.rightBrace, .rightParenthesis, .rightBracket].contains(symbol),
        let last = open.popLast()
      {
        brackets[last.bracket].closing = index
        bracketAt[index] = last.bracket
        isInUnit = false
        place(index, in: open.last?.bracket, statement: last.statement, isInUnit: false)
        continue
      }
      let outer = open.last?.bracket
      if startsStatement(index, in: outer) {
        statements.append(Statement(first: index, bracket: outer))
        isInUnit = false
      }
      // After a nested block the statement around it goes on.
      let statement =
        statements.last?.bracket == outer ? statements.count - 1 : places.last?.statement ?? 0
      if kind(index) == .keyword(.in) || kind(index) == .keyword(.normalize) { isInUnit = false }
      place(index, in: outer, statement: statement, isInUnit: isInUnit)
      if symbol == .colon, bracketKind(outer) == .inputs { isInUnit = true }
      if let opened = opens(index, in: statement) {
        bracketAt[index] = brackets.count
        open.append((brackets.count, statement))
        brackets.append(Bracket(kind: opened, opening: index, closing: count))
      }
    }
  }

  func kind(_ index: Int) -> Token.Kind { syntax.tokens[index].kind }

  func symbol(_ index: Int) -> Symbol? {
    if case .symbol(let symbol) = kind(index) { symbol } else { nil }
  }

  func keyword(_ index: Int) -> Keyword? {
    if case .keyword(let keyword) = kind(index) { keyword } else { nil }
  }

  func bracketKind(_ bracket: Int?) -> BracketKind? { bracket.map { brackets[$0].kind } }

  func startsStatement(_ index: Int) -> Bool {
    index < count && statements[places[index].statement].first == index
  }

  /// The bracket that the token opens.
  func opened(_ index: Int) -> Bracket? {
    bracketAt[index].map { brackets[$0] }.flatMap { $0.opening == index ? $0 : nil }
  }

  /// The bracket that the token closes.
  func closed(_ index: Int) -> Bracket? {
    bracketAt[index].map { brackets[$0] }.flatMap { $0.closing == index ? $0 : nil }
  }

  private mutating func place(_ index: Int, in bracket: Int?, statement: Int, isInUnit: Bool) {
    let isNested = statements.isEmpty || bracket != statements[statement].bracket
    let depth: Int
    if !isNested {
      depth = 0
    } else if let bracket {
      depth = places[brackets[bracket].opening].depth + 1
    } else {
      depth = 0
    }
    places.append(Place(bracket: bracket, depth: depth, statement: statement, isInUnit: isInUnit))
  }
}

/// The tables of words that begin something.
extension Outline {
  private static let declarations: Set<Keyword> = [
    .ordain, .spec, .param, .unit, .let, .interface, .network, .networks, .enforce, .verify, .monitor,
    .robust, .lipschitz, .expect, .import, .for,
  ]
  private static let properties: Set<Keyword> = [.enforce, .verify, .monitor, .robust, .lipschitz]
  private static let outputClauses: Set<Keyword> = [.group, .choose, .ties, .abstain]

  private func startsStatement(_ index: Int, in bracket: Int?) -> Bool {
    if let bracket, brackets[bracket].opening == index - 1, brackets[bracket].kind.isBlock { return true }
    switch bracketKind(bracket) {
    case nil, .members:
      return keyword(index).map(Self.declarations.contains) ?? isBefore(index) { $0 == .keyword(.overrides) }
    case .interface:
      return keyword(index) == .inputs || keyword(index) == .outputs
    case .inputs:
      return isBefore(index) { $0 == .symbol(.colon) }
    case .outputs:
      return keyword(index).map(Self.outputClauses.contains) ?? false
    case .property, .list, .parentheses, .index:
      return false
    }
  }

  /// Whether the token is a name, possibly with indices, directly before a token of such a kind.
  private func isBefore(_ index: Int, _ isWanted: (Token.Kind) -> Bool) -> Bool {
    guard kind(index) == .name else { return false }
    var next = index + 1
    if symbol(next) == .leftBracket {
      var depth = 0
      repeat {
        if symbol(next) == .leftBracket { depth += 1 }
        if symbol(next) == .rightBracket { depth -= 1 }
        next += 1
      } while depth > 0 && next < count
    }
    return isWanted(kind(next))
  }

  private func opens(_ index: Int, in statement: Int) -> BracketKind? {
    switch symbol(index) {
    case .leftParenthesis: return .parentheses
    case .leftBracket: return .index
    case .leftBrace: break
    default: return nil
    }
    if index == 0 || statements.isEmpty { return .list }
    switch keyword(index - 1) {
    case .inputs: return .inputs
    case .outputs: return .outputs
    case .in, .of: return .list
    default: break
    }
    guard places[index].depth == 0, let first = keyword(statements[statement].first) else { return .list }
    if first == .interface { return .interface }
    if first == .for { return .members }
    return Self.properties.contains(first) ? .property : .list
  }
}
