import Diagnostics

/// Which model a network was made from: what reports and certificates name.
public struct ModelIdentity: Sendable, Hashable {
  /// The file's base name, without its folder (a folder says nothing about the model, and would make
  /// the output depend on the machine).
  public let name: String
  /// The format, with the version that decides its meaning: `onnx opset 8`, `nnet`.
  public let format: String
  /// The hash of the whole file.
  public let hash: ContentHash

  public init(name: String, format: String, hash: ContentHash) {
    self.name = name
    self.format = format
    self.hash = hash
  }
}
