import ExactArithmetic
import SMTSolving
import Testing

/// A VNN-LIB 1.0 text as nested lists of words, and its meaning, in exact arithmetic and in Z3: shares no code with
/// the parser, the exporter or the importer.
indirect enum QueryTree {
  case word(String)
  case list([QueryTree])

  /// The formulas that a text asserts.
  static func assertions(of text: String) throws -> [QueryTree] {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.prefix { $0 != ";" } }
    let words = lines.joined(separator: " ").replacing("(", with: " ( ").replacing(")", with: " ) ")
      .split(separator: " ").map(String.init)
    var open: [[QueryTree]] = [[]]
    for word in words {
      if word == "(" {
        open.append([])
      } else if word == ")" {
        let inner = open.removeLast()
        open[open.count - 1].append(.list(inner))
      } else {
        open[open.count - 1].append(.word(word))
      }
    }
    try #require(open.count == 1)
    return open[0].compactMap { command in
      guard case .list(let parts) = command, case .word("assert") = parts[0] else { return nil }
      return parts[1]
    }
  }

  var parts: [QueryTree] { if case .list(let parts) = self { parts } else { [] } }
  var head: String { if case .word(let word)? = parts.first { word } else { "" } }

  func mentions(_ letter: String) -> Bool {
    switch self {
    case .word(let word): word.hasPrefix(letter + "_")
    case .list(let parts): parts.contains { $0.mentions(letter) }
    }
  }

  // MARK: Exact arithmetic

  func holds(at point: [String: Rational]) -> Bool {
    let operands = parts.dropFirst()
    switch head {
    case "and": return operands.allSatisfy { $0.holds(at: point) }
    case "or": return operands.contains { $0.holds(at: point) }
    case "not": return !parts[1].holds(at: point)
    case "<=": return parts[1].value(at: point) <= parts[2].value(at: point)
    case ">=": return parts[1].value(at: point) >= parts[2].value(at: point)
    case "<": return parts[1].value(at: point) < parts[2].value(at: point)
    case ">": return parts[1].value(at: point) > parts[2].value(at: point)
    case "=": return parts[1].value(at: point) == parts[2].value(at: point)
    default: preconditionFailure("unknown formula \(head)")
    }
  }

  private func value(at point: [String: Rational]) -> Rational {
    if case .word(let word) = self { return point[word] ?? number(word) }
    let values = parts.dropFirst().map { $0.value(at: point) }
    switch head {
    case "+": return values.reduce(.zero, +)
    case "*": return values.reduce(.one, *)
    case "-" where values.count == 1: return -values[0]
    case "-": return values.dropFirst().reduce(values[0], -)
    default: preconditionFailure("unknown term \(head)")
    }
  }

  private func number(_ word: String) -> Rational {
    guard let value = Rational(decimal: word) else { preconditionFailure("\(word) is no number") }
    return value
  }

  // MARK: Z3

  /// Satisfiable iff the formula is.
  func term(in context: SolverContext) -> BoolTerm {
    let operands = parts.dropFirst()
    switch head {
    case "and": return context.all(operands.map { $0.term(in: context) })
    case "or": return context.any(operands.map { $0.term(in: context) })
    case "not": return context.not(parts[1].term(in: context))
    case "<=": return context.atMost(parts[1].real(in: context), parts[2].real(in: context))
    case ">=": return context.atLeast(parts[1].real(in: context), parts[2].real(in: context))
    case "<": return context.greater(parts[2].real(in: context), parts[1].real(in: context))
    case ">": return context.greater(parts[1].real(in: context), parts[2].real(in: context))
    case "=":
      let (a, b) = (parts[1].real(in: context), parts[2].real(in: context))
      return context.all([context.atMost(a, b), context.atLeast(a, b)])
    default: preconditionFailure("unknown formula \(head)")
    }
  }

  private func real(in context: SolverContext) -> RealTerm {
    if case .word(let word) = self {
      return word.contains("_") ? context.realVariable(word) : context.constant(number(word))
    }
    let operands = Array(parts.dropFirst())
    switch head {
    case "+": return context.sum(operands.map { (.one, $0.real(in: context)) })
    case "-":
      let negative = operands.count == 1 ? operands : Array(operands.dropFirst())
      let positive = operands.count == 1 ? [] : [operands[0]]
      return context.sum(
        positive.map { (.one, $0.real(in: context)) } + negative.map { (Rational(-1), $0.real(in: context)) })
    case "*": return context.sum([(operands[0].value(at: [:]), operands[1].real(in: context))])
    default: preconditionFailure("unknown term \(head)")
    }
  }
}

/// Whether no point of `domain` is in one of two unions of texts only; each text is a conjunction of assertions.
func isEquivalent(_ a: [[QueryTree]], _ b: [[QueryTree]], within domain: [QueryTree] = []) -> Bool {
  isContained(a, in: b, within: domain) && isContained(b, in: a, within: domain)
}

/// Whether every point of `domain` in some text of `a` is in some text of `b`.
func isContained(_ a: [[QueryTree]], in b: [[QueryTree]], within domain: [QueryTree] = []) -> Bool {
  let context = SolverContext()
  func union(_ texts: [[QueryTree]]) -> BoolTerm {
    context.any(texts.map { text in context.all(text.map { $0.term(in: context) }) })
  }
  let solver = Solver(context, timeoutMilliseconds: 60_000)
  solver.assert(context.all(domain.map { $0.term(in: context) }))
  solver.assert(union(a))
  solver.assert(context.not(union(b)))
  if case .unsatisfiable = solver.check() { return true }
  return false
}
