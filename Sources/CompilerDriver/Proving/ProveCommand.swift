import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// The command that asks about a property what `compile --prove` asked: it can be pasted into a shell.
struct ProveCommand {
  private let specification: [String]
  private let options: [String]

  /// - Parameter semantics: what the user chose; `nil` if nothing.
  init(_ tree: SpecTree, models: ModelLocator, semantics: FloatSemantics?) {
    let name = tree.root.source.name
    specification = [name == "<stdin>" ? "-" : name]
    options =
      tree.definitions.flatMap { ["-D", $0.text] } + (models.models.map { ["--models", $0] } ?? [])
      + (semantics.map { ["--float-semantics", $0.rawValue] } ?? [])
  }

  func text(of property: Property, on network: NetworkInstance) -> String {
    let question = ["--network", network.name, "--property", property.name]
    return (["ordain", "prove"] + specification + question + options).map(shellWord).joined(separator: " ")
  }

  private func shellWord(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { plainBytes.contains($0) }
    return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }

  private let plainBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-".utf8)
}
