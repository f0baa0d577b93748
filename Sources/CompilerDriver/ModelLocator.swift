import Diagnostics
import FoundationEssentials
import SpecificationLanguage

/// Finds the models that a specification names: beside the specification, below `--models`, and below
/// the folder in the environment variable `ORDAIN_DATA`.
public struct ModelLocator: Sendable {
  /// The argument of `--models`.
  let models: String?
  private let data: String?

  /// - Parameters:
  ///   - models: the argument of `--models`; searched first.
  ///   - data: the value of `ORDAIN_DATA`; searched last.
  public init(models: String?, data: String?) {
    self.models = models
    self.data = data
  }

  /// The folders for `network`'s model, in the order in which they are searched. The specification's is
  /// that of the file that declares the network (the current folder for standard input).
  private func folders(for network: NetworkInstance) -> [String] {
    let file = network.range.file.name
    let beside = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    return [models, beside.isEmpty ? "/" : beside, data].compactMap { $0 }.filter { !$0.isEmpty }
  }

  /// The path of `network`'s model: the first file `FOLDER/path`, with the path as the specification says it;
  /// if there is none, `MODELS/name` with the path's last component, unless another network of `spec` has a
  /// model of that name in another folder: a name never stands for two models. `nil` if there is none.
  public func locate(_ network: NetworkInstance, in spec: CheckedSpec) -> String? {
    let path = network.modelPath
    if path.hasPrefix("/") { return exists(path) ? path : nil }
    if let exact = folders(for: network).map({ $0 + "/" + path }).first(where: exists) { return exact }
    guard let models else { return nil }
    let name = Self.lastComponent(path)
    let isAmbiguous = spec.networks.contains {
      $0.modelPath != path && Self.lastComponent($0.modelPath) == name
    }
    let candidate = models + "/" + name
    return !isAmbiguous && exists(candidate) ? candidate : nil
  }

  private static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// One diagnostic for all models that are not found.
  /// - Requires: `networks` is not empty.
  public func notFound(_ networks: [NetworkInstance], severity: Severity = .error) -> Diagnostic {
    let first = networks[0]
    let others = networks.count > 1 ? ", and those of \(networks.count - 1) more networks," : ""
    return Diagnostic(
      .modelNotFound,
      "the model `\(first.modelPath)` of `\(first.name)`\(others) \(others.isEmpty ? "is" : "are") not found",
      severity: severity, at: .source(first.range),
      cure: "say where the models are with `--models DIR`; searched: "
        + folders(for: first).map { "`\($0)`" }.joined(separator: ", "))
  }

  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }
}
