/// A grammar in the notation of `Grammar.ebnf`, read from its text.
struct Grammar: Sendable {
  /// The right-hand side of a production.
  indirect enum Form: Sendable {
    /// A reserved word or symbol, such as `"enforce"` or `".."`.
    case word(String)
    /// A name with a meaning in its place, such as `'disjoint'`.
    case contextual(String)
    /// A class of tokens, such as `NUMBER`.
    case token(String)
    case production(String)
    case sequence([Form])
    /// Alternatives; `site` numbers the choice for coverage.
    case choice([Form], site: Int)
    case optional(Form, site: Int)
    case repeated(Form, site: Int)
  }

  struct Malformed: Error {
    let message: String
  }

  private(set) var productions: [String: Form] = [:]
  /// The productions' names in the order of the text; the first is the start.
  private(set) var names: [String] = []
  /// The number of choices, options and repetitions.
  private(set) var siteCount = 0

  private var words: [String] = []
  private var position = 0

  init(_ text: String) throws {
    words = Self.words(of: text)
    while position < words.count {
      let name = take()
      try expect("=")
      guard productions[name] == nil else { throw Malformed(message: "\(name) is defined twice") }
      names.append(name)
      productions[name] = try choice()
      try expect(".")
    }
  }

  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var rest = text[...]
    while let first = rest.first {
      if rest.hasPrefix("(*") {
        repeat { rest = rest.dropFirst() } while !rest.isEmpty && !rest.hasPrefix("*)")
        rest = rest.dropFirst(2)
      } else if first.isWhitespace {
        rest = rest.dropFirst()
      } else if first == "\"" || first == "'" {
        let end = rest.dropFirst().firstIndex(of: first) ?? rest.endIndex
        words.append(String(rest[..<end]))
        rest = rest[end...].dropFirst()
      } else if first.isLetter {
        let word = rest.prefix { $0.isLetter }
        words.append(String(word))
        rest = rest[word.endIndex...]
      } else {
        words.append(String(first))
        rest = rest.dropFirst()
      }
    }
    return words
  }

  private var next: String { position < words.count ? words[position] : "" }

  private mutating func take() -> String {
    defer { position += 1 }
    return next
  }

  private mutating func expect(_ word: String) throws {
    let found = take()
    if found != word { throw Malformed(message: "expected \(word), found \(found)") }
  }

  private mutating func site() -> Int {
    defer { siteCount += 1 }
    return siteCount
  }

  private mutating func choice() throws -> Form {
    let site = site()
    var parts = [try sequence()]
    while next == "|" {
      _ = take()
      parts.append(try sequence())
    }
    return parts.count == 1 ? parts[0] : .choice(parts, site: site)
  }

  private mutating func sequence() throws -> Form {
    var parts: [Form] = []
    while true {
      switch next {
      case "", "|", ".", ")", "]", "}": return parts.count == 1 ? parts[0] : .sequence(parts)
      case "(":
        _ = take()
        parts.append(try choice())
        try expect(")")
      case "[":
        _ = take()
        parts.append(.optional(try choice(), site: site()))
        try expect("]")
      case "{":
        _ = take()
        parts.append(.repeated(try choice(), site: site()))
        try expect("}")
      default:
        let word = take()
        if word.hasPrefix("\"") {
          parts.append(.word(String(word.dropFirst())))
        } else if word.hasPrefix("'") {
          parts.append(.contextual(String(word.dropFirst())))
        } else {
          parts.append(word.allSatisfy(\.isUppercase) ? .token(word) : .production(word))
        }
      }
    }
  }

  /// Every form of the grammar, each production's from the outside in.
  var forms: [Form] {
    var all: [Form] = []
    func visit(_ form: Form) {
      all.append(form)
      switch form {
      case .word, .contextual, .token, .production: break
      case .sequence(let parts), .choice(let parts, _): parts.forEach(visit)
      case .optional(let body, _), .repeated(let body, _): visit(body)
      }
    }
    names.compactMap { productions[$0] }.forEach(visit)
    return all
  }
}
