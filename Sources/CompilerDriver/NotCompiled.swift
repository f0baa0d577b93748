import Diagnostics
import SpecificationLanguage

extension CheckedSpec {
  /// An error for each obligation on `networks` that this version checks but cannot discharge: code that is
  /// emitted all the same would look as if it kept them.
  func notCompiled(on networks: [Int]) -> [Diagnostic] {
    let selected = Set(networks)
    return rawProperties.filter { !selected.isDisjoint(with: $0.networks) }.map { property in
      Diagnostic(
        .notCompiled,
        "`\(property.name)` is declared with `\(property.role.rawValue)`, which this version checks but does not compile",
        at: .source(property.range),
        cure: "keep it in a file of its own that imports this one, and compile the file without it")
    }
  }
}
