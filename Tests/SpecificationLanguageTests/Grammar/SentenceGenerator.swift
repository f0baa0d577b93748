import TestSupport

/// Draws sentences of a grammar. Deeper than `depthLimit` productions, it takes the shortest way out.
struct SentenceGenerator {
  /// A terminal with the text it was given.
  struct Word {
    let terminal: Terminal
    let text: String
  }

  private let grammar: Grammar
  private let shortest: [String: Int]
  private var random: SplitMix64
  private var words: [Word] = []
  private let depthLimit: Int
  /// How often each alternative of each choice was taken (of an option: absent or present).
  private(set) var taken: [Int: Set<Int>] = [:]

  init(_ grammar: Grammar, seed: UInt64, depthLimit: Int) {
    self.grammar = grammar
    self.depthLimit = depthLimit
    random = SplitMix64(seed: seed)
    shortest = Self.shortestHeights(grammar)
  }

  mutating func sentence() -> [Word] {
    words = []
    derive(.production(grammar.names[0]), depth: 0)
    return words
  }

  /// The height of each production's lowest derivation, by iteration to the least fixed point.
  private static func shortestHeights(_ grammar: Grammar) -> [String: Int] {
    var heights: [String: Int] = [:]
    var changed = true
    while changed {
      changed = false
      for name in grammar.names {
        guard let form = grammar.productions[name] else { continue }
        let height = min(1 << 20, 1 + self.height(form, heights))
        if height < heights[name] ?? 1 << 20 {
          heights[name] = height
          changed = true
        }
      }
    }
    return heights
  }

  private static func height(_ form: Grammar.Form, _ heights: [String: Int]) -> Int {
    switch form {
    case .word, .contextual, .token, .optional, .repeated: 0
    case .production(let name): heights[name] ?? 1 << 20
    case .sequence(let parts): parts.map { height($0, heights) }.max() ?? 0
    case .choice(let parts, _): parts.map { height($0, heights) }.min() ?? 0
    }
  }

  private mutating func derive(_ form: Grammar.Form, depth: Int) {
    let isDeep = depth > depthLimit || words.count > 300
    switch form {
    case .word(let text): words.append(Word(terminal: .word(text), text: text))
    case .contextual(let text): words.append(Word(terminal: .name(text), text: text))
    case .token(let name):
      let text = text(of: name)
      words.append(Word(terminal: name == "NAME" ? .name(text) : .token(name), text: text))
    case .production(let name):
      if let form = grammar.productions[name] { derive(form, depth: depth + 1) }
    case .sequence(let parts): for part in parts { derive(part, depth: depth) }
    case .choice(let parts, let site):
      var choice = Int.random(in: 0..<parts.count, using: &random)
      if isDeep {
        let heights = parts.map { Self.height($0, shortest) }
        choice = heights.indices.min { heights[$0] < heights[$1] } ?? 0
      }
      taken[site, default: []].insert(choice)
      derive(parts[choice], depth: depth)
    case .optional(let body, let site):
      let isPresent = !isDeep && Bool.random(using: &random)
      taken[site, default: []].insert(isPresent ? 1 : 0)
      if isPresent { derive(body, depth: depth) }
    case .repeated(let body, let site):
      let count = isDeep ? 0 : [0, 0, 0, 1, 1, 2, 3].randomElement(using: &random) ?? 0
      taken[site, default: []].insert(min(count, 1))
      for _ in 0..<count { derive(body, depth: depth) }
    }
  }

  /// Small numbers, so that no parse-time limit is met; the edition is 1 and exponents are whole.
  private mutating func text(of token: String) -> String {
    switch token {
    case "NUMBER":
      let isEdition = words.last?.text == "ordain"
      let isExponent = ["^", "-"].contains(words.last?.text)
      let digit = String(Int.random(in: 0...9, using: &random))
      if isEdition { return "1" }
      return isExponent
        ? digit : [digit, "12.50", "3e2", "0.1e-3", "7E+1"].randomElement(using: &random) ?? digit
    case "VERSION": return "1.20.3"
    case "UNIT": return ["ft", "m/s^2", "kg*m^-3", "%", "min", "%/min"].randomElement(using: &random) ?? "m"
    case "STRING":
      return ["\"\"", "\"a // b { é\"", "\"N_{i}.nnet\""].randomElement(using: &random) ?? "\"\""
    default: return ["a", "b_2", "rho", "_", "Minute"].randomElement(using: &random) ?? "a"
    }
  }
}

/// Writes a sentence with random blanks, line ends and comments where the lexical rules allow them.
func render(_ sentence: [SentenceGenerator.Word], using random: inout SplitMix64) -> String {
  var text = ""
  for (index, word) in sentence.enumerated() {
    let previous = index > 0 ? sentence[index - 1] : nil
    let isTail = word.terminal == .token("UNIT")
    if isTail {
      text += [" ", "\t", "  ", ""].randomElement(using: &random) ?? " "
    } else if previous?.terminal == .token("NUMBER"), case .name = word.terminal {
      // On the same line it would be a unit.
      text += ["\n", " // number\n", "\r\n\t"].randomElement(using: &random) ?? "\n"
    } else if isBracket(word) || previous.map(isBracket) ?? true {
      text += ["", "", " ", "\n"].randomElement(using: &random) ?? ""
    } else {
      text +=
        [" ", "\n", "\r\n", "\t", " // and \"so { on\n", "  //\n\n "].randomElement(using: &random) ?? " "
    }
    text += word.text
  }
  return text + (["", "\n", " // end"].randomElement(using: &random) ?? "")
}

/// Brackets and commas need no blanks around them.
private func isBracket(_ word: SentenceGenerator.Word) -> Bool {
  ["(", ")", "[", "]", "{", "}", ","].contains(word.text)
}
