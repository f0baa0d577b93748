import Diagnostics
import Foundation
import SpecificationLanguage
import TestSupport
import Testing

/// The grammar as the package holds it.
let grammar: Grammar = {
  do {
    let path = packageRoot + "/Sources/SpecificationLanguage/Grammar.ebnf"
    return try Grammar(String(contentsOfFile: path, encoding: .utf8))
  } catch {
    preconditionFailure("Grammar.ebnf cannot be read: \(error)")
  }
}()

/// Codes of mistakes that the grammar does not speak of: the edition's number, clauses given twice.
private let beyondGrammar: Set<DiagnosticCode> = [.unsupportedEdition, .repeatedClause]

private func parsed(_ text: String) -> (syntax: SpecSyntax, diagnostics: DiagnosticSet) {
  var diagnostics = DiagnosticSet()
  let syntax = parse(SourceFile(name: "sentence.ordain", text: text), reportingTo: &diagnostics)
  return (syntax, diagnostics)
}

@Suite struct GrammarConformance {
  /// `parse` accepts every sentence of the grammar, cuts it into the tokens it was made of, and prints
  /// it back. All sentences together take every way through every production.
  @Test func everySentenceParses() {
    var taken: [Int: Set<Int>] = [:]
    for seed in 0..<UInt64(sampleCount(3_000, full: 30_000)) {
      var random = SplitMix64(seed: seed &* 7919)
      var generator = SentenceGenerator(grammar, seed: seed, depthLimit: 6 + Int(seed % 14))
      let sentence = generator.sentence()
      let text = render(sentence, using: &random)
      let (syntax, diagnostics) = parsed(text)
      let wrong = diagnostics.diagnostics.filter { !beyondGrammar.contains($0.code) }
      #expect(wrong.isEmpty, "seed \(seed):\n\(text)\n\(DiagnosticSet(wrong).text)")
      #expect(syntax.printed == Array(text.utf8), "seed \(seed)")
      #expect(
        syntax.tokens.compactMap { Terminal($0, of: syntax.source) } == sentence.map(\.terminal),
        "seed \(seed)")
      if !wrong.isEmpty { return }
      taken.merge(generator.taken) { $0.union($1) }
    }
    for form in grammar.forms {
      switch form {
      case .choice(let parts, let site): #expect(taken[site]?.count == parts.count, "\(form)")
      case .optional(_, let site), .repeated(_, let site): #expect(taken[site] == [0, 1], "\(form)")
      case .word, .contextual, .token, .production, .sequence: continue
      }
    }
  }

  /// Of sentences with a few tokens deleted, inserted, swapped or replaced, `parse` accepts those that
  /// are sentences still, and only those.
  @Test func mutatedSentencesAreAcceptedIffTheyAreSentences() {
    var counts = [false: 0, true: 0]
    for seed in 0..<UInt64(sampleCount(3_000, full: 30_000)) {
      var random = SplitMix64(seed: seed ^ 0xABCD_EF01)
      var generator = SentenceGenerator(grammar, seed: seed &+ 1_000_003, depthLimit: 5 + Int(seed % 12))
      var sentence = generator.sentence()
      guard sentence.count < 150 else { continue }
      for _ in 0..<Int.random(in: 1...2, using: &random) { mutate(&sentence, using: &random) }
      let text = render(sentence, using: &random)
      let (syntax, diagnostics) = parsed(text)
      // What the lexer or a limit refuses is no question of the grammar.
      let codes = Set(diagnostics.diagnostics.map(\.code))
      if !codes.isDisjoint(with: [.malformedNumber, .invalidCharacter, .nestingTooDeep]) { continue }
      let isSentence = Recognizer.accepts(
        syntax.tokens.compactMap { Terminal($0, of: syntax.source) }, grammar)
      counts[isSentence, default: 0] += 1
      #expect(
        codes.subtracting(beyondGrammar).isEmpty == isSentence, "seed \(seed):\n\(text)\n\(diagnostics.text)")
    }
    #expect(counts.values.allSatisfy { $0 > 100 }, "\(counts)")
  }

  /// The words of the grammar are the reserved words, but for those that later editions will use.
  @Test func theReservedWordsAreThoseOfTheGrammar() {
    let words = Set(
      grammar.forms.compactMap { form -> String? in
        if case .word(let text) = form { text } else { nil }
      })
    let later: Set<String> = ["lipschitz"]
    let known = Set(Keyword.allCases.map(\.rawValue)).union(Symbol.allCases.map(\.rawValue))
    #expect(words.union(later) == known)
  }

  /// Every production is reachable, and every name that is used is defined.
  @Test func theGrammarIsClosed() {
    let used = grammar.forms.compactMap { form -> String? in
      if case .production(let name) = form { name } else { nil }
    }
    #expect(Set(used).union([grammar.names[0]]) == Set(grammar.names))
  }

  private func mutate(
    _ sentence: inout [SentenceGenerator.Word], using random: inout SplitMix64
  ) {
    guard !sentence.isEmpty else { return }
    let place = Int.random(in: 0..<sentence.count, using: &random)
    var other = sentence[Int.random(in: 0..<sentence.count, using: &random)]
    if Bool.random(using: &random) {
      let text = (Keyword.allCases.map(\.rawValue) + Symbol.allCases.map(\.rawValue)).randomElement(
        using: &random)
      other = SentenceGenerator.Word(terminal: .word(text ?? "or"), text: text ?? "or")
    }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: sentence.remove(at: place)
    case 1: sentence.insert(other, at: place)
    case 2: sentence.swapAt(place, max(0, place - 1))
    default: sentence[place] = other
    }
  }
}
