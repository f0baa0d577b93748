import Diagnostics
import SpecificationLanguage

/// Where names are declared and used.
extension Specification {
  /// The declarations of what is named at `offset`, or the file that is imported there.
  func definitions(at offset: Int, in file: String) -> [SourceRange] {
    if let imported = index.importedFile(at: offset, in: file) {
      return [SourceRange(file: imported, bytes: 0..<0)]
    }
    return index.occurrence(at: offset, in: file)?.symbols.map { index.symbols[$0].name.range } ?? []
  }

  /// Every place that names what is named at `offset`.
  func references(at offset: Int, in file: String, withDeclaration: Bool) -> [SourceRange] {
    guard let occurrence = index.occurrence(at: offset, in: file) else { return [] }
    return index.occurrences.filter { other in
      (withDeclaration || !other.isDefinition) && !Set(other.symbols).isDisjoint(with: occurrence.symbols)
    }.map(\.range)
  }
}
