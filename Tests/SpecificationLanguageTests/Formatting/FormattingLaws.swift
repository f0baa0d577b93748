import Diagnostics
import ExactArithmetic
import Foundation
import SpecificationLanguage
import TestSupport
import Testing

/// Laws of `format` over specifications laid out at random.
@Suite struct FormattingLaws {
  /// Formats a text without syntax errors and checks the laws: tokens and comments stay, formatting again changes
  /// nothing, lines are free of trailing blanks.
  @discardableResult static func examine(_ bytes: [UInt8], _ name: String) throws -> [UInt8]? {
    guard let syntax = parsed(bytes) else { return nil }
    let formatted = try format(syntax)
    let text = Self.text(formatted)
    #expect(isFaithful(formatted, to: syntax), "\(name)")
    let again = try #require(parsed(formatted), "\(name): the formatted text has syntax errors")
    #expect(again.printed == formatted)
    let twice = Self.text(try format(again))
    #expect(twice == text, "\(name)")
    #expect(text.split(separator: "\n").allSatisfy { $0.last?.isWhitespace == false }, "\(name)")
    #expect(!text.contains("\n\n\n") && text.hasSuffix("\n"), "\(name)")
    return formatted
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// `nil` where there are syntax errors.
  private static func parsed(_ bytes: [UInt8]) -> SpecSyntax? {
    var diagnostics = DiagnosticSet()
    let syntax = parse(SourceFile(name: "any.ordain", utf8: bytes), reportingTo: &diagnostics)
    return diagnostics.containsError ? nil : syntax
  }

  /// Sentences of the grammar, so every construction: with line ends and comments anywhere.
  @Test func sentencesOfTheGrammar() throws {
    var formatted = 0
    for seed in 0..<UInt64(sampleCount(2_000, full: 20_000)) {
      var random = SplitMix64(seed: seed &* 104_729)
      var generator = SentenceGenerator(grammar, seed: seed, depthLimit: 6 + Int(seed % 14))
      let text = render(generator.sentence(), using: &random)
      if try Self.examine(Array(text.utf8), "sentence \(seed)") != nil { formatted += 1 }
    }
    #expect(formatted > 1_000)
  }

  /// Generated specifications and all others that the tests have: laid out at random they mean the same when
  /// formatted, and blanks within lines do not matter.
  @Test(arguments: 0..<4) func otherLayoutsOfSpecifications(_ part: Int) throws {
    let generated = (0..<UInt64(sampleCount(40, full: 400))).map { seed in
      var generator = SpecGenerator(seed: seed &+ UInt64(part) &* 1_000_003)
      return Array(generator.spec().text.utf8)
    }
    var formatted = 0
    for (number, bytes) in (generated + ParserLaws.corpus).enumerated() {
      guard let syntax = Self.parsed(bytes) else { continue }
      try Self.examine(bytes, "specification \(number)")
      var random = SplitMix64(seed: UInt64(part) << 32 | UInt64(number))
      for _ in 0..<3 {
        let other = relaid(syntax, using: &random)
        let canonical = try #require(try Self.examine(other, "specification \(number)\n\(Self.text(other))"))
        #expect(Self.meaning(of: canonical) == Self.meaning(of: bytes), "specification \(number)")
        let wider = try #require(Self.parsed(canonical)).withWiderBlanks
        #expect(try Self.examine(wider, "specification \(number)") == canonical)
        formatted += 1
      }
    }
    #expect(formatted > 200)
  }

  @Test func canonicalSpecificationsAreFixpoints() throws {
    for name in ["acasxu/acasxu", "cartpole/cartpole"] {
      let source = try SourceFile(path: packageRoot + "/Specs/\(name).ordain")
      #expect(try Self.examine(source.utf8, name) == source.utf8, "run `ordain fmt`")
    }
  }

  /// What is checked, without the places in the text; what is said, where something is wrong.
  private static func meaning(of bytes: [UInt8]) -> String {
    var diagnostics = DiagnosticSet()
    let syntax = parse(SourceFile(name: "any.ordain", utf8: bytes), reportingTo: &diagnostics)
    do {
      return description(of: try check(syntax, reportingTo: &diagnostics))
    } catch {
      return error.diagnostics.map { $0.code.rawValue + $0.problem }.joined(separator: "\n")
    }
  }

  private static func description(of value: Any) -> String {
    if value is SourceRange || value is SourceFile { return "" }
    if let number = value as? Rational { return "\(number)" }
    // Titles of expectations are their text.
    if let text = value as? String { return text.filter { !$0.isWhitespace } }
    let children = Mirror(reflecting: value).children
    if children.isEmpty { return "\(value)" }
    return "(" + children.map { ($0.label ?? "") + ":" + description(of: $0.value) }.joined(separator: ",")
      + ")"
  }
}
