/// The files of one program, ready to be written side by side.
public struct EmittedProgram: Sendable, Hashable {
  public struct File: Sendable, Hashable {
    /// A base name. For example: `acas_xu_n_1_1.h`.
    public let name: String
    public let contents: [UInt8]
  }

  /// The prefix of every name that linkers see. For example: `acas_xu_n_1_1`.
  public let prefix: String
  public let header: File
  public let source: File

  public var files: [File] { [header, source] }
}
