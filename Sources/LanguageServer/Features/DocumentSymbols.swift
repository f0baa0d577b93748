import Diagnostics
import SpecificationLanguage

/// The declarations of a file as a tree: what an interface declares stands in it.
struct DocumentSymbols {
  private var places: PlaceMap
  private let specification: Specification

  init(_ specification: Specification, places: PlaceMap) {
    self.specification = specification
    self.places = places
  }

  mutating func symbols(in file: String) -> [Wire.DocumentSymbol] {
    guard let syntax = specification.syntax(of: file) else { return [] }
    var roots: [Wire.DocumentSymbol] = []
    for symbol in specification.index.symbols where symbol.name.range.file.name == file {
      guard let kind = symbol.kind.wire else { continue }
      let own = places.range(symbol.name.range)
      let extent = syntax.declaration(namedAt: symbol.name.range.bytes.lowerBound)
      let made = Wire.DocumentSymbol(
        name: symbol.name.text, detail: symbol.title.isEmpty ? symbol.kind.description : symbol.title,
        kind: kind, range: symbol.interface == nil ? extent.map { places.range($0) } ?? own : own,
        selectionRange: own, children: [])
      if let parent = symbol.interface, let index = roots.lastIndex(where: { $0.name == parent }) {
        roots[index].children.append(made)
      } else {
        roots.append(made)
      }
    }
    return roots
  }
}

extension DeclaredName.Kind {
  /// The protocol's number; `nil` for what is local to a declaration.
  var wire: Int? {
    switch self {
    case .param: 14
    case .unit: 16
    case .condition: 12
    case .interface: 11
    case .network: 5
    case .input: 8
    case .output: 22
    case .group: 10
    case .property, .robustness, .lipschitz: 24
    case .argument, .variable, .familyIndex: nil
    }
  }
}
