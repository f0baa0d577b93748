/// Decides whether a sequence of terminals is a sentence of a grammar, by the set of positions at which
/// each production can end (memoised). Independent of the parser: it knows neither precedence nor
/// lookahead nor recovery.
///
/// - Requires: the grammar is not left-recursive.
struct Recognizer {
  private struct Key: Hashable {
    let name: String
    let start: Int
  }

  private let grammar: Grammar
  private let input: [Terminal]
  private var memo: [Key: Set<Int>] = [:]

  static func accepts(_ input: [Terminal], _ grammar: Grammar) -> Bool {
    var recognizer = Recognizer(grammar: grammar, input: input)
    return recognizer.ends(of: .production(grammar.names[0]), from: 0).contains(input.count)
  }

  private init(grammar: Grammar, input: [Terminal]) {
    self.grammar = grammar
    self.input = input
  }

  private mutating func ends(of form: Grammar.Form, from start: Int) -> Set<Int> {
    switch form {
    case .word(let text): return matches(.word(text), start)
    case .contextual(let text): return matches(.name(text), start)
    case .token("NAME"):
      if start < input.count, case .name = input[start] { return [start + 1] }
      return []
    case .token(let name): return matches(.token(name), start)
    case .production(let name):
      let key = Key(name: name, start: start)
      if let known = memo[key] { return known }
      let found = grammar.productions[name].map { ends(of: $0, from: start) } ?? []
      memo[key] = found
      return found
    case .sequence(let parts):
      var ends: Set<Int> = [start]
      for part in parts where !ends.isEmpty {
        ends = ends.reduce(into: []) { $0.formUnion(self.ends(of: part, from: $1)) }
      }
      return ends
    case .choice(let parts, _):
      return parts.reduce(into: []) { $0.formUnion(self.ends(of: $1, from: start)) }
    case .optional(let body, _):
      return ends(of: body, from: start).union([start])
    case .repeated(let body, _):
      var all: Set<Int> = [start]
      var open = [start]
      while let next = open.popLast() {
        for end in ends(of: body, from: next) where all.insert(end).inserted { open.append(end) }
      }
      return all
    }
  }

  private func matches(_ terminal: Terminal, _ start: Int) -> Set<Int> {
    start < input.count && input[start] == terminal ? [start + 1] : []
  }
}
