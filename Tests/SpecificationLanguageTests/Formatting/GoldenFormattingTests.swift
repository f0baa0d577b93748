import Diagnostics
import Foundation
import SpecificationLanguage
import TestSupport
import Testing

/// Each folder of `GoldenFormatting/` has a text and its canonical form. `ORDAIN_ACCEPT=1` writes the form of now;
/// read the diff.
@Suite struct GoldenFormatting {
  static let root = packageRoot + "/Tests/SpecificationLanguageTests/GoldenFormatting/"
  static let cases = (try? FileManager.default.contentsOfDirectory(atPath: root).sorted()) ?? []

  @Test(arguments: cases) func isFormatted(_ name: String) throws {
    let folder = Self.root + name
    let source = try SourceFile(path: folder + "/input.ordain")
    let formatted = try #require(try FormattingLaws.examine(source.utf8, name))
    let text = String(decoding: formatted, as: UTF8.self)
    if ProcessInfo.processInfo.environment["ORDAIN_ACCEPT"] == "1" {
      try text.write(toFile: folder + "/expected.ordain", atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOfFile: folder + "/expected.ordain", encoding: .utf8)))
  }

  @Test func thereAreCases() { #expect(Self.cases.count >= 4) }
}

/// The guard against layouts that change the meaning.
@Suite struct FaithfulnessTests {
  static let text = """
    ordain 1 // edition
    spec "t" 1.0.0
    // about a
    param a = 3
    b overrides c

    """

  @Test(arguments: [
    // `b` becomes a unit.
    ("3\nb", "3 b"),
    // A comment swallows a token, is lost, changed, or moves to another token.
    ("1 // edition\nspec", "1 // edition spec"), ("// edition", ""), ("about a", "about b"),
    ("// about a\nparam a", "param // about a\n a"),
    // A token is lost, added or changed.
    ("= 3", "= 33"), ("overrides c", "overrides c, d"), ("b overrides c\n", ""), ("\"t\"", "\"t"),
  ]) func changesAreNoticed(_ old: String, _ new: String) {
    var diagnostics = DiagnosticSet()
    let syntax = parse(SourceFile(name: "t.ordain", text: Self.text), reportingTo: &diagnostics)
    let changed = Self.text.replacing(old, with: new)
    #expect(changed != Self.text)
    #expect(isFaithful(Array(Self.text.utf8), to: syntax))
    #expect(!isFaithful(Array(changed.utf8), to: syntax))
  }
}
