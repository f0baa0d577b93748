import Diagnostics
import LoopIR

/// The files of one program, ready to be written side by side.
public struct EmittedProgram: Sendable {
  /// A file; its text is made when it is asked for.
  public struct File: Sendable {
    public enum Role: Sendable, Hashable {
      case header, source, weightsHeader, weights, selfCheck
    }

    enum Content: Sendable {
      case c([CDeclaration], CNames)
      case weights(WeightFile)
      case text([UInt8])
    }

    public let role: Role
    /// A base name. For example: `acas_xu_n_1_1.h`.
    public let name: String
    let content: Content

    /// Gives the whole file to `sink`, in pieces: it need not fit in memory.
    public func write(to sink: (UnsafeRawBufferPointer) -> Void) {
      switch content {
      case .c(let declarations, let names): CRenderer.render(declarations, names: names, to: sink)
      case .weights(let file): file.write(to: sink)
      case .text(let bytes): bytes.withUnsafeBytes(sink)
      }
    }

    public var contents: [UInt8] {
      var bytes: [UInt8] = []
      write { bytes += $0 }
      return bytes
    }
  }

  /// The prefix of every name that linkers see. For example: `acas_xu_n_1_1`.
  public let prefix: String
  /// What was proved of the decision when this was emitted; `nil` if nothing is repaired: a network alone, or without
  /// enforced properties.
  public let decisionProof: DecisionProof?
  /// What the files say: the program that interpreters run and reports count.
  public let loops: LoopProgram
  /// The function of ``loops`` that decides. With weights in the source and scratch memory on the stack:
  /// `void infer(const float *input, result *result)`.
  public let infer: Identifier
  /// The structure of its result: scores, choice, status, reason, active words (not of a plain network).
  public let result: Identifier
  public let files: [File]
  public let cost: CostReport

  public subscript(role: File.Role) -> File? { files.first { $0.role == role } }

  public var header: File { required(.header) }
  public var source: File { required(.source) }

  private func required(_ role: File.Role) -> File {
    guard let file = self[role] else { preconditionFailure("the program has no such file") }
    return file
  }
}
