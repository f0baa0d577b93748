import Diagnostics
import FoundationEssentials
import SpecificationLanguage

/// Finds the models that a specification names: beside the specification, below `--models`, and below
/// the folder in the environment variable `ORDAIN_DATA`.
public struct ModelLocator: Sendable {
  /// In the order in which they are searched.
  private let folders: [String]

  /// - Parameters:
  ///   - specification: the specification's path (`-` for standard input: the current folder).
  ///   - models: the argument of `--models`; searched first.
  ///   - data: the value of `ORDAIN_DATA`; searched last.
  public init(specification: String, models: String?, data: String?) {
    let beside = specification.lastIndex(of: "/").map { String(specification[..<$0]) } ?? "."
    folders = [models, beside.isEmpty ? "/" : beside, data].compactMap { $0 }.filter { !$0.isEmpty }
  }

  /// The path of `network`'s model: `FOLDER/path` as the specification says it, or `FOLDER/name` with the
  /// path's last component; the first file that exists. `nil` if there is none.
  public func locate(_ network: NetworkInstance) -> String? {
    if network.modelPath.hasPrefix("/") { return exists(network.modelPath) ? network.modelPath : nil }
    let name = network.modelPath.split(separator: "/").last.map(String.init) ?? network.modelPath
    for folder in folders {
      for candidate in [folder + "/" + network.modelPath, folder + "/" + name] where exists(candidate) {
        return candidate
      }
    }
    return nil
  }

  /// One diagnostic for all models that are not found.
  /// - Requires: `networks` is not empty.
  public func notFound(_ networks: [NetworkInstance]) -> Diagnostic {
    let first = networks[0]
    let others = networks.count > 1 ? ", and those of \(networks.count - 1) more networks," : ""
    return Diagnostic(
      .modelNotFound,
      "the model `\(first.modelPath)` of `\(first.name)`\(others) \(others.isEmpty ? "is" : "are") not found",
      at: .source(first.range),
      cure: "say where the models are with `--models DIR`; searched: "
        + folders.map { "`\($0)`" }.joined(separator: ", "))
  }

  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }
}
