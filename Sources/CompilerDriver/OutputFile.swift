import CodeGeneration

/// A file to be written, which need not fit in memory.
public struct OutputFile: Sendable {
  public let name: String
  /// Gives the contents to a function, in pieces.
  let write: @Sendable (_ sink: (UnsafeRawBufferPointer) -> Void) -> Void

  public init(name: String, contents: [UInt8]) {
    self.name = name
    write = { sink in contents.withUnsafeBytes(sink) }
  }

  init(_ file: EmittedProgram.File) {
    name = file.name
    write = { sink in file.write(to: sink) }
  }
}
