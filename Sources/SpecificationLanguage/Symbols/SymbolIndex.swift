import Diagnostics

/// What the names of a specification mean, by the checker's rules: for editors.
///
/// Made from the syntax alone, so it exists where the specification is wrong. A name that is declared twice means
/// both; a name that nothing declares has no occurrence.
public struct SymbolIndex: Sendable {
  /// In the order of the files (imported ones first) and of their texts.
  public let symbols: [DeclaredName]
  /// By file, in the order of the text; disjoint.
  private let occurrencesByFile: [String: [Occurrence]]
  /// The imported paths, by file: where they stand, and the file that they mean.
  private let imports: [(range: SourceRange, file: SourceFile)]

  public init(_ tree: SpecTree) {
    var collector = SymbolCollector()
    collector.collect(tree)
    symbols = collector.symbols
    occurrencesByFile = Dictionary(grouping: collector.occurrences) { $0.range.file.name }
      .mapValues { $0.sorted { $0.range.bytes.lowerBound < $1.range.bytes.lowerBound } }
    let files = Dictionary(
      tree.imported.map { ($0.syntax.source.name, $0.syntax.source) }, uniquingKeysWith: { first, _ in first }
    )
    imports = collector.imports.compactMap { statement in
      files[statement.targetName].map { (statement.range, $0) }
    }
  }

  /// All occurrences, file by file in the order of their names.
  public var occurrences: [Occurrence] {
    occurrencesByFile.keys.sorted().flatMap { occurrencesByFile[$0] ?? [] }
  }

  public func occurrences(in file: String) -> [Occurrence] { occurrencesByFile[file] ?? [] }

  /// The occurrence that holds the byte at `offset` or ends there.
  public func occurrence(at offset: Int, in file: String) -> Occurrence? {
    let all = occurrences(in: file)
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].range.bytes.upperBound < offset { low = middle + 1 } else { high = middle }
    }
    // Of two that meet at the offset, the one behind it.
    let candidates = all[low..<min(low + 2, all.count)].filter { $0.range.bytes.lowerBound <= offset }
    return candidates.last
  }

  /// The imported file whose path stands at `offset`.
  public func importedFile(at offset: Int, in file: String) -> SourceFile? {
    imports.first { statement in
      statement.range.file.name == file && statement.range.bytes.lowerBound <= offset
        && offset <= statement.range.bytes.upperBound
    }?.file
  }

  /// Every place that names one of the symbols, or a symbol that shares a place with one of them: all that must be
  /// renamed together.
  public func relatedOccurrences(of symbols: [Int]) -> [Occurrence] {
    let all = occurrences
    var related = Set(symbols)
    var count = 0
    while count != related.count {
      count = related.count
      for occurrence in all where !related.isDisjoint(with: occurrence.symbols) {
        related.formUnion(occurrence.symbols)
      }
    }
    return all.filter { !related.isDisjoint(with: $0.symbols) }
  }
}
