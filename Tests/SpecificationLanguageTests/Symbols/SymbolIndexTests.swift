import Diagnostics
import Foundation
import SpecificationLanguage
import TestSupport
import Testing

/// Laws of the symbol index over all specifications that the checker accepts.
@Suite struct SymbolIndexTests {
  static let accepted: [SpecTree] = {
    let generated = (0..<UInt64(sampleCount(60, full: 600))).map { seed in
      var generator = SpecGenerator(seed: seed)
      return Array(generator.spec().text.utf8)
    }
    return (generated + ParserLaws.corpus).compactMap { tree($0) }
  }()

  /// `nil` where there is a mistake.
  private static func tree(_ bytes: [UInt8]) -> SpecTree? {
    var diagnostics = DiagnosticSet()
    let syntax = parse(SourceFile(name: "any.ordain", utf8: bytes), reportingTo: &diagnostics)
    let tree = SpecTree(root: syntax, reportingTo: &diagnostics) { (path) throws(DiagnosticSet) in
      throw DiagnosticSet([Diagnostic(.unreadableFile, path, at: .none)])
    }
    do throws(DiagnosticSet) {
      _ = try check(tree, reportingTo: &diagnostics)
      return tree
    } catch {
      return nil
    }
  }

  /// Words that have a meaning in `expect`, `robust` and `lipschitz`.
  private static let contextual: Set<String> = [
    "within", "L2", "Linf", "physical", "normalized", "keep", "uncertified", "disjoint", "conflicts", "none",
    "unreachable", "at", "triggers", "only", "chooses", "run", "over", "abstains", "to", "margins",
  ]

  /// Whatever is a name and no unit of the table or word of the place has an occurrence that is just the name, with a
  /// symbol of that name.
  @Test func everyNameMeansSomething() {
    #expect(Self.accepted.count > 60)
    for tree in Self.accepted {
      let index = SymbolIndex(tree)
      let source = tree.root.source
      for token in tree.root.tokens where token.kind == .name {
        let text = source.text(in: token.bytes)
        let occurrence = index.occurrence(at: token.bytes.lowerBound, in: source.name)
        guard let occurrence else {
          #expect(
            Self.contextual.contains(text) || ConstantTexts.unitNames.contains(text),
            "\(text) in\n\(source.utf8)")
          continue
        }
        #expect(occurrence.range.bytes == token.bytes)
        #expect(occurrence.symbols.allSatisfy { index.symbols[$0].name.text == text })
        #expect(index.occurrence(at: token.bytes.upperBound, in: source.name)?.range != nil)
      }
      #expect(
        index.symbols.indices.allSatisfy { number in
          index.occurrences.contains { $0.isDefinition && $0.symbols == [number] }
        })
    }
  }

  /// With another name in all places of a symbol, a specification is as good as before, and every name means what it
  /// meant; with another name in all places but one it is wrong or means something else.
  @Test func relatedPlacesAreAllPlaces() throws {
    var partial = 0
    for tree in Self.accepted {
      let index = SymbolIndex(tree)
      var random = SplitMix64(seed: UInt64(index.occurrences.count))
      for number in index.symbols.indices.shuffled(using: &random).prefix(6) {
        let places = index.relatedOccurrences(of: [number]).map(\.range.bytes)
        let renamed = try #require(
          Self.tree(Self.replace(places, in: tree.root.source.utf8)), "\(index.symbols[number])")
        let after = SymbolIndex(renamed)
        #expect(after.occurrences.map(\.symbols) == index.occurrences.map(\.symbols))
        guard places.count > 1, let spared = places.randomElement(using: &random) else { continue }
        let wrong = Self.tree(Self.replace(places.filter { $0 != spared }, in: tree.root.source.utf8))
        if let wrong {
          #expect(SymbolIndex(wrong).occurrences.map(\.symbols) != index.occurrences.map(\.symbols))
        }
        partial += 1
      }
    }
    #expect(partial > 100)
  }

  private static func replace(_ places: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for place in places.sorted(by: { $0.lowerBound > $1.lowerBound }) {
      bytes.replaceSubrange(place, with: Array("quite_new".utf8))
    }
    return bytes
  }

  /// Texts that are wrong have an index too.
  @Test func mutatedTexts() {
    for seed in 0..<UInt64(sampleCount(2_000, full: 20_000)) {
      var random = SplitMix64(seed: seed &* 31)
      let text = ParserLaws.corpus.randomElement(using: &random) ?? []
      let other = ParserLaws.corpus.randomElement(using: &random) ?? []
      let bytes = mutated(text, with: other, using: &random)
      var diagnostics = DiagnosticSet()
      let syntax = parse(SourceFile(name: "any.ordain", utf8: bytes), reportingTo: &diagnostics)
      let tree = SpecTree(root: syntax, reportingTo: &diagnostics) { (path) throws(DiagnosticSet) in
        throw DiagnosticSet([Diagnostic(.unreadableFile, path, at: .none)])
      }
      let index = SymbolIndex(tree)
      for symbol in index.symbols { _ = syntax.declaration(namedAt: symbol.name.range.bytes.lowerBound) }
      var end = 0
      for occurrence in index.occurrences(in: "any.ordain") {
        #expect(occurrence.range.bytes.lowerBound >= end, "seed \(seed)")
        end = occurrence.range.bytes.upperBound
      }
    }
  }
}
