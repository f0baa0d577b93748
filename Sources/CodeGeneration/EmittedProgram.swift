import LoopIR

/// The files of one program, ready to be written side by side.
public struct EmittedProgram: Sendable {
  public struct File: Sendable, Hashable {
    /// A base name. For example: `acas_xu_n_1_1.h`.
    public let name: String
    public let contents: [UInt8]
  }

  /// The prefix of every name that linkers see. For example: `acas_xu_n_1_1`.
  public let prefix: String
  /// What was proved of the decision when this was emitted.
  public let decisionProof: DecisionProof
  /// What the files say: the program that interpreters run and reports count.
  public let loops: LoopProgram
  /// The function of ``loops`` that decides: `void infer(const float *input, result *result)`.
  public let infer: Identifier
  /// The structure of its result: scores, choice, status, reason, active words.
  public let result: Identifier
  public let header: File
  public let source: File

  public var files: [File] { [header, source] }
}
