import Diagnostics
import SpecificationLanguage

extension Specification {
  /// What stands above each property of the file: where it applies, and with what it conflicts there.
  func lenses(in file: String) -> [(range: SourceRange, title: String)] {
    guard let checked else { return [] }
    var lenses: [(range: SourceRange, title: String)] = []
    for symbol in index.symbols where symbol.name.range.file.name == file {
      switch symbol.kind {
      case .property, .robustness, .lipschitz: break
      case .param, .unit, .condition, .interface, .network, .input, .output, .group, .argument, .variable,
        .familyIndex:
        continue
      }
      let count = checked.networksEnforcing(symbol).count
      if count > 0 { lenses.append((symbol.name.range, "applies on \(counted(count, "network"))")) }
      lenses += conflicts(of: symbol, in: checked).map { (symbol.name.range, $0) }
    }
    return lenses
  }

  private func conflicts(of symbol: DeclaredName, in checked: CheckedSpec) -> [String] {
    (analysis?.conflicts ?? []).compactMap { conflict in
      let members = conflict.properties.map { checked.properties[$0] }
      guard let own = members.firstIndex(where: { $0.range == symbol.name.range }) else { return nil }
      let others = members.indices.filter { $0 != own }.map { members[$0].name }
      let place = counted(conflict.networks.count, "network")
      return others.isEmpty
        ? "cannot be satisfied on \(place)" : "conflicts with \(others.joined(separator: ", ")) on \(place)"
    }
  }
}
